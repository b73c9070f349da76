/** Lower case without Vietnamese or other marks: `Nguyễn Thị Đào` → `nguyen thi dao`. NFD leaves đ as it is. */
export function folded(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll('đ', 'd');
}

/** Whether every word of `find` begins some word of the texts; marks and case do not matter. */
export function matches(find: string, texts: readonly string[]): boolean {
  const starts = texts.flatMap(wordsOf);
  return folded(find)
    .split(/\s+/)
    .filter((word) => word !== '')
    .every((word) => {
      const bare = lettersOf(word);
      return starts.some((start) => start.startsWith(word) || (bare !== '' && start.startsWith(bare)));
    });
}

/** `O'Brien` is found as o'brien, obrien and brien; `lan.nguyen@…` by either of its parts and as a whole. */
function wordsOf(text: string): string[] {
  const words = folded(text).split(/\s+/);
  return words
    .flatMap((word) => [word, lettersOf(word), ...word.split(/[^\p{L}\p{N}]+/u)])
    .filter((word) => word !== '');
}

function lettersOf(word: string): string {
  return word.replace(/[^\p{L}\p{N}]+/gu, '');
}
