import { z } from 'zod';
import { mailboxReviewCard } from '../cards/authorisations.ts';
import { fieldsCard } from '../cards/offer-fields.ts';
import { mail } from '../cards/offer-mail.ts';
import { ownCompany } from '../cards/scope.ts';
import { requireCapability } from '../partner/authorise.ts';
import { mailboxStatement } from '../partner/company-mailbox.ts';
import { PartnerError } from '../partner/errors.ts';
import type { SendMailWish } from '../partner/mail-wish.ts';
import { showAuthorisations } from './authorisations.ts';
import { createFlow } from './flow-dialog.ts';
import { createForm } from './form-dialog.ts';
import type { Job, Stage } from './job.ts';
import type { Judged } from './judgement.ts';
import { mailText } from './offer-inputs.ts';
import type { Turn } from './turn.ts';
import { confirmWish } from './wish.ts';

const named = z.object({ address: mailText.transform((text) => text.toLowerCase()) });
type Named = z.infer<typeof named>;

/** Only in a verified domain of the company: from elsewhere nothing leaves that a client could check. */
async function problemOf(turn: Turn, { address }: Named): Promise<string | undefined> {
  requireCapability('state-authorisations', await turn.situation());
  if (address === '') return undefined;
  const domain = address.split('@').at(-1) ?? '';
  const domains = await turn.directory().domains();
  const isVerified = domains.some((each) => each.isVerified && each.name.toLowerCase() === domain);
  return isVerified ? undefined : turn.words('company-mailbox.problem-domain', { domain });
}

const form = createForm({
  id: 'company-mailbox-form',
  inputs: named,
  labels: { address: 'company-mailbox.address' },
  fromText: (address) => ({ address }),
  async card(turn, { address }: Named, { nonce, typed, problem }) {
    const { words } = turn;
    return fieldsCard(words, {
      frame: {
        ...ownCompany(words, turn.account),
        title: words('company-mailbox.title'),
        intro: words('company-mailbox.intro'),
        problem,
      },
      verb: 'company-mailbox-form',
      nonce,
      paragraphs: [words('company-mailbox.note')],
      fields: [
        {
          ...{ kind: 'text', id: 'address', label: words('company-mailbox.address') },
          value: typed['address'] ?? address,
        },
      ],
      proceed: words('button.continue'),
    });
  },
  check: (turn, _options, values) => problemOf(turn, values),
});

const review = createForm({
  id: 'company-mailbox-review',
  inputs: z.object({}),
  labels: {},
  async card(turn, { address }: Named, { nonce, problem }) {
    const before = (await turn.companyMailbox())?.address ?? '';
    return mailboxReviewCard(turn.words, { account: turn.account, nonce, problem, before, after: address });
  },
  check: (turn, data) => problemOf(turn, data),
});

/** Which mailbox everything leaves from that nobody presses; stated by a Global admin, and nothing is sent by that. */
const nameMailbox = createFlow<Named>({
  id: 'company-mailbox',
  async start(turn) {
    requireCapability('state-authorisations', await turn.situation());
    return { address: (await turn.companyMailbox())?.address ?? '' };
  },
  steps: [
    {
      form: form.id,
      options: async (_turn, data) => data,
      take: async (_turn, _data, values) => named.parse(values),
    },
    { form: review.id, options: async (_turn, data) => data, take: async (_turn, data) => data },
  ],
  async finish(turn, { address }, cardKey) {
    const { tenantId: company, objectId, displayName: byName } = turn.requireAccount();
    const by = { tenantId: company, objectId };
    const value = address === '' ? 'off' : 'on';
    turn.records.state({
      ...{ company, authorisation: mailboxStatement, value, by, byName, at: turn.now },
      ...(address === '' ? {} : { address }),
    });
    const stated = { by, byName, at: turn.now };
    const mailbox = address === '' ? undefined : { address, stated };
    await showAuthorisations(turn, { fresh: false, cardKey, mailbox: { now: mailbox } });
  },
});

/** *Gửi thư thử cho tôi*: whether Microsoft lets it leave is seen on the card of the work. */
async function tryMailbox(turn: Turn, { consent }: Judged): Promise<void> {
  requireCapability('state-authorisations', await turn.situation());
  const mailbox = await turn.companyMailbox();
  if (mailbox === undefined) throw new PartnerError('company-mailbox-none');
  const { words, chat } = turn;
  const { signInName: to, displayName: name } = turn.requireAccount();
  const { address } = mailbox;
  const args: SendMailWish = {
    ...{ to, about: { what: 'try' }, from: 'company' },
    ...mail(chat.language, words('company-mailbox.try-subject', { address }), [
      { lines: [words('company-mailbox.try-text', { name, address })] },
    ]),
  };
  await confirmWish(turn, { kind: 'send-mail', args }, { consent });
}

export const companyMailboxJob: Job = {
  dialogs: [nameMailbox, form, review],
  presses: { 'company-mailbox': (_turn, stage: Stage) => stage.begin(nameMailbox.id, {}) },
  once: {
    'company-mailbox-try': {
      press: (turn, _stage, judged) => tryMailbox(turn, judged),
      shows: (turn) => showAuthorisations(turn, { fresh: false }),
    },
  },
};
