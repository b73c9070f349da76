import assert from 'node:assert/strict';
import { rawTimeZones } from '@vvo/tzdb';
import { IntlMessageFormat } from 'intl-messageformat';
import en from '../../locales/en.json' with { type: 'json' };
import { roleWords } from '../../locales/role-words.ts';
import rolesEn from '../../locales/roles.en.json' with { type: 'json' };
import rolesVi from '../../locales/roles.vi.json' with { type: 'json' };
import vi from '../../locales/vi.json' with { type: 'json' };
import { createWords, isLanguage, languages, localeOf, zoneName } from '../../locales/words.ts';
import { wordsForError } from '../../locales/words-for-error.ts';
import { errorCodes, PartnerError } from '../../partner/errors.ts';
import { roles } from '../../partner/roles.ts';
import { hanoi } from '../helpers/zones.ts';

const texts = { vi: Object.entries({ ...vi, ...rolesVi }), en: Object.entries({ ...en, ...rolesEn }) };

/** Names and kinds of all values that a message uses, wherever they stand in it. */
function argumentsOf(message: string, locale: string): string[] {
  const found = new Set<string>();
  JSON.stringify(
    new IntlMessageFormat(message, locale, undefined, { ignoreTag: true }).getAst(),
    (_, node) => {
      const named = typeof node === 'object' && node !== null && 'value' in node && 'type' in node;
      if (named && node.type !== 0 && typeof node.value === 'string') found.add(node.value);
      return node;
    },
  );
  return [...found].sort();
}

describe('the sentences', () => {
  for (const language of languages) {
    it(`${language}: are well-formed and not empty`, () => {
      for (const [key, text] of texts[language]) {
        assert.doesNotThrow(() => argumentsOf(text, localeOf[language]), key);
        assert.notEqual(text.trim(), '', key);
      }
    });

    it(`${language}: have no exclamation marks, no template marks, and the words of docs/words.md`, () => {
      const avoided = language === 'vi' ? /máy khách|thuê bao|bản quyền|số ghế/i : /\blicense[sd]?\b/;
      for (const [key, text] of texts[language]) {
        assert.doesNotMatch(text, /!|\$\{/, key);
        assert.doesNotMatch(text, avoided, key);
        assert.equal(text, text.normalize('NFC'), key);
      }
    });
  }

  it('leave it to the formats how a day or a time looks', () => {
    for (const [key, text] of [...texts.vi, ...texts.en]) {
      for (const [, kind = '', style = ''] of text.matchAll(/\{\w+, (date|time)(?:, ([^}]*))?\}/g)) {
        const styles = ['short', 'medium', 'long', 'full', ...(kind === 'time' ? ['zoned'] : [])];
        assert.ok(styles.includes(style), `${key}: ${kind} ${style}`);
      }
    }
  });

  it('name the same values in both languages', () => {
    const english = new Map(Object.entries<string>(en));
    for (const [key, text] of Object.entries(vi)) {
      const other = english.get(key) ?? '';
      assert.deepEqual(argumentsOf(text, 'vi-VN'), argumentsOf(other, 'en-GB'), key);
    }
  });
});

