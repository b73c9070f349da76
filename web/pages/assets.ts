/** The one style sheet of our pages, light and dark. */
export const styleSheet = `
:root { --ink: #1b1a19; --soft: #55524e; --paper: #fff; --ground: #f4f3f1; --line: #d8d6d2; --accent: #0b5cad; --bad: #a4262c;
  color-scheme: light dark; }
@media (prefers-color-scheme: dark) { :root { --ink: #f3f2f1; --soft: #bbb7b2; --paper: #252423; --ground: #191817;
  --line: #45423e; --accent: #7cb8f2; --bad: #ff9a9f; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); overflow-wrap: anywhere;
  font: 17px/1.55 "Segoe UI", system-ui, -apple-system, "Noto Sans", "DejaVu Sans", sans-serif; }
header { display: flex; align-items: center; gap: 10px; padding: 14px 20px; background: var(--paper);
  border-bottom: 1px solid var(--line); font-weight: 600; }
.mark { width: 18px; height: 18px; border-radius: 5px; background: var(--accent); transform: rotate(45deg) scale(.8); }
main { max-width: 560px; margin: 32px auto; padding: 28px 24px; background: var(--paper); border: 1px solid var(--line);
  border-radius: 14px; }
@media (max-width: 600px) { main { margin: 0; border: 0; border-radius: 0; min-height: 80vh; } }
h1 { font-size: 26px; line-height: 1.25; margin: 0 0 12px; }
p { margin: 0 0 14px; }
.soft { color: var(--soft); font-size: 15px; }
.code { font: 700 42px/1.2 ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", monospace; letter-spacing: .12em; margin: 16px 0; }
.secret { font: 600 24px/1.4 ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", monospace; padding: 14px 16px; margin: 0 0 14px;
  background: var(--ground); border: 1px solid var(--line); border-radius: 10px; user-select: all; }
button, .button { display: inline-block; font: inherit; font-weight: 600; min-height: 46px; padding: 10px 22px; border: 0; border-radius: 8px;
  background: var(--accent); color: var(--paper); cursor: pointer; text-decoration: none; }
button.quiet { background: transparent; color: var(--accent); border: 1px solid var(--line); }
button:focus-visible, a:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; }
form { margin: 0 0 14px; }
.bad { color: var(--bad); }
`;

/** Hides a revealed password after its time, and copies it on request. */
export const revealScript = `
const secret = document.getElementById('secret');
const shown = document.getElementById('shown');
const hidden = document.getElementById('hidden');
const copy = document.getElementById('copy');
function hide() { if (secret) secret.textContent = ''; if (shown) shown.remove(); if (hidden) hidden.hidden = false; }
if (secret) { setTimeout(hide, Number(secret.dataset.hideAfter)); addEventListener('pagehide', hide); }
copy?.addEventListener('click', async () => {
  await navigator.clipboard.writeText(secret.textContent.trim());
  copy.textContent = copy.dataset.done;
});
`;
