import type { LedgerState } from './ledger-state.ts';
import type { PolicySource } from './ports.ts';
import type { CurrentPolicy } from './read-policy.ts';
import type { EntryDraft } from './sweep/effect.ts';

/** The entry that keeps a policy's text for replay; none when it is kept already. Only a new policy costs the look-up of its commit. */
export async function adoptPolicy(source: Pick<PolicySource, 'findCommit'>, state: Pick<LedgerState, 'policies'>, { sealed, text }: CurrentPolicy): Promise<readonly EntryDraft[]> {
  if (state.policies.has(sealed.digest)) return [];
  return [{ key: `policy:${sealed.digest}`, body: { type: 'policy-adopted', digest: sealed.digest, commit: await source.findCommit(text), text } }];
}
