import { html } from '../html.ts';
import { type HttpAnswer, page } from '../http.ts';
import type { Language, Words } from '../pages/language.ts';
import { layout } from '../pages/layout.ts';
import type { SignInProblem } from './errors.ts';

const words = {
  title: { vi: 'Không đăng nhập được', en: 'Sorry, we cannot sign you in' },
  lead: {
    vi: 'Yêu cầu đăng nhập này có lỗi nên không thể quay lại ứng dụng. Hãy đóng trang và báo cho người vận hành bot mã dưới đây.',
    en: 'This sign-in request is wrong, so it cannot return to the application. Close the page and give the number below to whoever runs the bot.',
  },
} satisfies Record<string, Words>;

/** For requests that must not be answered by a redirect: unknown application, unknown reply address. */
export function problemPage(problem: SignInProblem, language: Language): HttpAnswer {
  const body = html`<main class="narrow"><h1>${words.title[language]}</h1><p class="lead">${words.lead[language]}</p>
    <p class="problem" role="alert"><strong>AADSTS${problem.number}</strong><br>${problem.text}</p></main>`;
  return page(layout({ language, title: words.title[language], body }), 400);
}
