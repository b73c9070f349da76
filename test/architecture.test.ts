import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { allFiles, importsOf, linesOf, packageOf, roomOf, typeScriptFiles } from './helpers/source-files.ts';

/** What one room may import. Everything that is not named here is forbidden. */
interface Room {
  /** Rooms, or single files of a room, whose code it may use. */
  uses: readonly string[];
  /** Rooms of which it may know the types, and nothing that is there when it runs. */
  types: readonly string[];
  packages: readonly string[];
  /** Modules of Node itself. */
  node: boolean;
}

/** Who may import whom. docs/architecture.md shows the same table; a test below compares the two. */
const rooms: Readonly<Record<string, Room>> = {
  'main.ts': {
    uses: ['app.ts', 'config.ts', 'sandbox-link.ts', 'surroundings.ts', 'partner', 'sandbox', 'storage'],
    types: [],
    packages: ['pino'],
    node: true,
  },
  'app.ts': {
    uses: ['app-pages.ts', 'bot', 'dialogs', 'jobs', 'microsoft', 'notices', 'partner', 'web'],
    types: ['storage', 'surroundings.ts'],
    packages: [],
    node: true,
  },
  'app-pages.ts': {
    uses: ['web'],
    types: ['bot', 'microsoft', 'partner', 'storage', 'surroundings.ts'],
    packages: [],
    node: false,
  },
  'surroundings.ts': {
    uses: ['microsoft/clouds.ts'],
    types: ['bot', 'config.ts', 'partner'],
    packages: [],
    node: false,
  },
  'sandbox-link.ts': { uses: [], types: ['partner'], packages: ['zod'], node: false },
  'audit.ts': { uses: ['config.ts', 'storage'], types: [], packages: [], node: true },
  'config.ts': { uses: [], types: [], packages: ['zod'], node: true },
  bot: {
    uses: ['cards', 'dialogs', 'locales', 'microsoft/clouds.ts', 'notices', 'partner', 'storage/changes.ts'],
    types: ['storage'],
    packages: [
      'botbuilder',
      'botbuilder-dialogs',
      'botframework-connector',
      'botframework-schema',
      'jose',
      'zod',
    ],
    node: true,
  },
  notices: { uses: ['cards', 'locales', 'partner'], types: ['storage'], packages: [], node: false },
  dialogs: {
    uses: ['cards', 'locales', 'partner'],
    types: [],
    packages: ['botbuilder', 'botbuilder-dialogs', 'zod'],
    node: false,
  },
  cards: {
    uses: ['locales', 'partner'],
    types: [],
    packages: ['adaptivecards-templating'],
    node: false,
  },
  partner: { uses: [], types: [], packages: ['@vvo/tzdb'], node: false },
  locales: {
    uses: ['partner/days.ts', 'partner/names.ts'],
    types: ['partner/errors.ts', 'partner/roles.ts'],
    packages: ['intl-messageformat'],
    node: false,
  },
  microsoft: {
    uses: ['partner'],
    types: [],
    packages: ['@azure/msal-node', '@microsoft/microsoft-graph-client', 'jose', 'zod'],
    node: true,
  },
  storage: { uses: ['partner'], types: [], packages: ['knex', 'zod'], node: true },
  jobs: {
    uses: ['notices/record.ts', 'partner', 'storage/changes.ts'],
    types: ['storage'],
    packages: [],
    node: false,
  },
  web: {
    uses: ['cards', 'locales', 'partner'],
    types: ['storage'],
    packages: ['jose', 'restify', 'zod'],
    node: true,
  },
  sandbox: {
    uses: ['microsoft/clouds.ts'],
    types: [],
    packages: ['jose', 'knex', 'restify', 'zod'],
    node: true,
  },
};

/** Packages that have one place even inside the rooms that may use them. */
const onlyIn: Readonly<Record<string, readonly string[]>> = {
  'adaptivecards-templating': ['cards/render.ts'],
  '@azure/msal-node': ['microsoft/sign-in/'],
  '@microsoft/microsoft-graph-client': ['microsoft/graph/'],
  '@vvo/tzdb': ['partner/company-zones.ts'],
};