describe('createWords', () => {
  it('puts values in as they are', () => {
    const nasty = `{x} <b>O'Brien</b> & "#1" \${y} *z*`;
    assert.equal(
      createWords('en', hanoi)('error.reference', { reference: nasty }),
      `Reference number: ${nasty}`,
    );
  });

  it('says which value a message lacks', () => {
    assert.throws(() => createWords('vi', hanoi)('error.reference'), /reference/);
  });

  it('writes days and times as numbers, the day first and 24 hours, in both languages and of the zone', () => {
    const at = new Date('2026-12-05T16:05:00Z');
    for (const language of languages) {
      const said = (zone: string) => createWords(language, zone)('offer-event.at', { at });
      assert.equal(said(hanoi), '05/12/2026 23:05');
      assert.equal(said('America/New_York'), '05/12/2026 11:05');
      assert.equal(said('Pacific/Auckland'), '06/12/2026 05:05');
      const midnight = new Date('2026-12-05T17:00:00Z');
      assert.equal(createWords(language, hanoi)('offer-event.at', { at: midnight }), '06/12/2026 00:00');
    }
  });

  it('follows the clocks where they are put forward', () => {
    const words = createWords('vi', 'Europe/Berlin');
    const said = (at: string) => words('offer-event.at', { at: new Date(at) });
    assert.equal(said('2026-03-29T00:59:00Z'), '29/03/2026 01:59');
    assert.equal(said('2026-03-29T01:00:00Z'), '29/03/2026 03:00');
  });

  it('leaves a calendar day the same day in every zone, and takes no other text for one', () => {
    const named = { name: 'Minh', mail: 'm@f.vn' };
    for (const zone of ['Pacific/Kiritimati', 'Pacific/Honolulu', hanoi]) {
      const words = createWords('en', zone);
      assert.equal(words('order.agreed-by', { ...named, on: '2026-11-30' }), 'Minh (m@f.vn), on 30/11/2026');
      assert.throws(() => words('order.agreed-by', { ...named, on: '2026-11-30T23:00:00Z' }), /no day/);
    }
  });

  it('names the zone wherever a moment binds', () => {
    const at = new Date('2026-12-14T16:59:59Z');
    const binding = [
      'offer.valid',
      'offer-desk.renewed',
      'approval.until',
      'offer-page.proof.at',
      'delegation-block.until',
      'delegation-mail.lead.approve',
      'delegation-mail.lead.consent',
      'delegation-news.at',
      'offer-notice.until-at',
    ] as const;
    const names = { company: 'C', name: 'N', person: 'P', who: 'W', number: 1 };
    for (const key of binding) {
      assert.match(
        createWords('vi', hanoi)(key, { at, ...names }),
        /23:59 giờ Việt Nam|giờ Việt Nam 23:59/,
        key,
      );
      assert.match(createWords('en', hanoi)(key, { at, ...names }), /23:59 Vietnam time/, key);
    }
    assert.equal(
      createWords('vi', hanoi)('offer.valid', { at, number: 0 }),
      'Có hiệu lực đến 23:59 giờ Việt Nam ngày 14/12/2026',
    );
    assert.equal(
      createWords('en', 'America/New_York')('offer.valid', { at, number: 0 }),
      'Valid until 11:59 New York time on 14/12/2026',
    );
  });

  it('says a zone in words, of every country', () => {
    const at = Date.parse('2026-07-01T00:00:00Z');
    for (const { name } of rawTimeZones) {
      assert.match(zoneName('vi', name, at), /^giờ \p{L}.*\p{Ll}/u, name);
      assert.match(zoneName('en', name, at), /^\p{L}.*\p{Ll}.* [Tt]ime$/u, name);
    }
    assert.equal(zoneName('vi', 'Europe/Berlin', at), 'giờ Đức');
    assert.equal(zoneName('en', 'Europe/Berlin', at), 'Central European Time');
    assert.equal(zoneName('vi', 'America/New_York', at), 'giờ New York');
    assert.equal(zoneName('en', 'UTC', at), 'UTC');
  });

  it('knows its languages', () => {
    assert.deepEqual(
      [isLanguage('vi'), isLanguage('en'), isLanguage('fr'), isLanguage(null)],
      [true, true, false, false],
    );
  });
});

