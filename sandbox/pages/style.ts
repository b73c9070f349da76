/** The one style sheet of the sandbox's pages, light and dark. */
export const styleSheet = `
:root { --ink: #1b1a19; --soft: #5a5854; --line: #d8d6d2; --paper: #fff; --ground: #f5f4f2; --accent: #0b5cad;
  --accent-soft: #e6f0fa; --good: #0b6a0b; --bad: #a4262c; --bad-soft: #fdeced; --warn-soft: #fff4d6; color-scheme: light; }
@media (prefers-color-scheme: dark) { :root { --ink: #f3f2f1; --soft: #b8b5b0; --line: #45423e; --paper: #252423;
  --ground: #191817; --accent: #7cb8f2; --accent-soft: #1d3347; --good: #8fd18f; --bad: #ff9a9f; --bad-soft: #46191c;
  --warn-soft: #45380f; color-scheme: dark; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink);
  font: 16px/1.5 "Segoe UI", system-ui, -apple-system, "Noto Sans", "DejaVu Sans", sans-serif; overflow-wrap: anywhere; }
a { color: var(--accent); }
a:focus-visible, button:focus-visible, input:focus-visible, select:focus-visible, summary:focus-visible {
  outline: 3px solid var(--accent); outline-offset: 2px; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 8px; top: 8px; background: var(--paper); padding: 8px 12px; z-index: 2; }
.top { background: var(--paper); border-bottom: 1px solid var(--line); }
.bar { display: flex; align-items: center; justify-content: space-between; gap: 12px; max-width: 1080px; margin: 0 auto;
  padding: 12px 16px; }
.brand { display: flex; align-items: center; gap: 12px; color: inherit; text-decoration: none; font-weight: 600; line-height: 1.25; }
.brand small { display: block; font-weight: 400; color: var(--soft); font-size: 13px; }
.logo { display: grid; grid-template-columns: 13px 13px; gap: 3px; transform: rotate(45deg) scale(.82); flex: none; }
.logo i { width: 13px; height: 13px; border-radius: 3px; background: var(--accent); }
.logo i:nth-child(2) { opacity: .7; } .logo i:nth-child(3) { opacity: .5; } .logo i:nth-child(4) { opacity: .3; }
.language { white-space: nowrap; padding: 8px 0; }
nav.tabs { max-width: 1080px; margin: 0 auto; padding: 0 12px; display: flex; gap: 4px; flex-wrap: wrap; }
nav.tabs a { padding: 10px 12px; text-decoration: none; color: var(--soft); border-bottom: 3px solid transparent; }
nav.tabs a:hover { color: var(--ink); }
nav.tabs a[aria-current] { color: var(--ink); font-weight: 600; border-color: var(--accent); }
main { max-width: 1080px; margin: 0 auto; padding: 24px 16px 64px; }
main.narrow { max-width: 640px; }
h1 { font-size: 26px; line-height: 1.25; margin: 0 0 8px; }
h2 { font-size: 19px; margin: 32px 0 8px; line-height: 1.3; }
h3 { font-size: 15px; margin: 16px 0 8px; color: var(--soft); font-weight: 600; }
.lead { color: var(--soft); margin: 0 0 16px; max-width: 68ch; }
.problem { background: var(--bad-soft); color: var(--bad); border-radius: 8px; padding: 12px 16px; }
.notice { background: var(--accent-soft); border-radius: 8px; padding: 12px 16px; }
.card { background: var(--paper); border: 1px solid var(--line); border-radius: 12px; padding: 16px; margin: 0 0 16px; }
.card h2 { margin-top: 0; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 300px), 1fr)); gap: 16px; align-items: start; }
.cards .card { margin: 0; }
.row { display: flex; gap: 8px; flex-wrap: wrap; align-items: end; }
.row > input[type=search] { flex: 1 1 180px; }
label { display: block; font-weight: 600; font-size: 14px; margin: 0 0 4px; }
input, select { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--soft); border-radius: 8px;
  padding: 9px 12px; min-height: 44px; min-width: 0; max-width: 100%; width: 100%; }
input[type=hidden] { display: none; }
input.tick { width: auto; min-height: 0; margin: 0 8px 0 0; }
button, .button { font: inherit; font-weight: 600; min-height: 44px; padding: 9px 16px; border-radius: 8px; cursor: pointer; white-space: nowrap;
  border: 1px solid var(--soft); background: var(--paper); color: var(--ink); text-decoration: none; display: inline-block; }
button:hover, .button:hover { border-color: var(--accent); background: var(--accent-soft); }
button.main { background: var(--accent); border-color: var(--accent); color: var(--paper); }
button.main:hover { filter: brightness(1.1); }
button.danger { border-color: var(--bad); color: var(--bad); }
button.danger:hover { background: var(--bad-soft); }
.search { margin: 0 0 8px; }
.accounts { list-style: none; margin: 0; padding: 0; background: var(--paper); border: 1px solid var(--line);
  border-radius: 12px; overflow: hidden; }
.accounts li + li { border-top: 1px solid var(--line); }
.account { display: flex; gap: 14px; align-items: flex-start; width: 100%; text-align: left; padding: 12px 16px;
  border: 0; border-radius: 0; background: none; font-weight: 400; }
button.account { white-space: normal; }
button.account:focus-visible { outline-offset: -3px; }
.avatar { flex: none; margin-top: 2px; }
.avatar text { font-family: inherit; }
.who { min-width: 0; }
.who .sub, .who .good { display: block; font-size: 14px; color: var(--soft); }
.who .good { color: var(--ink); }
.who .good > span { color: var(--good); font-weight: 600; }
.tag { display: inline-block; font-size: 12px; font-weight: 600; border-radius: 10px; padding: 1px 9px; margin: 1px 2px 1px 0;
  background: var(--ground); border: 1px solid var(--line); }
.tag.on { background: var(--accent-soft); border-color: transparent; }
.tag.bad { background: var(--bad-soft); color: var(--bad); border-color: transparent; }
details { margin-top: 24px; }
summary { cursor: pointer; font-weight: 600; padding: 10px 0; }
.cancel { margin-top: 24px; }
.clock { font-size: 24px; font-weight: 600; font-variant-numeric: tabular-nums; line-height: 1.3; margin: 0; }
.soft { color: var(--soft); font-size: 14px; }
p { margin: 0 0 12px; }
table { border-collapse: collapse; width: 100%; background: var(--paper); }
.table { border: 1px solid var(--line); border-radius: 12px; overflow: hidden; }
th, td { text-align: left; vertical-align: top; padding: 10px 14px; border-bottom: 1px solid var(--line); font-size: 15px; }
th { font-size: 13px; color: var(--soft); font-weight: 600; }
tbody tr:last-child td { border-bottom: 0; }
code { font-family: ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", monospace; font-size: 13px; }
.meter { display: block; height: 6px; border-radius: 3px; background: var(--line); overflow: hidden; margin-top: 6px; }
.meter svg { display: block; width: 100%; height: 6px; }
.meter rect { fill: var(--accent); } .meter.full rect { fill: var(--bad); }
.fields .wide { grid-column: 1 / -1; }
.fields { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 170px), 1fr)); gap: 12px; margin-bottom: 12px; }
.plain { list-style: none; margin: 0; padding: 0; }
.plain > li { display: flex; justify-content: space-between; gap: 12px; align-items: center; padding: 8px 0; }
.plain > li + li { border-top: 1px solid var(--line); }
.plain form { flex: none; }
.columns { columns: 2 340px; column-gap: 16px; }
.columns > div { break-inside: avoid; padding-bottom: 16px; }
.columns > div > h3 { margin-top: 0; }
.facts { margin: 0 0 16px; } .facts > div { display: flex; gap: 12px; padding: 2px 0; }
.facts dt { flex: none; width: 96px; color: var(--soft); } .facts dd { margin: 0; }
/* Mails are made for white paper. */
iframe.mail { display: block; width: 100%; height: 70vh; min-height: 320px; border: 1px solid var(--line); border-radius: 12px;
  background: #fff; color-scheme: light; resize: vertical; }
pre { font-family: inherit; white-space: pre-wrap; }
.person { display: flex; gap: 12px; align-items: flex-start; }
.empty { text-align: center; padding: 40px 16px; color: var(--soft); }
@media (max-width: 640px) {
  h1 { font-size: 22px; }
  table.stack thead { position: absolute; left: -9999px; }
  table.stack, table.stack tbody, table.stack tr, table.stack td { display: block; width: 100%; }
  table.stack tr { padding: 10px 0; border-bottom: 1px solid var(--line); }
  table.stack tbody tr:last-child { border-bottom: 0; }
  table.stack td { border: 0; padding: 2px 14px; }
  table.stack td.none { display: none; }
  table.stack td[data-name]::before { content: attr(data-name) ": "; color: var(--soft); font-size: 13px; }
}
`;
