import { z } from 'zod';
import { type Field, fieldsCard } from '../cards/offer-fields.ts';
import { ownCompany } from '../cards/scope.ts';
import { requireCapability } from '../partner/authorise.ts';
import { isPortalLink, longestNote, mostValidDays, withDelegation } from '../partner/offer-terms.ts';
import type { OfferTerms } from '../partner/offers.ts';
import { createFlow } from './flow-dialog.ts';
import { createForm } from './form-dialog.ts';
import type { Job, Pressed, Stage } from './job.ts';
import { formLines, formNumber, formText, mailText, wholeNumber } from './offer-inputs.ts';
import { keepTerms, showPreview } from './offer-preview.ts';
import { findRecipient } from './offer-recipient.ts';
import { offerById, problemText } from './offer-record.ts';
import { showOverview } from './overview.ts';
import type { Turn } from './turn.ts';

interface Options {
  terms: OfferTerms;
}

interface EditData extends Options {
  offerId: string;
}

const editInputs = z.object({
  find: formText(200),
  person: formText(120),
  mail: mailText,
  validDays: formNumber,
  language: z.enum(['vi', 'en'], 'form.choose'),
  portalLink: formText(2000),
  note: formLines(longestNote),
});
type EditValues = z.output<typeof editInputs>;

const editForm = createForm({
  id: 'offer-edit-form',
  inputs: editInputs,
  labels: {
    find: 'offer-make.find',
    person: 'offer-make.person',
    mail: 'offer-make.mail',
    validDays: 'offer-edit.days',
    language: 'offer-edit.language',
    portalLink: 'offer-make.portal-link',
    note: 'offer-make.note',
  },
  shown: ({ terms }: Options) => [
    ...['find', 'person', 'mail', 'validDays', 'note'],
    ...(hasPortalLink(terms) ? ['portalLink'] : []),
  ],
  async card(turn, { terms }: Options, { nonce, typed, problem }) {
    const { words } = turn;
    return fieldsCard(words, {
      frame: {
        ...ownCompany(words, turn.account),
        title: words('offer-edit.title'),
        intro: words('offer-edit.intro'),
        problem,
      },
      verb: 'offer-edit-form',
      nonce,
      fields: fieldsOf(turn, terms, typed),
      proceed: words('offer-make.preview'),
    });
  },
  async check(turn, { terms }, values) {
    const { words } = turn;
    const days = wholeNumber(values.validDays);
    if (days === undefined || days < 1 || days > mostValidDays)
      return words('offer-edit.problem-days', { max: mostValidDays });
    if (hasPortalLink(terms) && !isPortalLink(values.portalLink)) return words('offer-make.problem-link');
    const found = await recipientOf(turn, terms, values);
    return found === undefined ? words('offer-edit.problem-client', { find: values.find }) : undefined;
  },
});

/** Whether Microsoft's portal made the link behind it: an advisor's services, not a delegation alone. */
const hasPortalLink = ({ route, kind }: OfferTerms) => route === 'advisor' && kind !== 'delegation';

/** How the card shows whom the offer is for, and reads whether somebody changed it. */
const shownRecipient = ({ recipient }: OfferTerms) => recipient.domain ?? recipient.name;

function fieldsOf(turn: Turn, terms: OfferTerms, typed: Readonly<Record<string, string>>): Field[] {
  const { words } = turn;
  const { recipient, validDays, language, portalLink, note } = terms;
  const field = (kind: Field['kind'], id: string, label: string, value: string): Field => ({
    ...{ kind, id, label, value: typed[id] ?? value },
  });
  return [
    field('text', 'find', words('offer-make.find'), shownRecipient(terms)),
    field('text', 'person', words('offer-make.person'), recipient.person),
    field('text', 'mail', words('offer-make.mail'), recipient.mail),
    field('number', 'validDays', words('offer-edit.days'), String(validDays)),
    {
      ...field('choice', 'language', words('offer-edit.language'), language),
      choices: (['vi', 'en'] as const).map((value) => ({
        title: words(`offer-preview.language.${value}`),
        value,
      })),
    },
    ...(hasPortalLink(terms)
      ? [field('text', 'portalLink', words('offer-make.portal-link'), portalLink ?? '')]
      : []),
    field('long', 'note', words('offer-make.note'), note),
  ];
}

/** The same company as before unless another one was typed; undefined when that one cannot be told. */
async function recipientOf(
  turn: Turn,
  terms: OfferTerms,
  { find }: EditValues,
): Promise<Pick<OfferTerms['recipient'], 'name' | 'domain' | 'tenantId'> | undefined> {
  const { name, domain, tenantId } = terms.recipient;
  if (find === shownRecipient(terms)) return { name, domain, tenantId };
  // Whoever has the link may still answer; only the name of whom it is for changed.
  if (tenantId === null) return { name: find, domain: null, tenantId: null };
  const found = await findRecipient(turn, { client: '', find }, terms.route);
  return 'company' in found ? found.company : undefined;
}

async function changed(turn: Turn, terms: OfferTerms, values: EditValues): Promise<OfferTerms> {
  const { person, mail, validDays, language, portalLink, note } = values;
  const company = (await recipientOf(turn, terms, values)) ?? terms.recipient;
  return {
    ...terms,
    recipient: { ...terms.recipient, ...company, person, mail },
    validDays: wholeNumber(validDays) ?? terms.validDays,
    ...{ language, note },
    portalLink: hasPortalLink(terms) ? portalLink : null,
  };
}

/** *Sửa*: for whom, how long, in which language; the lines are changed each by itself. */
const editFlow = createFlow<EditData>({
  id: 'offer-edit',
  async start(turn, brought) {
    requireCapability('make-offer', await turn.situation());
    return brought as EditData;
  },
  steps: [
    {
      form: editForm.id,
      options: async (_turn, { terms }): Promise<Options> => ({ terms }),
      take: async (turn, data, values) => ({
        ...data,
        terms: await changed(turn, data.terms, editInputs.parse(values)),
      }),
    },
  ],
  async finish(turn, { offerId, terms }, cardKey) {
    const offer = await offerById(turn, offerId);
    if (offer === undefined) return;
    if (offer.draft === null)
      return showPreview(turn, offer, { problem: problemText(turn, 'offer-desk.changed') });
    // Lines and delegation that were changed meanwhile on another card stay.
    const { lines, delegation } = offer.draft;
    const changedNow = withDelegation({ ...terms, lines }, delegation);
    await keepTerms(turn, offer, changedNow, { replaces: cardKey || undefined });
  },
  outdated: showOverview,
});

async function begin(turn: Turn, stage: Stage, pressed: Pressed): Promise<void> {
  const offer = await offerById(turn, pressed.text('offer'));
  if (offer === undefined) return;
  if (offer.draft === null)
    return showPreview(turn, offer, { problem: problemText(turn, 'offer-desk.changed') });
  await stage.begin(editFlow.id, { offerId: offer.id, terms: offer.draft } satisfies EditData);
}

export const offerEditJob: Job = {
  dialogs: [editFlow, editForm],
  presses: { 'offer-edit': begin },
};
