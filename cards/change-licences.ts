import type { Language, Words } from '../locales/words.ts';
import type { Account } from '../partner/accounts.ts';
import type { Sku } from '../partner/directory.ts';
import { productName } from '../partner/skus.ts';
import type { TargetUser } from '../partner/targets.ts';
import { type Choice, countryChoices, licenceChoice } from './add-user.ts';
import { fromGroup } from './inherited-licence.ts';
import { type Card, render } from './render.ts';
import { ownCompany } from './scope.ts';
import template from './templates/change-licences.json' with { type: 'json' };
import { jobName } from './wish-words.ts';

/** Everything that the company has to give, with what the person holds ticked. */
export function changeLicencesCard(
  words: Words,
  language: Language,
  view: {
    account: Account | undefined;
    nonce: string;
    problem: string;
    target: TargetUser;
    held: readonly string[];
    /** What groups give; an open form of before knows nothing of it. */
    inherited?: readonly { skuId: string; groups: string }[];
    skus: readonly Sku[];
    /** SKU ids joined by commas. */
    chosen: string;
    /** Asked for where the person has none: the proposed country, else undefined. */
    location: string | undefined;
  },
): Card {
  const { target, held, inherited = [], skus, location } = view;
  const isInherited = ({ skuId }: Sku) => inherited.some((each) => each.skuId === skuId);
  const offered = skus.filter((sku) => held.includes(sku.skuId) || (sku.active && !isInherited(sku)));
  const unknown = held.filter((id) => !skus.some((sku) => sku.skuId === id));
  const heldChoice = (skuId: string, partNumber: string): Choice => ({
    title: words('change-licences.held', { name: productName({ skuId, partNumber }) }),
    value: skuId,
  });
  const licences = [
    ...offered.map((sku) =>
      held.includes(sku.skuId) ? heldChoice(sku.skuId, sku.partNumber) : licenceChoice(words, sku),
    ),
    ...unknown.map((id) => heldChoice(id, id)),
  ];
  return render(
    template,
    {
      person: `${target.displayName} · ${target.signInName}`,
      labels: { licences: words('user.licences'), location: words('user.location') },
      licences,
      chosen: view.chosen,
      noLicences: licences.length === 0 ? words('add-user.details.no-licences') : '',
      fromGroups: fromGroups(words, inherited, skus),
      noLocation: location === undefined ? '' : words('change-licences.no-location'),
      location: location ?? '',
      countries: countryChoices(language, location ?? ''),
      review: words('add-user.details.review'),
      cancel: words('button.cancel'),
      submit: { verb: 'change-licences-choice', nonce: view.nonce },
    },
    {
      ...ownCompany(words, view.account),
      title: jobName(words, 'change-licences', 'head'),
      intro: words('change-licences.intro'),
      problem: view.problem,
    },
  );
}

function fromGroups(
  words: Words,
  inherited: readonly { skuId: string; groups: string }[],
  skus: readonly Sku[],
): string {
  if (inherited.length === 0) return '';
  const names = inherited.map(({ skuId, groups }) => {
    const partNumber = skus.find((sku) => sku.skuId === skuId)?.partNumber ?? skuId;
    return fromGroup(words, productName({ skuId, partNumber }), groups);
  });
  return words('change-licences.from-groups', { licences: names.join(', ') });
}
