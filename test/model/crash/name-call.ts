/** Calls that change something. Of the others nothing remains, so that to die after one is to die before the next. */
const changing: ReadonlySet<string> = new Set(['ledger.write', 'promotions.createTag', 'mergeCheck.publish', 'builds.publish', 'releases.publish', 'desk.openReview', 'desk.openRelease', 'desk.updateRelease', 'desk.answerCommand', 'desk.openOverride', 'notices.give']);

export const changesSomething = (name: string): boolean => changing.has(name.split(' ', 1)[0] ?? '');

/** `port` is `ledger.write`, say. A write of the ledger is told by the entries that it adds, and a tag by its environment. */
export function nameCall(port: string, words: readonly unknown[]): string {
  if (port === 'ledger.write') return `${port} ${typesOf(words[1] as ReadonlyMap<string, Uint8Array>).join(' + ')}`;
  if (port === 'promotions.createTag') return `${port} ${(words[0] as { readonly name: string }).name.split('/')[1] ?? ''}`;
  return port;
}

const typesOf = (files: ReadonlyMap<string, Uint8Array>): readonly string[] =>
  [...files].filter(([path]) => path.startsWith('entries/')).map(([, bytes]) => (JSON.parse(Buffer.from(bytes).toString('utf8')) as { readonly body: { readonly type: string } }).body.type);