describe('wordsForError', () => {
  for (const language of languages) {
    const words = createWords(language, hanoi);

    it(`${language}: words every code, without any details`, () => {
      for (const code of errorCodes) {
        const { what, next, who = 'x' } = wordsForError(words, new PartnerError(code));
        for (const sentence of [what, next, who]) {
          assert.doesNotMatch(sentence, /undefined|[{}]| {2}|^ | $| [.,:]|\.\./, `${code}: ${sentence}`);
        }
        assert.match(next, /\.$/);
      }
    });

    it(`${language}: words every code with all details`, () => {
      const details = {
        signInName: 'lan@contoso.vn',
        domain: 'contoso.vn',
        product: 'Microsoft 365 E3',
        role: 'User Administrator',
        field: 'X',
        limit: 1200,
        seconds: 1,
      };
      for (const code of errorCodes) {
        const { what, next, who = 'x' } = wordsForError(words, { code, details });
        for (const sentence of [what, next, who]) {
          assert.doesNotMatch(sentence, /undefined|[{}]| {2}|^ | $| [.,:]|\.\./, `${code}: ${sentence}`);
        }
      }
    });
  }

  for (const language of languages) {
    it(`${language}: names buttons by the words that stand on them`, () => {
      const words = createWords(language, hanoi);
      const named = [
        ['unexpected', 'button.ask-help'],
        ['microsoft-refused', 'button.ask-help'],
        ['ambiguous-user', 'button.other-name'],
      ] as const;
      for (const [code, title] of named) {
        const { next } = wordsForError(words, new PartnerError(code));
        assert.ok(next.includes(words(title)), `${code}: ${next}`);
      }
    });
  }

  it('names what it is about and counts by the locale', () => {
    const taken = new PartnerError('sign-in-name-taken', { details: { signInName: 'lan@contoso.vn' } });
    assert.equal(
      wordsForError(createWords('vi', hanoi), taken).what,
      'Tên đăng nhập lan@contoso.vn đã có người dùng.',
    );
    assert.equal(
      wordsForError(createWords('en', hanoi), taken).what,
      'The sign-in name lan@contoso.vn is already in use.',
    );
    const busy = new PartnerError('microsoft-busy', { retryAfterSeconds: 1 });
    assert.match(wordsForError(createWords('en', hanoi), busy).next, /in 1 second\./);
    const long = { code: 'input-too-long', details: { limit: 1200 } } as const;
    assert.match(wordsForError(createWords('vi', hanoi), long).what, /1\.200 ký tự/);
    assert.match(wordsForError(createWords('en', hanoi), long).what, /1,200 characters/);
  });

  it('treats a detail that looks like a message as text', () => {
    const taken = new PartnerError('sign-in-name-taken', { details: { signInName: 'constructor {x}' } });
    assert.match(wordsForError(createWords('en', hanoi), taken).what, /constructor \{x\} is/);
  });

  it('says who must do what about everything that a delegation can stand still at', () => {
    const codes = [
      ...([
        'relationship-name-taken',
        'relationship-refused',
        'approval-waiting',
        'consent-waiting',
      ] as const),
      ...(['consent-missing', 'delegation-not-usable', 'delegation-ended'] as const),
      ...(['delegation-unapproved', 'delegation-roles', 'not-allowed'] as const),
    ];
    for (const language of languages)
      for (const code of codes) {
        const { who } = wordsForError(createWords(language, hanoi), { code, details: {} });
        assert.ok(who, `${language}: ${code}`);
      }
  });

  it('has words for a code that only another version knows', () => {
    const stored: { code: 'unexpected'; details: object } = JSON.parse(
      '{"code":"from-the-future","details":{}}',
    );
    const words = createWords('en', hanoi);
    assert.deepEqual(
      wordsForError(words, { code: stored.code, details: {} }),
      wordsForError(words, new PartnerError('unexpected')),
    );
  });
});

describe('roleWords', () => {
  it('gives each role a name of its own, one sentence on what it can and one on what it cannot', () => {
    for (const language of languages) {
      const names = roles.map((role) => roleWords(language, role.key).name);
      assert.equal(new Set(names).size, roles.length);
      for (const role of roles) {
        const { what, not } = roleWords(language, role.key);
        for (const sentence of [what, not]) assert.match(sentence, /^[^.]+\.$/, role.key);
      }
    }
  });
});
