import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { jobs } from '../dialogs/jobs.ts';
import { commandIds } from '../locales/commands.ts';
import { typeScriptFiles } from './helpers/source-files.ts';

const product = typeScriptFiles().filter((file) => !file.startsWith('test/'));
const textOf = (file: string) => readFileSync(file, 'utf8');
const filesWith = (pattern: RegExp) => product.filter((file) => pattern.test(textOf(file)));

/** What is written at Microsoft begins with a person's yes: `Consent` is the type of it. */
describe('consent', () => {
  it('is made by the judgement alone, and nobody only says that something is one', () => {
    assert.deepEqual(filesWith(/\[yes\]/), ['dialogs/judgement.ts']);
    assert.doesNotMatch(textOf('dialogs/judgement.ts'), /export const yes/);
    const claims = /(?:\bas|<)\s*(?:unknown as )?(?:Consent|Judged)\b(?!\s*\|)|\{\}\s*satisfies Consent/;
    assert.deepEqual(filesWith(claims), []);
  });

  it('comes from a judged press, in one place, and goes on through the open form and its flow', () => {
    assert.deepEqual(filesWith(/\bjudgePress\(/), ['dialogs/judgement.ts', 'dialogs/presses.ts']);
    assert.deepEqual(filesWith(/\bputJudge\(/), ['bot/bot.ts', 'dialogs/judgement.ts']);
    assert.deepEqual(filesWith(/\bputAnswer\(/), ['dialogs/judgement.ts', 'dialogs/presses.ts']);
    assert.deepEqual(filesWith(/\banswerOf\b.*judgement|\banswerOf\(context: TurnContext/), [
      'dialogs/form-dialog.ts',
      'dialogs/judgement.ts',
    ]);
  });

  it('is asked for by whatever records an operation or lets one go on', () => {
    const turn = textOf('dialogs/turn.ts');
    for (const verb of ['record', 'recordWaiting', 'resume'])
      assert.match(turn, new RegExp(`  ${verb}\\([^)]*consent: Consent[^)]*\\): void;`), verb);
    assert.match(textOf('dialogs/sign-in/forgetting-desk.ts'), / {2}forget\([^)]*consent: Consent\)/);
    assert.match(textOf('dialogs/wish.ts'), /interface Confirmation \{[^}]*\n {2}consent: Consent;/);
    assert.match(textOf('dialogs/second-person.ts'), /interface Request \{[^}]*\n {2}consent: Consent;/);
    // Beside the turn only what follows from a client's answer, and the runner, write operations.
    const writers = filesWith(/operations(?:\.push\(|: \[)\s*\{ (?:add|save):/);
    assert.deepEqual(
      writers.filter((file) => file.startsWith('dialogs/') || file.startsWith('cards/')),
      [],
    );
  });
});

describe('single-use buttons', () => {
  const once = jobs.flatMap((job) => Object.keys(job.once ?? {}));

  it('are declared once, and none is a plain button or a command too', () => {
    assert.ok(once.length > 20);
    assert.equal(new Set(once).size, once.length);
    const plain = [...jobs.flatMap((job) => Object.keys(job.presses ?? {})), ...commandIds];
    assert.deepEqual(
      once.filter((verb) => plain.includes(verb)),
      [],
    );
  });

  it('are all that carry a nonce: nobody draws one that is not declared', () => {
    const forms = jobs.flatMap((job) => (job.dialogs ?? []).map(({ id }) => id));
    const drawn = product.flatMap((file) =>
      [
        ...textOf(file).matchAll(
          /\bbutton\(\s*\{\s*verb: '([\w-]+)'|cardActionFor\(\s*\{\s*verb: '([\w-]+)'/g,
        ),
      ].map(([, one, other]) => one ?? other ?? ''),
    );
    const onCards = product
      .filter((file) => file.startsWith('cards/'))
      .flatMap((file) =>
        [...textOf(file).matchAll(/nonceFor\(\s*(?:verb: )?'([\w-]+)'/g)].map(([, verb]) => verb ?? ''),
      );
    assert.ok(drawn.length > 5 && onCards.length > 5);
    assert.deepEqual(
      [...drawn, ...onCards].filter((verb) => !once.includes(verb) && !forms.includes(verb)),
      [],
    );
  });
});
