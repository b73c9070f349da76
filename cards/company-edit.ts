import type { Words } from '../locales/words.ts';
import type { Account } from '../partner/accounts.ts';
import type { Gap } from '../partner/company.ts';
import { type CompanyPart, type EditableField, neededFields, partFields } from '../partner/edit-company.ts';
import { button, type Link } from './buttons.ts';
import { gapWords } from './company.ts';
import { messageCard } from './message.ts';
import { type Card, render } from './render.ts';
import { ownCompany } from './scope.ts';
import template from './templates/company-edit.json' with { type: 'json' };

/** Which part to edit; one that cannot be written from here says why. */
export function companyPartsCard(
  words: Words,
  view: {
    account: Account;
    parts: readonly { part: CompanyPart; gap: Gap | undefined; writable: boolean }[];
    links: readonly Link[];
  },
): Card {
  const { account, parts, links } = view;
  const cannot = (gap: Gap | undefined) =>
    gap === undefined ? '' : words('company-edit.cannot', { gap: gapWords(words, gap) });
  return messageCard({
    frame: {
      ...ownCompany(words, account),
      title: words('company-edit.title'),
      intro: words('company-edit.intro'),
    },
    facts: parts.map(({ part, gap, writable }) => ({
      name: words(`company-edit.part.${part}`),
      value: writable ? words(`company-edit.part.${part}.what`) : cannot(gap),
    })),
    links,
    buttons: [
      ...parts
        .filter(({ writable }) => writable)
        .map(({ part }) => button(words(`company-edit.part.${part}`), 'edit-company', { part })),
      button(words('button.company'), 'company'),
    ],
  });
}

/** One part of the details, with what stands there now or was typed at the last try. */
export function companyEditCard(
  words: Words,
  view: {
    account: Account | undefined;
    nonce: string;
    problem: string;
    part: CompanyPart;
    values: Readonly<Partial<Record<EditableField, string>>>;
    /** Filled now, and not to be emptied. */
    filled: readonly EditableField[];
  },
): Card {
  const { part, values } = view;
  return render(
    template,
    {
      inputs: partFields[part].map((field) => {
        const label = words(`company.${field}`);
        return {
          id: field,
          label,
          value: values[field] ?? '',
          required: neededFields.includes(field) && view.filled.includes(field),
          missing: words('form.missing', { name: label }),
        };
      }),
      note: part === 'notifications' ? words('company-edit.lists') : '',
      review: words('add-user.details.review'),
      cancel: words('button.cancel'),
      submit: { verb: 'company-edit', nonce: view.nonce },
    },
    {
      ...ownCompany(words, view.account),
      title: words(`company-edit.part.${part}`),
      intro: words('company-edit.form'),
      problem: view.problem,
    },
  );
}
