import type { Language, Words } from '../locales/words.ts';
import type { Attestation, ConfirmedLine, ConfirmOrderWish } from '../partner/confirm-order.ts';
import type { SendMailWish } from '../partner/mail-wish.ts';
import type { JsonObject } from '../partner/operations.ts';
import { termWords } from './offer-facts.ts';

interface Said {
  facts: readonly { name: string; value: string }[];
  notes: readonly string[];
}

/** What is ordered for whom; Microsoft's prices are not known here, and the stated one is on the offer. */
export function orderWords(words: Words, language: Language, args: JsonObject): Said {
  const { clientName, lines, attestation } = args as Partial<ConfirmOrderWish>;
  const ordered = lines ?? [];
  const agreed = attestation && {
    name: fullName(language, attestation),
    mail: attestation.mail,
    on: attestation.agreedOn,
  };
  return {
    facts: [
      { name: words('order.client'), value: clientName ?? '' },
      ...ordered.map((line) => ({ name: line.name, value: lineWords(words, line) })),
      ...(agreed === undefined
        ? []
        : [{ name: words('order.agreed'), value: words('order.agreed-by', agreed) }]),
    ],
    notes: [words(ordered.every(({ trial }) => trial) ? 'order.trial-only' : 'order.buys')],
  };
}

function fullName(language: Language, { firstName, lastName }: Attestation): string {
  const names = language === 'vi' ? [lastName, firstName] : [firstName, lastName];
  return names.filter(Boolean).join(' ');
}

function lineWords(words: Words, line: ConfirmedLine): string {
  const { quantity, trial } = line;
  return trial
    ? words('order.trial', { quantity })
    : words('order.line', { quantity, term: termWords(words, line) });
}

/** Whom a mail goes to and under which heading; its text was previewed before. */
export function mailWords(words: Words, args: JsonObject): Said {
  const { to, subject } = args as Partial<SendMailWish>;
  return {
    facts: [
      { name: words('mail.to'), value: to ?? '' },
      { name: words('mail.subject'), value: subject ?? '' },
    ],
    notes: [words('mail.from-you')],
  };
}
