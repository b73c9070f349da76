import { execFile } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const notSource = ['node_modules', 'dist', 'data', 'docs', 'test', 'test-results', 'bench'];

/** The build in dist/, made now unless it is newer than every source. Answers the folder. */
export async function builtBot(): Promise<string> {
  const root = process.cwd();
  const dist = join(root, 'dist');
  const builtAt = await changedAt(join(dist, 'main.js'));
  if (builtAt > (await newestSource(root, notSource))) return dist;
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  // Types are checked elsewhere; here only the code is wanted.
  await promisify(execFile)(process.execPath, [compiler, '-p', 'tsconfig.build.json', '--noCheck'], {
    cwd: root,
  });
  return dist;
}

async function newestSource(folder: string, without: readonly string[] = []): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true });
  const times = entries
    .filter(({ name }) => !name.startsWith('.') && !without.includes(name))
    .map((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return newestSource(path);
      return /\.(ts|json)$/.test(entry.name) ? changedAt(path) : 0;
    });
  return Math.max(0, ...(await Promise.all(times)));
}

async function changedAt(path: string): Promise<number> {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
}
