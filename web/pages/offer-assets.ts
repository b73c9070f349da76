/** What the pages for clients add to the common style sheet. */
export const offerStyle = `
header { justify-content: space-between; }
.brand { min-width: 0; }
nav { font-weight: 400; flex: none; }
a { color: var(--accent); }
main { max-width: 640px; }
h2 { font-size: 21px; line-height: 1.3; margin: 28px 0 10px; }
h3 { font-size: 17px; margin: 18px 0 4px; }
ul, ol { margin: 0 0 12px; padding-left: 22px; }
blockquote { margin: 0; padding-left: 12px; border-left: 3px solid var(--line); }
#offer, .plain-card { margin: 0 0 8px; }
#offer { border: 1px solid var(--line); border-radius: 12px; overflow: hidden; }
.plain-card { padding: 4px 16px; }
.notice { padding: 12px 16px; margin: 0 0 18px; border: 1px solid var(--line); border-left: 5px solid var(--accent);
  border-radius: 8px; background: var(--ground); }
.notice.problem { border-left-color: var(--bad); }
.notice p:last-child { margin: 0; }
.as { padding: 12px 16px; margin: 0 0 16px; background: var(--ground); border-radius: 8px; }
label { display: block; font-weight: 600; margin: 0 0 4px; }
input[type=number], textarea { font: inherit; color: inherit; background: var(--paper); width: 100%; padding: 9px 12px;
  border: 1px solid var(--soft); border-radius: 8px; }
input[type=number] { max-width: 180px; min-height: 46px; }
textarea { min-height: 96px; resize: vertical; display: block; margin: 0 0 8px; }
.field { margin: 0 0 16px; }
.state, .warning { font-weight: 600; }
.warning { padding: 12px 16px; border-left: 5px solid var(--bad); background: var(--ground); border-radius: 8px; }
.hint { color: var(--soft); font-size: 15px; margin: 4px 0 0; }
input:focus-visible, textarea:focus-visible, summary:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.row { display: flex; flex-wrap: wrap; gap: 10px; }
details { border-top: 1px solid var(--line); padding: 4px 0; }
details > form { padding: 6px 0; }
summary { cursor: pointer; font-weight: 600; color: var(--accent); padding: 10px 0; min-height: 44px; }
button.link { background: none; color: var(--accent); padding: 10px 0; min-height: 44px; font-weight: 400; text-decoration: underline; }
.steps { list-style: none; padding: 0; }
.steps li { display: flex; gap: 10px; padding: 10px 0; border-top: 1px solid var(--line); }
.steps li:first-child { border-top: 0; }
.steps .sign { flex: none; width: 24px; text-align: center; font-weight: 700; color: var(--accent); }
.steps .later { color: var(--soft); }
.steps strong { display: block; }
dl { margin: 0 0 16px; }
dt { color: var(--soft); font-size: 15px; }
dd { margin: 0 0 10px; }
footer { max-width: 640px; margin: 0 auto 40px; padding: 16px 24px 0; color: var(--soft); font-size: 15px; }
footer address { font-style: normal; }
.ac-adaptiveCard { outline: none; }
@media print { header nav, form, button, .button, .no-print { display: none; } body { background: #fff; color: #000; font-size: 12pt; }
  main { border: 0; margin: 0; padding: 0; max-width: none; min-height: 0; } footer { padding: 0; } }
`;

/**
 * Draws the card in the place of the plain facts. Text stays text: no markdown is read, and whatever leads to another
 * scheme than these is no link. Without the library the plain facts stay.
 */
export const cardScript = `
const place = document.getElementById('offer');
const data = document.getElementById('card');
const ink = { default: 'var(--ink)', subtle: 'var(--soft)' };
const colors = Object.fromEntries(['default', 'dark', 'light', 'accent', 'good', 'warning', 'attention'].map((name) =>
  [name, name === 'accent' ? { default: 'var(--accent)', subtle: 'var(--accent)' } : ink]));
const styleOf = (backgroundColor) => ({ backgroundColor, borderColor: 'var(--line)', foregroundColors: colors });
const containerStyles = Object.fromEntries(['default', 'emphasis', 'good', 'warning', 'attention', 'accent'].map((name) =>
  [name, styleOf(name === 'default' ? 'var(--paper)' : 'var(--ground)')]));
if (place && data && globalThis.AdaptiveCards) {
  const { AdaptiveCard, HostConfig } = globalThis.AdaptiveCards;
  AdaptiveCard.onProcessMarkdown = () => undefined;
  const card = new AdaptiveCard();
  const sizes = { small: 15, default: 17, medium: 19, large: 21, extraLarge: 24 };
  card.hostConfig = new HostConfig({ fontFamily: 'inherit', containerStyles, fontSizes: sizes, textBlock: { headingLevel: 2 },
    lineHeights: { small: 22, default: 26, medium: 27, large: 30, extraLarge: 32 },
    spacing: { small: 6, default: 10, medium: 16, large: 24, extraLarge: 32, padding: 16 },
    separator: { lineThickness: 1, lineColor: 'var(--line)' } });
  card.parse(JSON.parse(data.textContent));
  const drawn = card.render();
  for (const link of drawn?.querySelectorAll('a[href]') ?? []) {
    if (!/^(https|mailto|tel):/i.test(link.getAttribute('href'))) link.removeAttribute('href');
  }
  if (drawn) { drawn.removeAttribute('tabindex'); place.replaceChildren(drawn); }
}
`;

/** Copies a ready text, prints, and shows what a change of the number comes to. */
export const pageScript = `
for (const button of document.querySelectorAll('[data-copy]')) {
  button.hidden = false;
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value);
    button.textContent = button.dataset.done;
  });
}
for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => print());
}
for (const place of document.querySelectorAll('[data-sum-of]')) {
  const input = document.getElementById(place.dataset.sumOf);
  const { amount, currency, locale } = place.dataset;
  const money = new Intl.NumberFormat(locale, { style: 'currency', currency });
  const show = () => {
    const seats = Number(input.value);
    place.hidden = !Number.isInteger(seats) || seats < 1;
    place.querySelector('strong').textContent = money.format(Number(amount) * seats);
  };
  input.addEventListener('input', show);
  show();
}
document.querySelector('.notice')?.focus();
`;
