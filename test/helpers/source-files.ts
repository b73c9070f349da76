import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';

export interface Import {
  specifier: string;
  /** File of ours that is meant, from the root; undefined for a package. */
  target: string | undefined;
  /** Nothing of it is there at run time. */
  typesOnly: boolean;
}

const notOurs = ['.git', 'node_modules', 'dist', 'data', 'test-results'];
const binary = ['.png', '.ico', '.sqlite'];

/** Every text file of the project, as paths from its root. */
export function allFiles(): readonly string[] {
  found ??= filesIn('.').toSorted();
  return found;
}
let found: readonly string[] | undefined;

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (notOurs.includes(path)) return [];
    if (entry.isDirectory()) return filesIn(path);
    return binary.includes(extname(path)) || extname(path) === '.log' ? [] : [path.replaceAll('\\', '/')];
  });
}

export function typeScriptFiles(): readonly string[] {
  return allFiles().filter((file) => file.endsWith('.ts'));
}

/** The first part of the path, or the file's own name at the root. */
export function roomOf(file: string): string {
  return file.split('/')[0] ?? file;
}

/** `@scope/name/deep` → `@scope/name`. */
export function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

export function linesOf(file: string): readonly string[] {
  return readFileSync(file, 'utf8').trimEnd().split('\n');
}

/**
 * Import and export-from statements. The formatter begins each at the first column, over one line or more, and so
 * does nothing else of that look: what stands indented, say in a text, is no statement.
 */
const statement = /^(?:import|export)(?: (type))?(?: ([\w*{][^;'"]*?) from)? '([^']+)'/gm;

export function importsOf(file: string): readonly Import[] {
  const known = imports.get(file);
  if (known !== undefined) return known;
  const source = readFileSync(file, 'utf8');
  const list = Array.from(source.matchAll(statement), ([, type, names = '', specifier = '']): Import => {
    const isOurs = specifier.startsWith('.');
    return {
      specifier,
      target: isOurs ? normalize(join(file, '..', specifier)).replaceAll('\\', '/') : undefined,
      typesOnly: type !== undefined || onlyTypes(names),
    };
  });
  imports.set(file, list);
  return list;
}
const imports = new Map<string, readonly Import[]>();

/** `{ type A, type B }`: such an import leaves no name behind. */
function onlyTypes(names: string): boolean {
  const list = /^\{([^}]*)\}$/.exec(names)?.[1]?.split(',') ?? [];
  const named = list.map((name) => name.trim()).filter((name) => name !== '');
  return named.length > 0 && named.every((name) => name.startsWith('type '));
}
