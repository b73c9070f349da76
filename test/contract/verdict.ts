/** How an operation of the sandbox compares with what Microsoft documents, with a sentence for people. */
export interface Verdict {
  id: string;
  verdict: 'documented' | 'own' | 'deviating';
  sentence: string;
}

/** Names what an answer has beyond the documented properties. */
export function beyond(extra: readonly string[]): string {
  if (extra.length === 0) return '';
  const rest = extra.length > 5 ? ` and ${extra.length - 5} more` : '';
  return ` Beyond the documented: ${extra.slice(0, 5).join(', ')}${rest}.`;
}

/** What a contract test prints at its end. */
export function closingTable(of: string, verdicts: readonly Verdict[]): string {
  const order = ['documented', 'own', 'deviating'] as const;
  const lines = order.flatMap((verdict) => {
    const rows = verdicts.filter((one) => one.verdict === verdict);
    return [
      `\n  ${verdict} (${rows.length})`,
      ...rows.map(({ id, sentence }) => `    ${id.padEnd(46)} ${sentence}`),
    ];
  });
  return `\n  ${of}, sandbox against contract${lines.join('\n')}\n\n`;
}
