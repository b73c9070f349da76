import { PartnerError } from './errors.ts';
import { obsoleteCodes, requireStillTrue } from './mail-guard.ts';
import { mailWishOf } from './mail-wish.ts';
import { type OperationKind, requireText, type StepDefinition, type Work } from './operation-kinds.ts';
import { type JsonObject, newStep } from './operations.ts';

/** Nothing tells afterwards whether a mail has left, so it is never sent a second time unless a person wants that. */
const once: Pick<StepDefinition, 'find' | 'unclear' | 'againIsAnew'> = {
  find: async ({ again }) => ({ happened: again ? 'cannot-tell' : false }),
  unclear: 'mail-unknown',
  againIsAnew: true,
};

/** Exactly what was previewed. Throws `mail-unknown` where nobody knows whether it left. */
async function send(work: Work, mailbox: Work['mailbox']): Promise<void> {
  const { to, subject, text, html, replyTo } = mailWishOf(work.operation.args);
  try {
    await mailbox.send({ to, subject, text, html, ...(replyTo === undefined ? {} : { replyTo }) });
  } catch (error) {
    const isUnknown = error instanceof PartnerError && error.code === 'microsoft-unknown-outcome';
    if (!isUnknown) throw error;
    throw new PartnerError('mail-unknown', { cause: error, requestId: error.requestId });
  }
}

/** From the mailbox of the person who confirmed it. */
const sendStep: StepDefinition = {
  ...{ id: 'send', ...once },
  async run(work) {
    await send(work, work.mailbox);
    return {};
  },
};

/** From the company's own mailbox, whoever is signed in or not. */
const sendAsCompanyStep: StepDefinition = {
  ...{ id: 'send-as-company', ...once, unattended: true, asCompany: true },
  async run(work) {
    const { address, mailbox } = await work.companyMailbox();
    await send(work, mailbox);
    return { from: address };
  },
};

const isOfCompany = (args: JsonObject) => mailWishOf(args).from === 'company';

/** Sends one mail, if what it says is still so when it leaves. */
export const sendMailKind: OperationKind = {
  kind: 'send-mail',
  schema: 2,
  needs: (args) => (isOfCompany(args) ? [] : ['make-offer']),
  plan: (args) => [newStep(isOfCompany(args) ? 'send-as-company' : 'send')],
  steps: { send: sendStep, 'send-as-company': sendAsCompanyStep },
  object: (args) => requireText(args['to'], 'to'),
  guard: (aim) =>
    requireStillTrue(mailWishOf(aim.operation.args), {
      company: aim.operation.company,
      desk: () => aim.company,
      facts: aim.mailFacts,
    }),
  isUnasked: (args) => isOfCompany(args) && mailWishOf(args).about.what !== 'try',
  isObsolete: (args, code) => isOfCompany(args) && obsoleteCodes.includes(code),
};
