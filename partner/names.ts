/** The parts of a person's name, as a form shows them for correction. Any of them may be ''. */
export interface NameParts {
  family: string;
  middle: string;
  given: string;
}

/** Family names that two thirds and more of Vietnamese people bear, folded. */
const frequentFamilyNames: ReadonlySet<string> = new Set(
  'bui dang do duong ho hoang huynh le ly ngo nguyen pham phan tran vo vu'.split(' '),
);

/** Other Vietnamese family names, folded; some of them are given names as well. */
const otherFamilyNames: ReadonlySet<string> = new Set(
  (
    'an au bach banh bo cao cam cao chau che chu chung cung cuu dai dam dan dao dau diep dinh doan don dong du ' +
    'giang giap ha han hau hua hung khong khuat khuc kieu la lac lai lam lieu lo loi lu luc luong luu mac mach ' +
    'mai man mau nghiem ngu nguy nhan nhu ninh nong on ong phi pho phu phung phuong quach quan quang sam son su ' +
    'ta tang thach thai than thi thieu tieu to ton tong tra trang tri trieu trinh truong tu tuong ung uong van ' +
    'vi vien vuong xa yen'
  ).split(' '),
);

/**
 * Splits a full name as a person typed it. Vietnamese names read family – middle – given (the last word), also
 * without diacritics; `Lan Nguyễn`, `Adele Vance` read given first; `Smith, John` family first. Only a first
 * guess: people correct it on the form.
 */
export function splitFullName(full: string): NameParts {
  const name = cleanText(full);
  const [beforeComma = '', afterComma = ''] = name.split(',', 2).map((part) => part.trim());
  if (afterComma !== '' && beforeComma !== '') {
    const [given = '', ...middle] = afterComma.split(' ');
    return { family: beforeComma, middle: middle.join(' '), given };
  }
  const words = name.replaceAll(',', ' ').split(' ').filter(Boolean);
  const first = words.at(0) ?? '';
  const last = words.at(-1) ?? '';
  if (words.length < 2) return { family: '', middle: '', given: first };
  const middle = words.slice(1, -1).join(' ');
  return readsFamilyFirst(words.map(fold), name)
    ? { family: first, middle, given: last }
    : { family: last, middle, given: first };
}

function readsFamilyFirst(folded: string[], name: string): boolean {
  const first = folded.at(0) ?? '';
  const last = folded.at(-1) ?? '';
  if (frequentFamilyNames.has(first)) return true;
  const vietnamese = hasVietnameseLetters(name) || folded.every(isVietnameseSyllable);
  const turnedRound = frequentFamilyNames.has(last) && !otherFamilyNames.has(first);
  return vietnamese && !turnedRound;
}

/**
 * Text as it may be stored and compared: composed letters, single spaces, no control characters, no marks
 * that turn the writing direction, nothing invisible that makes two equal names differ.
 */
export function cleanText(text: string): string {
  return text
    .replace(/[\p{Cc}\u2028\u2029]/gu, ' ')
    .replace(/\p{Cs}|[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu, '')
    .normalize('NFC')
    .replace(/\s+/gu, ' ')
    .trim();
}

/** Text for comparing and finding without diacritics: `Đặng Thị Ánh` → `dang thi anh`. */
export function fold(text: string): string {
  return text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd');
}

/** Horn and breve letters, đ, and the tone marks that only Vietnamese writes over Latin letters. */
function hasVietnameseLetters(text: string): boolean {
  return /[ăđơư\u1ea0-\u1ef9]/u.test(text.toLowerCase().normalize('NFC'));
}

/** Whether a folded word can be a Vietnamese syllable: `tien`, `nguyen`; not `cancel`, `logan`. */
export function isVietnameseSyllable(folded: string): boolean {
  return syllable.test(folded);
}

const syllable = new RegExp(
  '^(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnpqrstvx])?' +
    '(?:[aeiouy]|ai|ao|au|ay|eo|eu|ia|ie|iu|oa|oe|oi|oo|ua|ue|ui|uo|uu|uy|ye|' +
    'ieu|yeu|oai|oao|oay|oeo|uai|uay|uoi|uou|uya|uye|uyu)(?:ch|ng|nh|[cmnpt])?$',
);
