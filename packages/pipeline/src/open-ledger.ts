import { appendEntries, createLedgerVerifier, requireTrustedKey } from '@sallyport/ledger';
import type { LedgerStore, LedgerVerifier } from '@sallyport/ledger';
import type { Policy } from '@sallyport/policy';
import type { LedgerReader, LedgerWriter } from './ledger-access.ts';

/** How often an append is tried when other writers are faster. */
const appendAttempts = 8;

type LedgerOf = { readonly policy: Policy; readonly repository: { readonly owner: string; readonly name: string } };

/** The name a ledger signs under: it ties a checkpoint to one repository. */
export const ledgerOrigin = ({ owner, name }: { readonly owner: string; readonly name: string }): string => `github.com/${owner}/${name}/sallyport`;

/** Opens the ledger for reading, trusting the keys in the policy and no others. A reading after the first verifies what is new. */
export const openLedgerReader = (store: LedgerStore, of: LedgerOf): LedgerReader => readerOf(store, verifierOf(of));

const verifierOf = ({ policy, repository }: LedgerOf): LedgerVerifier => createLedgerVerifier({ origin: ledgerOrigin(repository), keys: policy.ledger.keys });

const readerOf = (store: LedgerStore, verify: LedgerVerifier): LedgerReader => ({ read: async () => verify(await store.read()) });

export type WriterOptions = LedgerOf & SigningOptions;

export type SigningOptions = {
  /** Ed25519, PKCS#8 PEM. Its verifier key must be in the policy. */
  readonly privateKeyPem: string;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** From 0 up to 1. */
  readonly jitter: () => number;
};

/** Opens the ledger for appending. Throws LedgerError when the key is not one the policy trusts. */
export const openLedgerWriter = (store: LedgerStore, options: WriterOptions): LedgerWriter => writerOf(store, options, verifierOf(options));

/**
 * For whoever opens one ledger again and again, as each round of a sweep does: what was verified is not verified anew, and must still be there.
 * With other keys, or for another repository, everything is. Throws as `openLedgerWriter` does.
 */
export function createLedgerOpener(store: LedgerStore, signing: SigningOptions): (of: LedgerOf) => LedgerWriter {
  let last: { readonly trusted: string; readonly verify: LedgerVerifier } | null = null;
  return (of) => {
    const trusted = JSON.stringify([ledgerOrigin(of.repository), of.policy.ledger.keys]);
    if (last?.trusted !== trusted) last = { trusted, verify: verifierOf(of) };
    return writerOf(store, { ...of, ...signing }, last.verify);
  };
}

function writerOf(store: LedgerStore, { privateKeyPem, sleep, jitter, policy, repository }: WriterOptions, verify: LedgerVerifier): LedgerWriter {
  requireTrustedKey({ origin: ledgerOrigin(repository), privateKeyPem, keys: policy.ledger.keys });
  return {
    ...readerOf(store, verify),
    append: (entries, { at, ifSize }) =>
      appendEntries(
        { store, origin: ledgerOrigin(repository), privateKeyPem, keys: policy.ledger.keys, verify, at: new Date(at).toISOString(), attempts: appendAttempts, sleep, jitter },
        entries,
        ifSize === undefined ? {} : { ifSize },
      ),
  };
}
