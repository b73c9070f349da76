import type { MessageKey, Values } from '../../locales/words.ts';
import type { PartnerError } from '../../partner/errors.ts';
import { type Html, html } from './html.ts';
import { companyWords, type OfferVisit, otherAccount, signInForm } from './offer-visit.ts';

/** A friendly page instead of the offer. */
export interface Refusal {
  title: string;
  body: Html;
  status: number;
}

type Way = Pick<OfferVisit, 'path' | 'language' | 'words'>;

/** The offer is over, and this company has no answer to come back to. */
export function overPage(visit: OfferVisit): Refusal {
  const { words, standing, version, visitor } = visit;
  const kind = standing === 'expired' ? 'expired' : 'withdrawn';
  const button = html`<button class="quiet">${words('offer-page.sign-in.button')}</button>`;
  const again =
    visitor === undefined
      ? html`<p>${words('offer-page.over.answered')}</p>${signInForm(visit, button)}`
      : otherAccount(visit);
  const text = words('offer-page.over.text', { company: version.signature.name });
  return { title: words(`offer-page.${kind}.title`), body: html`<p>${text}</p>${again}`, status: 410 };
}

/** Somebody of another company, or of the partner's own. */
export function wrongCompanyPage(visit: OfferVisit): Refusal {
  const { words, offer, version, visitor } = visit;
  const kind = visitor?.tenantId === offer.company ? 'own' : 'wrong-company';
  const values = {
    signInName: visitor?.person.signInName ?? '',
    who: visitor === undefined ? '' : companyWords(visitor),
    company: version.signature.name,
  };
  const body = html`<p>${words(`offer-page.${kind}.text`, values)}</p>${otherAccount(visit)}`;
  return { title: words(`offer-page.${kind}.title`), body, status: 403 };
}

/** So much came from this company that a call serves it better. `error` is `said-too-often`. */
export function limitPage(visit: OfferVisit, { details }: PartnerError): Refusal {
  const { words, version, path, language } = visit;
  const what = String(details['what']);
  const count = Number(details['limit']);
  const text = words('offer-page.limit.text', { what, count, company: version.signature.name });
  return {
    title: words('offer-page.limit.title', { what }),
    body: html`<p>${text}</p><p><a href="${path}?lang=${language}">${words('offer-page.back')}</a></p>`,
    status: 429,
  };
}

type Trouble = 'guest' | 'personal' | 'consent' | 'failed';

/** A sign-in that ended without a person; `company` is '' when it is not known at which offer it began. */
export function signInRefusal(
  way: Way | undefined,
  words: Way['words'],
  more: { error: PartnerError; company: string; reference: string },
): Refusal {
  const { error, company, reference } = more;
  const trouble = troubleOf(error);
  const text: [MessageKey, Values] =
    way === undefined ? ['offer-page.failed.lost', {}] : [`offer-page.${trouble}.text`, { company }];
  const body = html`<p>${words(...text)}</p>${way === undefined ? html`` : otherAccount(way)}
<p class="soft">${words('error.reference', { reference })}</p>`;
  return {
    title: words(`offer-page.${trouble}.title`),
    body,
    status: trouble === 'failed' ? 400 : 403,
  };
}

function troubleOf({ code, details }: PartnerError): Trouble {
  if (code === 'guest-account') return 'guest';
  if (code === 'consent-missing') return 'consent';
  return details['reason'] === 'personal-account' ? 'personal' : 'failed';
}

/** For somebody who got the mail and does not want it. Looking changes nothing. */
export function stopPage({ words, path, language, version }: OfferVisit, isDone: boolean): Refusal {
  const company = version.signature.name;
  if (isDone) {
    const body = html`<p role="status">${words('offer-page.stop.done', { company })}</p>`;
    return { title: words('offer-page.stop.done-title'), body, status: 200 };
  }
  const body = html`<p>${words('offer-page.stop.text', { company })}</p>
<form method="post" action="${path}/stop?lang=${language}"><button>${words('offer-page.stop.button')}</button></form>
<p><a href="${path}?lang=${language}">${words('offer-page.back')}</a></p>`;
  return { title: words('offer-page.stop.title'), body, status: 200 };
}
