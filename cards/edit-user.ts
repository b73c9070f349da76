import type { Language, Words } from '../locales/words.ts';
import type { Account } from '../partner/accounts.ts';
import type { UserChange } from '../partner/directory.ts';
import type { TargetUser } from '../partner/targets.ts';
import { countryChoices } from './add-user.ts';
import { type Card, render } from './render.ts';
import { ownCompany } from './scope.ts';
import template from './templates/edit-user.json' with { type: 'json' };
import { jobName } from './wish-words.ts';

/** A person's details as they are, to be changed in place. */
export function editUserCard(
  words: Words,
  language: Language,
  view: {
    account: Account | undefined;
    nonce: string;
    problem: string;
    target: TargetUser;
    values: Readonly<Record<keyof UserChange, string>>;
    /** The phone number of a higher admin is not this person's to change. */
    mayPhone: boolean;
  },
): Card {
  const { target, values, mayPhone } = view;
  const displayName = words('user.field.displayName');
  return render(
    template,
    {
      person: `${target.displayName} · ${target.signInName}`,
      values,
      labels: {
        displayName,
        surname: words('user.field.surname'),
        givenName: words('user.field.givenName'),
        jobTitle: words('user.field.jobTitle'),
        department: words('user.field.department'),
        mobilePhone: mayPhone ? words('user.field.mobilePhone') : '',
        usageLocation: words('user.field.usageLocation'),
      },
      missing: words('form.missing', { name: displayName }),
      noPhone: mayPhone ? '' : words('edit-user.no-phone'),
      countries: countryChoices(language, values.usageLocation),
      review: words('add-user.details.review'),
      cancel: words('button.cancel'),
      submit: { verb: 'edit-user-details', nonce: view.nonce },
    },
    {
      ...ownCompany(words, view.account),
      title: jobName(words, 'edit-user', 'head'),
      intro: words('edit-user.intro'),
      problem: view.problem,
    },
  );
}
