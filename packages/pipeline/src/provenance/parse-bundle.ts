import type { Bundle } from '@sigstore/bundle';
import { jsonDepth } from './json-depth.ts';
import { refused } from './refused.ts';
import type { Refused } from './refused.ts';

/** A bundle that names a thousand artifacts has about a fifth of this. */
export const maximumBundleBytes = 1_048_576;
/** A bundle has eight levels. */
const maximumDepth = 32;
/** What stands before a signature in a checkpoint. The library matches it as a pattern, so nothing else may get there. */
const signatureLine = /^\u2014 [A-Za-z0-9.:/_-]{1,200} [A-Za-z0-9+/=]{1,2000}$/;

/** The envelope of a signed statement and what vouches for it, in the form that its own library asks for. Nothing is verified. */
export type AttestationBundle = Bundle & { readonly content: Extract<Bundle['content'], { readonly $case: 'dsseEnvelope' }> };

/**
 * Reads a sigstore bundle (https://docs.sigstore.dev/about/bundle/, versions 0.1 to 0.3) with exactly one certificate and one
 * signature over a DSSE envelope. Every log entry has to bring an inclusion proof.
 */
export async function parseBundle(bytes: Uint8Array): Promise<{ readonly state: 'read'; readonly bundle: AttestationBundle } | Refused> {
  if (bytes.byteLength > maximumBundleBytes) return refused('bundle-too-large', `The bundle has ${bytes.byteLength} bytes; at most ${maximumBundleBytes} are read.`);
  const parsed = parseJson(bytes);
  if (parsed.state === 'refused') return parsed;
  const { bundleFromJSON, ValidationError } = await import('./sigstore-library.ts');
  try {
    return examine(bundleFromJSON(parsed.value));
  } catch (error) {
    if (error instanceof ValidationError && error.fields.length > 0 && error.fields.every((field) => field.includes('inclusionProof'))) return proofMissing;
    return refused('bundle-malformed', `The bundle is not a sigstore bundle: ${error instanceof Error ? error.message : 'it cannot be read'}.`);
  }
}

const proofMissing = refused('log-proof-missing', 'An entry of the transparency log comes without its inclusion proof and checkpoint, so nobody can see that it is in the log.');

function parseJson(bytes: Uint8Array): { readonly state: 'json'; readonly value: unknown } | Refused {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (jsonDepth(text) > maximumDepth) return refused('bundle-too-deep', `The bundle is nested more than ${maximumDepth} levels deep.`);
    return { state: 'json', value: JSON.parse(text) };
  } catch {
    return refused('bundle-not-json', 'The bundle is not one JSON document in UTF-8. Give the file that the attestation step wrote, with a single bundle.');
  }
}

function examine(bundle: Bundle): { readonly state: 'read'; readonly bundle: AttestationBundle } | Refused {
  const { content, verificationMaterial } = bundle;
  if (!isAttestation(bundle)) return refused('bundle-malformed', `The bundle holds a ${content.$case}, not a DSSE envelope.`);
  if (verificationMaterial.content.$case === 'publicKey') return refused('certificate-missing', 'The bundle was signed with a bare key. Only a certificate says which workflow signed.');
  for (const { inclusionProof } of verificationMaterial.tlogEntries) {
    const checkpoint = inclusionProof?.checkpoint?.envelope;
    if (checkpoint === undefined) return proofMissing;
    const signatures = checkpoint.split('\n').filter((line) => line.includes('\u2014'));
    if (!signatures.every((line) => signatureLine.test(line))) return refused('log-entry-invalid', 'A checkpoint of the transparency log has a signature line of another form than https://c2sp.org/signed-note gives it.');
  }
  return { state: 'read', bundle };
}

const isAttestation = (bundle: Bundle): bundle is AttestationBundle => bundle.content.$case === 'dsseEnvelope';
