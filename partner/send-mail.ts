import { PartnerError } from './errors.ts';
import { type OperationKind, requireText, type StepDefinition } from './operation-kinds.ts';
import { type JsonObject, newStep } from './operations.ts';

/** A mail as it was previewed. `about`: what it is, by a name of ours, and of which offer. */
export interface SendMailWish extends JsonObject {
  to: string;
  subject: string;
  text: string;
  html: string;
  about: { what: string; offerId?: string };
}

const wishOf = (args: JsonObject) => args as SendMailWish;

/** Nothing tells afterwards whether a mail has left, so it is never sent a second time unless a person wants that. */
const sendStep: StepDefinition = {
  id: 'send',
  async run({ mailbox, operation }) {
    const { to, subject, text, html } = wishOf(operation.args);
    try {
      await mailbox.send({ to, subject, text, html });
      return {};
    } catch (error) {
      const isUnknown = error instanceof PartnerError && error.code === 'microsoft-unknown-outcome';
      if (!isUnknown) throw error;
      throw new PartnerError('mail-unknown', { cause: error, requestId: error.requestId });
    }
  },
  find: async ({ again }) => ({ happened: again ? 'cannot-tell' : false }),
  unclear: 'mail-unknown',
  againIsAnew: true,
};

/** Sends one mail from the mailbox of the person who confirmed it. */
export const sendMailKind: OperationKind = {
  kind: 'send-mail',
  schema: 1,
  needs: () => ['make-offer'],
  plan: () => [newStep('send')],
  steps: { send: sendStep },
  object: (args) => requireText(args['to'], 'to'),
};
