import type { Language, Words } from '../locales/words.ts';
import { isBinding } from '../partner/acceptance-life.ts';
import { includesConsent } from '../partner/delegation-terms.ts';
import type { Delegation } from '../partner/delegations.ts';
import type { Acceptance, CompanySignature, OfferLine, OfferTerms, OfferVersion } from '../partner/offers.ts';
import { type DelegationFacts, delegationFacts } from './delegation-facts.ts';
import { priceWords, sumWords, totalWords } from './offer-price.ts';

/** An offer as a client may see it. */
export interface OfferView {
  terms: OfferTerms;
  signature: CompanySignature;
  contact: OfferVersion['contact'];
  /** Domain time, ms. */
  expiresAt: number;
  number: number;
  standing: 'draft' | 'open' | 'withdrawn' | 'expired';
  /** What the company that looks has answered. */
  acceptance?: Acceptance;
  /** What became of the delegated administration at that company. */
  delegation?: Delegation;
  /** Whoever looks has not shown yet that they are of the company that the offer is for. */
  forAnybody?: boolean;
}

/** Everything that an offer says, in words; the card and the page show these very texts. '' and [] are left out. */
export interface OfferFacts {
  title: string;
  forWhom: string;
  valid: string;
  /** Where it stands, when there is more to say than that it is open. */
  state: { text: string; style: 'good' | 'warning' | 'default' };
  company: { name: string; address: readonly string[]; reach: readonly string[] };
  services: readonly ServiceFacts[];
  totals: readonly string[];
  /** Asked for with the lines or alone; it is answered by itself. */
  delegation: DelegationFacts | undefined;
  note: { title: string; lines: readonly string[] };
  accept: { title: string; points: readonly string[] };
  next: { title: string; steps: readonly string[] };
  contact: string;
}

interface ServiceFacts {
  name: string;
  mark: string;
  details: readonly string[];
  price: string;
  sum: string;
}

/** Words an offer for its client; nothing of the partner's own costs is in it. */
export function offerFacts(words: Words, language: Language, view: OfferView): OfferFacts {
  const { terms, signature, contact } = view;
  const { kind, lines, note } = terms;
  const company = signature.name;
  const seats = acceptedSeats(view);
  return {
    title: words(`offer.title.${kind}`),
    forWhom: view.forAnybody ? '' : forWhom(words, terms),
    valid:
      isAllAnswered(view) || isOrdered(view)
        ? ''
        : words('offer.valid', { at: new Date(view.expiresAt), number: view.number }),
    state: stateFacts(words, view),
    company: {
      name: company,
      address: signature.address,
      reach: [signature.phone, signature.mail, signature.website].filter(Boolean),
    },
    services: lines.map((line, index) => serviceFacts(words, language, line, seats[index])),
    totals: lines.length > 1 ? totalWords(words, language, lines, seats) : [],
    delegation: delegationFacts(words, language, { company, asked: view }),
    note: { title: words('offer.note', { company }), lines: note.split(/\r?\n/).filter((l) => l.trim()) },
    accept: kind === 'delegation' ? allowFacts(words, view) : acceptFacts(words, view, seats.length > 0),
    next: { title: words('offer.next.title'), steps: nextSteps(words, view) },
    contact: words('offer.contact', {
      who: [contact.name, contact.phone, contact.mail].filter(Boolean).join(' · '),
    }),
  };
}

/** What accepting the lines does and does not do. */
function acceptFacts(words: Words, view: OfferView, isAnswered: boolean): OfferFacts['accept'] {
  const { terms, signature } = view;
  const { name: company } = signature;
  const { kind, route, lines } = terms;
  if (isOrdered(view)) return { title: '', points: [] };
  const needsPrice = !isAnswered && lines.some(({ price, trial }) => price === null && !trial);
  return {
    title: words('offer.accept.title'),
    points: [
      words(`offer.accept.${route}`, { company }),
      ...(needsPrice ? [words('offer.accept.ask-price', { company })] : []),
      ...(kind === 'purchase' ? [words('offer.accept.cancel')] : []),
    ],
  };
}

/** Nothing but delegation was asked for, and that is allowed: the offer's own end and what an answer does are over. */
function isAllAnswered({ terms, delegation }: OfferView): boolean {
  const isAllowed =
    delegation !== undefined && delegation.answeredAt !== null && delegation.state !== 'declined';
  return terms.kind === 'delegation' && isAllowed;
}

const hasAnswered = ({ delegation }: OfferView) => delegation !== undefined && delegation.answeredAt !== null;

/** Staff have confirmed the yes: how far it is from here on, and whose turn, says the state and no longer the offer. */
function isOrdered({ acceptance }: OfferView): boolean {
  return acceptance !== undefined && isBinding(acceptance) && acceptance.state !== 'accepted';
}

