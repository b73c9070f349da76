import { createWords } from '../locales/words.ts';
import { unknownZone } from '../partner/company-zones.ts';
import { type Card, render } from './render.ts';
import template from './templates/welcome.json' with { type: 'json' };

/** The first card, in both languages, since nobody has chosen one yet; it says no dates. */
export function welcomeCard(): Card {
  const [vi, en] = (['vi', 'en'] as const).map((language) => {
    const words = createWords(language, unknownZone);
    return `${words('welcome.who')} ${words('welcome.what')}`;
  });
  return render(template, { vi, en });
}
