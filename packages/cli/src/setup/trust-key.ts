/**
 * A policy that also trusts a ledger key; null when the text has no `ledger.keys` written as one list on a line, which is how `sallyport init` writes it. Whatever else
 * stands in the file stays as it is.
 */
export function withLedgerKey(policy: string, key: string): string | null {
  const lines = policy.split('\n');
  const ledger = lines.findIndex((line) => line.trimEnd() === 'ledger:');
  const end = lines.findIndex((line, index) => index > ledger && /^[^\s#]/.test(line));
  const at = lines.findIndex((line, index) => index > ledger && (end === -1 || index < end) && /^\s+keys:/.test(line));
  const [, before, list, after = ''] = /^(\s+keys:\s*)\[([^\]]*)\](.*)$/.exec(lines[at] ?? '') ?? [];
  if (ledger === -1 || before === undefined || list === undefined) return null;
  if (list.includes(key)) return policy;
  const keys = [...list.split(',').map((one) => one.trim()).filter((one) => one !== ''), JSON.stringify(key)];
  // The words of `init` beside the empty list are no longer true.
  return lines.with(at, `${before}[${keys.join(', ')}]${list.trim() === '' ? '' : after}`).join('\n');
}