/** Files that are longer than a reader should be asked for, each with its reason. */
const longFiles: Readonly<Record<string, string>> = {
  'app.ts': 'the whole wiring, and nothing else',
  'bot/authentication.ts': 'every check of who may talk to the bot',
  'bot/bot.ts': 'the turn pipeline from the request to the commit, told in one place',
  'jobs/run-operations.ts': 'the run of an operation from step to step, told in one place',
  'dialogs/add-user.ts': 'one job from its first question to its operation',
  'partner/capabilities.ts': 'the one table of who may do what, and how it is read',
  'partner/roles.ts': 'a list: one entry per admin role',
  'storage/storage.ts': 'a list: what the database can be asked, noun by noun',
  'storage/audit-from-changes.ts': 'the one place that says what each write tells the history',
  'test/contract/directory-operations.ts': 'a list: one documented request per operation',
};
const longest = { product: 250, test: 400 };

const product = typeScriptFiles().filter((file) => !file.startsWith('test/'));

describe('architecture', () => {
  it('finds the files that it judges', () => {
    for (const room of Object.keys(rooms)) {
      assert.ok(
        product.some((file) => roomOf(file) === room),
        `no file in ${room}`,
      );
    }
    assert.ok(product.flatMap(importsOf).length > 500);
  });

  it('every file is in a room with rules', () => {
    const lost = product.filter((file) => rooms[roomOf(file)] === undefined);
    assert.deepEqual(lost, []);
  });

  it('rooms import only whom they may', () => {
    const wrong = product.flatMap((file) => {
      const { uses, types } = rulesOf(file);
      return importsOf(file).flatMap(({ target, typesOnly }) => {
        if (target === undefined || roomOf(target) === roomOf(file)) return [];
        const names = [target, roomOf(target)];
        const isUsable = names.some((name) => uses.includes(name));
        const isKnown = typesOnly && names.some((name) => types.includes(name));
        return isUsable || isKnown ? [] : [`${file} → ${target}${typesOnly ? ' (types)' : ''}`];
      });
    });
    assert.deepEqual(wrong, []);
  });

  it('rooms use only their packages', () => {
    const wrong = product.flatMap((file) => {
      const { packages, node } = rulesOf(file);
      return importsOf(file).flatMap(({ target, specifier }) => {
        if (target !== undefined) return [];
        const isNode = specifier.startsWith('node:');
        const isAllowed = isNode ? node : packages.includes(packageOf(specifier));
        const homes = onlyIn[packageOf(specifier)];
        const isAtHome = homes === undefined || homes.some((home) => file.startsWith(home));
        return isAllowed && isAtHome ? [] : [`${file} → ${specifier}`];
      });
    });
    assert.deepEqual(wrong, []);
  });

  it('nothing is loaded in a way that this test does not see', () => {
    const wrong = product.filter((file) =>
      linesOf(file).some((line) => /\b(?:import|require)\s*\(|createRequire/.test(line)),
    );
    assert.deepEqual(wrong, []);
  });

  it('imports make no circle', () => {
    assert.deepEqual(circleIn(product), []);
  });

  it('docs/architecture.md shows these very rules', () => {
    const shown = readFileSync('docs/architecture.md', 'utf8').replace(/ +/g, ' ');
    const missing = Object.entries(rooms)
      .map(([room, rules]) => rowOf(room, rules))
      .filter((row) => !shown.includes(row));
    assert.deepEqual(missing, []);
  });
});

describe('habits', () => {
  it('file names are kebab-case and say what is inside', () => {
    const isName = /^(?:\d{3}-)?[a-z0-9]+(?:-[a-z0-9]+)*(?:\.test)?\.ts$/;
    const wrong = typeScriptFiles().filter(
      (file) => !isName.test(basename(file)) || /\b(?:utils?|helpers?|misc|common)\.ts$/.test(file),
    );
    assert.deepEqual(wrong, []);
  });

  it('long files are known and have a reason', () => {
    const long = typeScriptFiles().filter((file) => {
      const most =
        file.startsWith('test/') && !file.startsWith('test/helpers/') ? longest.test : longest.product;
      return linesOf(file).length > most;
    });
    assert.deepEqual(
      long.filter((file) => !(file in longFiles)),
      [],
    );
    assert.deepEqual(
      Object.keys(longFiles).filter((file) => !typeScriptFiles().includes(file)),
      [],
    );
  });

  it('nothing is exported by default', () => {
    const wrong = typeScriptFiles().filter((file) =>
      linesOf(file).some((line) => /^export\s+(?:default\b|\{[^}]*\bas default\b|=)/.test(line)),
    );
    assert.deepEqual(wrong, []);
  });

  it('the linter forbids any, ! and default exports, and nobody switches a check off', () => {
    const { suspicious, style } = JSON.parse(readFileSync('biome.json', 'utf8')).linter.rules;
    assert.equal(suspicious.noExplicitAny, 'error');
    assert.equal(style.noNonNullAssertion, 'error');
    assert.equal(style.noDefaultExport, 'error');
    const off = new RegExp(['@ts', '-(?:ignore|nocheck|expect-error)|biome', '-ignore'].join(''));
    const mayBeOff = /noTemplateCurlyInString: \S/;
    const wrong = typeScriptFiles().filter((file) =>
      linesOf(file).some((line) => off.test(line) && !(file.startsWith('test/') && mayBeOff.test(line))),
    );
    assert.deepEqual(wrong, []);
  });

  it('days and times are told and counted in two files, so that the server has no say in them', () => {
    const may = ['locales/words.ts', 'partner/days.ts'];
    /** Each with the one thing that it does, from an instant to an instant. */
    const exceptions: Readonly<Record<string, RegExp>> = {
      'partner/company-confirmation.ts': /return end\.setUTCFullYear\(end\.getUTCFullYear\(\) \+ 1\);/,
    };
    const otherWays = new RegExp(
      [
        /\bIntl\.DateTimeFormat\b/,
        /\.toLocale(?:Date|Time)?String\(/,
        /\.to(?:Date|Time|UTC|GMT)String\(/,
        /\.[gs]et(?:UTC)?(?:Date|Day|Hours|Minutes|Month|FullYear)\(/,
        /\bDate\.UTC\(/,
        /\.toISOString\(\)\.(?:slice|split|sub)/,
        /\.toISOString\(\)\.replace/,
        // A text without a zone is read in the server's.
        /T\d\d:\d\d(?::\d\d)?['"`]/,
        /\bgetTimezoneOffset\b/,
      ]
        .map(({ source }) => source)
        .join('|'),
    );
    const wrong = product
      .filter((file) => roomOf(file) !== 'sandbox' && !may.includes(file))
      .flatMap((file) => linesOf(file).map((line) => ({ file, line })))
      .filter(({ file, line }) => otherWays.test(line) && exceptions[file]?.test(line) !== true)
      .map(({ file, line }) => `${file}: ${line.trim()}`);
    assert.deepEqual(wrong, []);
  });

  it('no file names a package registry', () => {
    const registry = new RegExp(
      [
        'https?://[^/\\s"\']*(?:regis',
        'try|npm',
        'js|yarn',
        'pkg|verdac',
        'cio|artifac',
        'tory)|^\\s*regis',
        'try\\s*=',
      ].join(''),
      'im',
    );
    const wrong = allFiles().filter((file) => registry.test(readFileSync(file, 'utf8')));
    assert.deepEqual(wrong, []);
    assert.ok(!readFileSync('package-lock.json', 'utf8').includes('"resolved"'));
  });

  it('the lock file names the packages of every platform, without which npm ci refuses it', () => {
    const { packages }: { packages: Record<string, { optionalDependencies?: object }> } = JSON.parse(
      readFileSync('package-lock.json', 'utf8'),
    );
    const names = Object.keys(packages).map((path) => path.split('node_modules/').at(-1));
    const wanted = Object.values(packages).flatMap((each) => Object.keys(each.optionalDependencies ?? {}));
    assert.deepEqual(
      wanted.filter((name) => !names.includes(name)),
      [],
    );
  });
});

function rulesOf(file: string): Room {
  const rules = rooms[roomOf(file)];
  assert.ok(rules, `${file} is in a room without rules`);
  return rules;
}

/** One row of the table in docs/architecture.md. */
function rowOf(room: string, { uses, types, packages, node }: Room): string {
  const list = (names: readonly string[]) => (names.length === 0 ? '–' : names.join(', '));
  return `| ${room} | ${list(uses)} | ${list(types)} | ${list(packages)} | ${node ? 'yes' : 'no'} |`;
}

/** Files of one circle of imports, types included; empty when there is none. */
function circleIn(files: readonly string[]): string[] {
  const done = new Set<string>();
  const walk = (file: string, path: readonly string[]): string[] => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return [];
    for (const { target } of importsOf(file)) {
      if (target === undefined || !target.endsWith('.ts')) continue;
      const circle = walk(target, [...path, file]);
      if (circle.length > 0) return circle;
    }
    done.add(file);
    return [];
  };
  for (const file of files) {
    const circle = walk(file, []);
    if (circle.length > 0) return circle;
  }
  return [];
}
