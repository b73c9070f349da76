import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { languages } from '../../locales/words.ts';
import { type Sample, sampleCards } from './sample-cards.ts';

/** Elements of version 1.5 and earlier, which every client of the bot draws. https://adaptivecards.io/explorer */
const elements = [
  ...[
    'ActionSet',
    'Column',
    'ColumnSet',
    'Container',
    'FactSet',
    'Image',
    'ImageSet',
    'RichTextBlock',
    'Table',
  ],
  ...['TableCell', 'TableRow', 'TextBlock', 'TextRun'],
  ...['Input.ChoiceSet', 'Input.Date', 'Input.Number', 'Input.Text', 'Input.Time', 'Input.Toggle'],
  ...['Action.OpenUrl', 'Action.ShowCard', 'Action.Submit', 'Action.ToggleVisibility'],
];

/** Words in a template are the same in every language: names, and a pattern for the code. */
const sameEverywhere = ['Partner Bot', 'Tiếng Việt', 'English', '123456'];
const shown = ['altText', 'errorMessage', 'label', 'placeholder', 'text', 'title'];

/** Further actions hide behind a menu in some clients. */
const mostActions = 6;

type Node = Readonly<Record<string, unknown>>;

describe('every card', () => {
  const folder = 'cards/templates';
  const files = readdirSync(folder).map((file) => `${folder}/${file}`);

  for (const language of languages) {
    describe(language, () => {
      let samples: Sample[];
      before(async () => {
        samples = await sampleCards(language);
      });

      it('has a sample of each template', () => {
        const sampled = new Set([...samples.map(({ template }) => template), 'frame']);
        assert.deepEqual([...sampled].toSorted(), files.map((file) => basename(file, '.json')).toSorted());
      });

      it('is bound whole', () => {
        const unbound = samples.filter(({ card }) => /\$\{|"\$(?:data|when)"/.test(JSON.stringify(card)));
        assert.deepEqual(titles(unbound), []);
      });

      it('is of version 1.5 and uses nothing newer', () => {
        for (const { title, card } of samples) {
          assert.equal(card['type'], 'AdaptiveCard');
          assert.equal(card['version'], '1.5');
          const types = nodesOf([card['body'], card['actions']]).flatMap(({ type }) =>
            type ? [String(type)] : [],
          );
          assert.ok(types.length > 0);
          assert.deepEqual(
            types.filter((type) => !elements.includes(type)),
            [],
            title,
          );
        }
      });

      it('says something in each text, title and label', () => {
        const empty = samples.filter(({ card }) =>
          nodesOf(card).some((node) =>
            ['text', 'title', 'label'].some(
              (name) => name in node && String(node[name]).trim() === '' && !isMark(node),
            ),
          ),
        );
        assert.deepEqual(titles(empty), []);
      });

      it('labels each input, once per id', () => {
        for (const { title, card } of samples) {
          const inputs = nodesOf(card).filter(({ type }) => String(type).startsWith('Input.'));
          const ids = inputs.map(({ id }) => id);
          assert.equal(new Set(ids).size, ids.length, title);
          for (const input of inputs) {
            assert.ok(
              typeof input['label'] === 'string' && input['label'] !== '',
              `${title}: ${input['id']}`,
            );
            assert.ok(!input['isRequired'] || input['errorMessage'], `${title}: ${input['id']}`);
          }
        }
      });

      it(`offers no more than ${mostActions} actions`, () => {
        const crowded = samples.filter(({ card }) =>
          nodesOf(card).some(({ actions }) => Array.isArray(actions) && actions.length > mostActions),
        );
        assert.deepEqual(titles(crowded), []);
      });

      it('sends a verb with each button', () => {
        for (const { title, card } of samples) {
          const submits = nodesOf(card).filter(({ type }) => type === 'Action.Submit');
          for (const { data } of submits) {
            assert.ok(typeof data === 'object' && data !== null && 'verb' in data, title);
          }
        }
      });
    });
  }

  for (const file of files) {
    it(`${file} holds no words`, () => {
      const nodes = nodesOf(JSON.parse(readFileSync(file, 'utf8')));
      const words = nodes.flatMap((node) =>
        shown.flatMap((name) => {
          const value = node[name];
          if (typeof value !== 'string' || sameEverywhere.includes(value)) return [];
          return /\p{L}|\d/u.test(value.replace(/\$\{[^}]*\}/g, '')) ? [value] : [];
        }),
      );
      assert.deepEqual(words, []);
    });

    it(`${file} decides nothing but what to leave out`, () => {
      const bindings = readFileSync(file, 'utf8').match(/\$\{[^}]*\}/g) ?? [];
      const simple = /^\$\{(?:[A-Za-z.]+|[A-Za-z.]+ != ''|count\([A-Za-z.]+\) > 0)\}$/;
      assert.deepEqual(
        bindings.filter((binding) => !simple.test(binding)),
        [],
      );
    });
  }
});

/** Beside a name stands a mark or nothing. */
function isMark({ type, color }: Node): boolean {
  return type === 'TextRun' && color === 'Attention';
}

function titles(samples: readonly Sample[]): string[] {
  return samples.map(({ template, title }) => `${template}: ${title}`);
}

/** Every object in it, at any depth. */
function nodesOf(value: unknown): Node[] {
  if (Array.isArray(value)) return value.flatMap(nodesOf);
  if (typeof value !== 'object' || value === null) return [];
  return [value as Node, ...Object.values(value).flatMap(nodesOf)];
}