function allowFacts(words: Words, view: OfferView): OfferFacts['accept'] {
  if (isAllAnswered(view)) return { title: '', points: [] };
  const company = view.signature.name;
  return {
    title: words('delegation-block.allow-title'),
    points: [words('delegation-block.allow-then', { company }), words('delegation-block.allow-free')],
  };
}

function nextSteps(words: Words, view: OfferView): string[] {
  if (isAllAnswered(view)) return [];
  const { terms, signature } = view;
  const { kind, route, delegation } = terms;
  const company = signature.name;
  if (kind === 'delegation') {
    const isTheirs = delegation !== undefined && !includesConsent(delegation);
    return [
      words('delegation-block.next.answer'),
      words('delegation-block.next.approve'),
      ...(isTheirs ? [words('delegation-block.next.consent', { company })] : []),
    ];
  }
  const steps = route === 'reseller' ? (['agreement', 'reseller-link'] as const) : (['portal'] as const);
  const isDelegationOpen = delegation !== undefined && !hasAnswered(view);
  return [
    ...(isOrdered(view) ? [] : steps.map((step) => words(`offer.next.${step}`, { company }))),
    ...(isDelegationOpen ? [words('delegation-block.next.beside')] : []),
  ];
}

/** Name and domain of the company that the offer is for, as far as they are known. */
function forWhom(words: Words, { recipient: { name, domain } }: OfferTerms): string {
  const who = name && domain ? `${name} (${domain})` : name || domain;
  return who ? words('offer.for', { who }) : '';
}

/** Licences of the answer to this very version; none before one. */
function acceptedSeats({ acceptance, number }: OfferView): readonly number[] {
  const counts = acceptance !== undefined && isBinding(acceptance) && acceptance.version === number;
  return counts ? acceptance.seats : [];
}

function serviceFacts(
  words: Words,
  language: Language,
  line: OfferLine,
  accepted: number | undefined,
): ServiceFacts {
  const { name, seats, trial } = line;
  if (trial) {
    return {
      ...{ name, mark: words('offer.trial.mark'), price: '', sum: '' },
      details: [words('offer.trial.terms', { seats: accepted ?? seats }), words('offer.trial.end')],
    };
  }
  const price = priceWords(words, language, line);
  return {
    ...{ name, mark: '', price: price || words('offer.price.none') },
    details: [seatWords(words, line, accepted), termWords(words, line)].filter(Boolean),
    sum: sumWords(words, language, line, accepted ?? seats),
  };
}

function seatWords(words: Words, { seats, minSeats, maxSeats }: OfferLine, accepted: number | undefined) {
  if (accepted === seats) return words('offer.seats.accepted-all', { seats });
  if (accepted !== undefined) return words('offer.seats.accepted', { accepted, seats });
  if (minSeats === maxSeats) return words('offer.seats.fixed', { seats });
  return words('offer.seats.range', { seats, min: minSeats, max: maxSeats });
}

const knownBillings = ['monthly', 'annual', 'triennial', 'one_time'] as const;

/** Term and billing of a line in words; Microsoft's own where it is one that we do not know. */
export function termWords(words: Words, { term, billing }: Pick<OfferLine, 'term' | 'billing'>): string {
  const [, count, unit] = /^P(\d+)([MY])$/.exec(term) ?? [];
  const length =
    count === undefined
      ? term
      : words(unit === 'Y' ? 'offer.term.years' : 'offer.term.months', { count: Number(count) });
  const known = knownBillings.find((each) => each === billing);
  return [length, known === undefined ? '' : words(`offer.billing.${known}`)].filter(Boolean).join(', ');
}

function stateFacts(words: Words, view: OfferView): OfferFacts['state'] {
  const { standing, acceptance, signature, number, terms } = view;
  // Where nothing but delegation is asked for, its own block says how it stands.
  const hasLines = terms.kind !== 'delegation';
  if (hasLines && acceptance !== undefined && acceptance.state !== 'viewed') {
    const binds = isBinding(acceptance);
    if (binds && acceptance.version < number)
      return { text: words('offer.state.older', { number: acceptance.version }), style: 'warning' };
    const text = words(`offer.state.${acceptance.state}`, { company: signature.name });
    return { text, style: binds && acceptance.state !== 'failed' ? 'good' : 'warning' };
  }
  // What the client allowed has an end of its own.
  if ((standing === 'withdrawn' || standing === 'expired') && !isAllAnswered(view))
    return { text: words(`error.offer-${standing}.what`), style: 'warning' };
  return { text: '', style: 'default' };
}
