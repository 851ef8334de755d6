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

export type WriterOptions = LedgerOf & {
  /** Ed25519, PKCS#8 PEM. Its verifier key must be in the policy. */
  readonly privateKeyPem: string;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** From 0 up to 1. */
  readonly jitter: () => number;
};

/** Opens the ledger for appending. Throws LedgerError when the key is not one the policy trusts. */
export function openLedgerWriter(store: LedgerStore, options: WriterOptions): LedgerWriter {
  const { privateKeyPem, sleep, jitter, policy, repository } = options;
  requireTrustedKey({ origin: ledgerOrigin(repository), privateKeyPem, keys: policy.ledger.keys });
  const verify = verifierOf({ policy, repository });
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
