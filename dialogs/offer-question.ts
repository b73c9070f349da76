import { z } from 'zod';
import { fieldsCard } from '../cards/offer-fields.ts';
import { answerMail } from '../cards/offer-mail.ts';
import { ownCompany } from '../cards/scope.ts';
import { createWords } from '../locales/words.ts';
import { requireCapability } from '../partner/authorise.ts';
import type { SendMailWish } from '../partner/mail-wish.ts';
import { openQuestions } from '../partner/offer-attention.ts';
import { longestNote } from '../partner/offer-terms.ts';
import type { OfferEvent } from '../partner/offers.ts';
import { companyNow } from './company-now.ts';
import { createFlow } from './flow-dialog.ts';
import { createForm } from './form-dialog.ts';
import type { Job, Pressed, Stage } from './job.ts';
import { endNotices } from './notice-end.ts';
import { type Answered, answeredById, saidBy, showClient } from './offer-client.ts';
import { formLines, isMail } from './offer-inputs.ts';
import { firstWords, signatureOf, signedWith } from './offer-publication.ts';
import { eventOf } from './offer-record.ts';
import { showOverview } from './overview.ts';
import type { Turn } from './turn.ts';
import { confirmWish, wishAnswer } from './wish.ts';

const inputs = z.object({
  answer: formLines(longestNote).pipe(z.string().min(1, 'form.missing')),
});

interface Options {
  client: string;
  /** What was asked, and by whom. */
  question: string;
  asker: string;
  answer: string;
}

const answerForm = createForm({
  id: 'offer-answer-form',
  inputs,
  labels: { answer: 'offer-question.answer' },
  fromText: (answer) => ({ answer }),
  async card(turn, { client, question, asker, answer }: Options, { nonce, typed, problem }) {
    const { words } = turn;
    return fieldsCard(words, {
      frame: {
        ...ownCompany(words, turn.account),
        title: words('offer-question.title'),
        intro: words('offer-question.intro', { asker, client }),
        problem,
      },
      verb: 'offer-answer-form',
      nonce,
      paragraphs: [words('offer-question.asked', { question })],
      fields: [
        {
          ...{ kind: 'long', id: 'answer', label: words('offer-question.answer') },
          value: typed['answer'] ?? answer,
        },
      ],
      proceed: words('button.continue'),
    });
  },
});

interface QuestionData extends Options {
  acceptanceId: string;
  questionId: string;
  /** Address of whoever asked, from their verified sign-in. */
  to: string;
  /** Domain time, ms. */
  askedAt: number;
}

/** Answers a client's question by mail: the words, then the mail itself to confirm. */
const answerFlow = createFlow<QuestionData>({
  id: 'offer-answer-question',
  async start(turn, brought) {
    requireCapability('make-offer', await turn.situation());
    return brought as QuestionData;
  },
  steps: [
    {
      form: 'offer-answer-form',
      options: async (_turn, { client, question, asker, answer }): Promise<Options> => ({
        ...{ client, question, asker, answer },
      }),
      take: async (_turn, data, values) => ({ ...data, ...inputs.parse(values) }),
    },
    {
      form: 'wish-review',
      async options(turn, data) {
        const answered = await answeredById(turn, data.acceptanceId);
        const mail = answered && (await mailFor(turn, answered, data));
        return {
          kind: 'send-mail',
          args: mail ?? {},
          intro: turn.words('offer-share.review', { text: firstWords(mail?.text ?? '') }),
          canGoBack: true,
          asksGuard: true,
        };
      },
      async take(_turn, data, values) {
        wishAnswer.parse(values);
        return data;
      },
    },
  ],
  async finish(turn, data, cardKey, consent) {
    const answered = await answeredById(turn, data.acceptanceId);
    if (answered === undefined) return;
    // A colleague may have answered it meanwhile: the client gets one answer.
    const isOpen = (await questionsOf(turn, answered)).some(({ id }) => id === data.questionId);
    if (!isOpen) return showClient(turn, answered, turn.words('offer-question.answered'));
    const details = { question: data.questionId, text: data.answer, to: data.to };
    const client = answered.acceptance.client.tenantId;
    const event = eventOf(turn, answered.offer, 'answered', details, client);
    // Of two colleagues at once only one answers: the second finds it answered.
    turn.offers.save({ offerEvents: [{ ...event, id: `answer.${data.questionId}` }] });
    await endNotices(turn, answered.offer.id, { kind: 'asked', eventId: data.questionId });
    const args = await mailFor(turn, answered, data);
    await confirmWish(turn, { kind: 'send-mail', args }, { cardKey, consent });
  },
  outdated: showOverview,
});

/** With the company's details as they are now, whatever stood in the version that the client answered. */
async function mailFor(turn: Turn, answered: Answered, data: QuestionData): Promise<SendMailWish> {
  const { offer } = answered;
  const { language } = answered.version.terms;
  const { to, question, answer, asker: person, askedAt: since } = data;
  const zone = await turn.companyZone();
  const signature = signatureOf(language, (await companyNow(turn)).record);
  const version = { ...answered.version, signature };
  const link = turn.offers.link(offer.code, language);
  const from = turn.requireAccount().displayName;
  const mail = answerMail(createWords(language, zone), language, {
    ...{ offer, version, link, question, answer, person, from },
  });
  const signed = signedWith(turn, language, signature);
  return { to, ...mail, about: { what: 'answer', offerId: offer.id, since }, signed };
}

async function questionsOf(turn: Turn, { acceptance }: Answered): Promise<OfferEvent[]> {
  return openQuestions(await saidBy(turn, acceptance));
}

async function begin(turn: Turn, stage: Stage, pressed: Pressed): Promise<void> {
  const answered = await answeredById(turn, pressed.text('acceptance'));
  if (answered === undefined) return;
  const { acceptance } = answered;
  const { name } = acceptance.client;
  const asked = (await questionsOf(turn, answered)).at(0);
  if (asked === undefined) return showClient(turn, answered);
  const { text, signInName } = asked.details;
  const to = typeof signInName === 'string' ? signInName : '';
  if (!isMail(to))
    return showClient(turn, answered, turn.words('offer-question.no-mail', { name: asked.byName }));
  await stage.begin(answerFlow.id, {
    ...{ acceptanceId: acceptance.id, questionId: asked.id, to, askedAt: asked.at, answer: '' },
    ...{ client: name, asker: asked.byName, question: typeof text === 'string' ? text : '' },
  } satisfies QuestionData);
}

export const offerQuestionJob: Job = {
  dialogs: [answerFlow, answerForm],
  presses: { 'offer-answer-question': begin },
};
