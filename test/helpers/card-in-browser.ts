import type { Locator, Page } from 'playwright-core';
import { waitUntil } from './wait-until.ts';

/**
 * An Adaptive Card as a person sees it. Inputs go by their label, a toggle also by its title, an input without a label
 * by its placeholder: the ids of the card's JSON do not reach the page.
 */
export interface Card {
  /** All visible words, without what stands in the inputs. */
  text(): Promise<string>;
  /** What stands in an input: text, the title of the choice, titles joined by `, `, or `true`/`false` of a toggle. */
  value(label: string): Promise<string>;
  fill(label: string, value: string): Promise<void>;
  /** Picks choices by title: one, or more where several are allowed (those that are picked already stay picked). */
  choose(label: string, ...titles: readonly string[]): Promise<void>;
  /** Ticks or unticks a toggle; without `on` it changes it. */
  toggle(label: string, on?: boolean): Promise<void>;
  /** Presses a button, also one behind the "…" button. Returns the number of bubbles before (see `Chat.waitForCard`). */
  press(title: string): Promise<number>;
  /** Titles of the buttons in reading order, those behind "…" left out. */
  buttons(): Promise<readonly string[]>;
  /** For what is not covered here. */
  readonly locator: Locator;
}

/** The card in a bubble; `count` tells how many bubbles the chat has. It stays the same card when the bot changes it. */
export function cardIn({
  page,
  bubble: card,
  count,
}: {
  page: Page;
  bubble: Locator;
  count: () => Promise<number>;
}): Card {
  /** The control that a label belongs to: a text box, a drop-down, a toggle, or the box around a list of choices. */
  const control = async (label: string): Promise<Locator> => {
    const id = await waitUntil(
      () =>
        card.evaluate((root, wanted) => {
          const named = [
            ...root.querySelectorAll('label.ac-richTextBlock'),
            ...root.querySelectorAll('label[for]'),
          ].filter((one) => one.offsetParent && one.textContent.replace(/\s*\*\s*$/, '').trim() === wanted);
          if (named[0]) return named[0].getAttribute('for') ?? undefined;
          const placeheld = [...root.querySelectorAll('[placeholder]')];
          return placeheld.find((one) => one.offsetParent && one.placeholder === wanted)?.id;
        }, label),
      { what: `an input "${label}"`, limitMs: 5_000 },
    );
    return card.locator(`[id="${id}"]`);
  };

  const kindOf = (input: Locator) =>
    input.evaluate((element) => {
      if (element.querySelector('[type="radio"],[type="checkbox"]')) return 'list';
      if (element.getAttribute('type') === 'checkbox') return 'toggle';
      const isDropDown = element.getAttribute('role') === 'combobox' && !element.closest('.fui-DatePicker');
      return isDropDown ? 'drop-down' : 'text';
    });

  return {
    locator: card,
    text: async () => (await card.allInnerTexts()).join('\n').trim(),
    value: async (label) => {
      const input = await control(label);
      const kind = await kindOf(input);
      if (kind === 'toggle') return String(await input.isChecked());
      if (kind !== 'list') return input.inputValue();
      return input.evaluate((box) =>
        [...box.querySelectorAll('input')]
          .filter((one) => one.checked)
          .map((one) => one.labels[0].textContent.trim())
          .join(', '),
      );
    },
    fill: async (label, value) => {
      const input = await control(label);
      await input.fill(value);
      await input.blur(); // The number box takes its value over only then.
    },
    choose: async (label, ...titles) => {
      const input = await control(label);
      if ((await kindOf(input)) === 'list') {
        for (const title of titles)
          await input
            .locator('label')
            .filter({ hasText: exactly(title) })
            .check();
        return;
      }
      for (const title of titles) {
        if ((await input.getAttribute('aria-expanded')) !== 'true') await input.click();
        // One choice makes a list of options, several make a menu of check marks; both hang outside the card.
        const options = page.getByRole('option').or(page.getByRole('menuitemcheckbox'));
        const option = options.filter({ hasText: exactly(title) });
        if ((await option.getAttribute('aria-checked')) !== 'true') await option.click();
      }
      if ((await input.getAttribute('aria-expanded')) === 'true') await input.press('Escape');
    },
    toggle: async (label, on) => {
      const input = await control(label);
      await input.setChecked(on ?? !(await input.isChecked()));
    },
    press: async (title) => {
      const before = await count();
      const named = { name: title, exact: true };
      // An action that opens an address is a link to screen readers.
      const button = card.getByRole('button', named).or(card.getByRole('link', named));
      const more = card.getByRole('button', { name: 'More options' });
      const isBehindMore = (await button.count()) === 0 && (await more.count()) > 0;
      if (isBehindMore) await more.click();
      await (isBehindMore ? page.getByRole('menuitem', named) : button).click();
      return before;
    },
    buttons: async () =>
      (await card.locator('.ac-actionSet button').allInnerTexts()).map((title) => title.trim()),
  };
}

function exactly(words: string): RegExp {
  return new RegExp(`^\\s*${words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`);
}
