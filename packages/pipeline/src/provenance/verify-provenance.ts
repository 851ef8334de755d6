import type { ProvenanceRefusal } from '@sallyport/gates';
import type { SignedEntity, Signer } from '@sigstore/verify';
import { checkStatement } from './check-statement.ts';
import type { Attested } from './check-statement.ts';
import { parseBundle } from './parse-bundle.ts';
import type { AttestationBundle } from './parse-bundle.ts';
import type { TrustRoot } from './parse-trust-root.ts';
import { refused } from './refused.ts';
import type { Refused } from './refused.ts';
import { checkSigner } from './signer-identity.ts';
import type { ExpectedSigner } from './signer-identity.ts';
import { sha256 } from '../sha256.ts';

export type VerifiedProvenance = {
  readonly state: 'verified';
  /** Of the bundle's bytes. */
  readonly bundle: string;
  readonly signer: string;
  readonly run: string | null;
  /** Epoch milliseconds: the earliest time that somebody in the trust root vouches for. */
  readonly signedAt: number;
  readonly trustRoot: string;
};

/**
 * Checks a signature bundle over a build's artifacts, offline: somebody in the trust root vouches for the certificate and for the
 * time, the certificate is for exactly the expected workflow, and what it signed is SLSA provenance of every artifact. The bundle may
 * come from anyone. Never throws for what is in it; the first thing that is wrong is the answer.
 */
export async function verifyProvenance(bytes: Uint8Array, artifacts: readonly Attested[], { signer: expected, root }: { readonly signer: ExpectedSigner; readonly root: TrustRoot }): Promise<VerifiedProvenance | Refused> {
  const read = await parseBundle(bytes);
  if (read.state === 'refused') return read;
  const checked = await checkSignature(read.bundle, root);
  if (checked.state === 'refused') return checked;
  const identity = checkSigner(checked.signer, expected);
  if (identity.state === 'refused') return identity;
  const wrong = checkStatement(read.bundle.content.dsseEnvelope, artifacts);
  if (wrong !== null) return wrong;
  return { state: 'verified', bundle: sha256(bytes), signer: identity.signer, run: identity.run, signedAt: Math.min(...checked.times), trustRoot: root.digest };
}

type Checked = { readonly state: 'checked'; readonly signer: Signer; readonly times: readonly number[] };

async function checkSignature(bundle: AttestationBundle, { material, thresholds }: TrustRoot): Promise<Checked | Refused> {
  const { toSignedEntity, VerificationError, Verifier } = await import('./sigstore-library.ts');
  let entity: SignedEntity | null = null;
  try {
    entity = toSignedEntity(bundle);
    const times = timesOf(entity);
    if (entity.tlogEntries.length < thresholds.tlogThreshold) return refused('log-entry-missing', 'The bundle has no entry of the transparency log that the trust root names.');
    if (times.length < thresholds.timestampThreshold) return refused('timestamp-missing', 'Neither a transparency log nor a timestamp authority vouches for the time of the signature.');
    const signer = new Verifier(material, thresholds).verify(entity);
    return { state: 'checked', signer, times };
  } catch (error) {
    if (!(error instanceof VerificationError)) return refused('bundle-malformed', `The bundle cannot be checked: ${error instanceof Error ? error.message : 'it is not of the form it should be'}.`);
    return refused(refusalOf(error.code, entity), `${messages[refusalOf(error.code, entity)]} (${error.message}).`);
  }
}

/** The times that the library takes from the bundle; all of them have been verified once `verify` has returned. */
function timesOf({ timestamps }: SignedEntity): readonly number[] {
  return timestamps.flatMap((timestamp) => {
    if (timestamp.$case === 'timestamp-authority') return [timestamp.timestamp.signingTime.getTime()];
    // Only with the log's promise is its time signed.
    return timestamp.tlogEntry.inclusionPromise === undefined ? [] : [Number(timestamp.tlogEntry.integratedTime) * 1000];
  });
}

type SignatureRefusal = Extract<ProvenanceRefusal, 'certificate-untrusted' | 'certificate-outside-signing-time' | 'log-entry-invalid' | 'timestamp-invalid' | 'signature-invalid'>;

const messages: Readonly<Record<SignatureRefusal, string>> = {
  'certificate-untrusted': 'No authority of the trust root vouches for the certificate',
  'certificate-outside-signing-time': 'The signature was not made while its certificate was valid',
  'log-entry-invalid': 'The entry of the transparency log does not prove that this signature was logged',
  'timestamp-invalid': 'The timestamp is not one of this signature by an authority of the trust root',
  'signature-invalid': 'The signature is not one of this payload by this certificate',
};

function refusalOf(code: string, entity: SignedEntity | null): SignatureRefusal {
  if (code === 'TIMESTAMP_ERROR') return 'timestamp-invalid';
  if (code === 'SIGNATURE_ERROR') return 'signature-invalid';
  if (code.startsWith('TLOG_')) return 'log-entry-invalid';
  if (entity?.key.$case !== 'certificate') return 'certificate-untrusted';
  const { certificate } = entity.key;
  return timesOf(entity).every((time) => certificate.validForDate(new Date(time))) ? 'certificate-untrusted' : 'certificate-outside-signing-time';
}
