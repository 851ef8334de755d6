import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { initializeCA, initializeCTLog, initializeTLog, initializeTSA } from '@sigstore/mock';
import * as z from 'zod';

/** What an attestation says and who signs it, as far as a test wants it to be unlike the healthy one. */
export type Attesting = {
  /** OID under 1.3.6.1.4.1.57264.1 to value; null leaves it out. */
  readonly extensions?: Readonly<Record<number, string | null>>;
  readonly certificateFor?: string;
  /** `unlogged`: by the same authority, which told no log of the certificate. */
  readonly certificate?: 'unlogged';
  readonly statement?: Readonly<Record<string, unknown>>;
  /** Signed in place of a statement. */
  readonly payload?: string;
  readonly payloadType?: string;
};

export type Sigstore = {
  /** A `trusted_root.json`. */
  readonly trustRoot: Uint8Array;
  /** A bundle about these digests, some with the name of their subject, signed by the build workflow of acme/shop unless it is told otherwise. */
  attest(digests: readonly (string | { readonly name: string; readonly digest: string })[], attesting?: Attesting): Promise<BundleJson>;
};

export type LogEntryJson = {
  readonly logIndex: string;
  readonly logId: { readonly keyId: string };
  readonly kindVersion: { readonly kind: string; readonly version: string };
  readonly integratedTime: string;
  readonly inclusionPromise: { readonly signedEntryTimestamp: string };
  readonly inclusionProof: { readonly logIndex: string; readonly rootHash: string; readonly treeSize: string; readonly hashes: readonly string[]; readonly checkpoint: { readonly envelope: string } };
  readonly canonicalizedBody: string;
};

export type BundleJson = {
  readonly mediaType: string;
  readonly verificationMaterial: {
    readonly certificate: { readonly rawBytes: string };
    readonly tlogEntries: readonly LogEntryJson[];
    readonly timestampVerificationData: { readonly rfc3161Timestamps: readonly { readonly signedTimestamp: string }[] };
  };
  readonly dsseEnvelope: { readonly payload: string; readonly payloadType: string; readonly signatures: readonly { readonly sig: string; readonly keyid: string }[] };
};

export const shop = { repository: { owner: 'acme', name: 'shop', id: 5000 }, branch: 'main', workflow: '.github/workflows/build.yml', commit: 'c1'.repeat(20) } as const;
const workflowUri = 'https://github.com/acme/shop/.github/workflows/build.yml@refs/heads/main';
const healthyExtensions: Readonly<Record<number, string>> = {
  8: 'https://token.actions.githubusercontent.com',
  9: workflowUri,
  12: 'https://github.com/acme/shop',
  13: shop.commit,
  14: 'refs/heads/main',
  15: '5000',
  18: workflowUri,
  21: 'https://github.com/acme/shop/actions/runs/7100/attempts/1',
};
const sha256Oid = '2.16.840.1.101.3.4.2.1';

type Shape = {
  /** `logged`: as the public-good instance. `timestamped`: as GitHub's own, without a log. */
  readonly shape: 'logged' | 'timestamped';
  /** When certificates are issued, and when logs and timestamps see the signature; epoch milliseconds. */
  readonly issuedAt?: number;
  readonly seenAt?: number;
};

/** A sigstore of its own: certificate authority, logs and timestamp authority with fresh keys, everything signed for real. */
export async function createSigstore({ shape, issuedAt = soon(), seenAt = issuedAt + 5000 }: Shape): Promise<Sigstore> {
  const logged = shape === 'logged';
  const logKeys = pair('P-256');
  const ctlog = await initializeCTLog(pair('P-256'), new Date(issuedAt));
  const caKeys = pair('P-384');
  const ca = await initializeCA(caKeys, logged ? ctlog : undefined, new Date(issuedAt));
  const silentCa = await initializeCA(caKeys, undefined, new Date(issuedAt));
  const tlog = await initializeTLog('https://rekor.sigstore.test', logKeys, new Date(seenAt));
  const tsa = await initializeTSA(pair('P-384'), new Date(seenAt));

  const log = (key: Uint8Array, baseUrl: string) => ({ baseUrl, hashAlgorithm: 'SHA2_256', publicKey: { rawBytes: base64(key), keyDetails: 'PKIX_ECDSA_P256_SHA_256', validFor: { start: '2020-01-01T00:00:00Z' } }, logId: { keyId: base64(createHash('sha256').update(key).digest()) } });
  const authority = (uri: string, certificates: readonly Uint8Array[]) => ({ subject: { organization: 'test', commonName: 'test' }, uri, certChain: { certificates: certificates.map((rawBytes) => ({ rawBytes: base64(rawBytes) })) }, validFor: { start: '2020-01-01T00:00:00Z' } });
  const trustRoot = {
    mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
    tlogs: logged ? [log(tlog.publicKey, 'https://rekor.sigstore.test')] : [],
    certificateAuthorities: [authority('https://fulcio.sigstore.test', [bytesOf(ca.rootCertificate)])],
    ctlogs: logged ? [log(ctlog.publicKey, 'https://ctfe.sigstore.test')] : [],
    timestampAuthorities: logged ? [] : [authority('https://tsa.sigstore.test', [bytesOf(tsa.intCertificate), bytesOf(tsa.rootCertificate)])],
  };

  return {
    trustRoot: Buffer.from(JSON.stringify(trustRoot)),
    async attest(digests, { extensions = {}, certificateFor = workflowUri, certificate: certified, statement = {}, payload, payloadType = 'application/vnd.in-toto+json' } = {}) {
      const signer = pair('P-256');
      const values = Object.entries({ ...healthyExtensions, ...extensions }).flatMap(([field, value]) => (value === null ? [] : [{ oid: `1.3.6.1.4.1.57264.1.${field}`, value }]));
      const certificate = await (certified === 'unlogged' ? silentCa : ca).issueCertificate({ publicKey: signer.publicKey.export({ format: 'der', type: 'spki' }), subjectAltName: certificateFor, extensions: values });
      const subject = digests.map((one, index) => (typeof one === 'string' ? { name: `file-${index}`, digest: one } : one)).map(({ name, digest }) => ({ name, digest: { sha256: digest.replace('sha256:', '') } }));
      const signed = Buffer.from(payload ?? JSON.stringify({ _type: 'https://in-toto.io/Statement/v1', subject, predicateType: 'https://slsa.dev/provenance/v1', predicate: {}, ...statement }));
      const signature = sign('sha256', Buffer.concat([Buffer.from(`DSSEv1 ${Buffer.byteLength(payloadType)} ${payloadType} ${signed.byteLength} `), signed]), signer.privateKey);
      const material = logged ? { tlogEntries: [await logEntry(tlog, signed, signature)], timestampVerificationData: { rfc3161Timestamps: [] } } : { tlogEntries: [], timestampVerificationData: { rfc3161Timestamps: [{ signedTimestamp: base64(bytesOf(await tsa.timestamp({ artifactHash: createHash('sha256').update(signature).digest(), hashAlgorithmOID: sha256Oid, nonce: 1, policyOID: '1.3.6.1.4.1.57264.2' }))) }] } };
      return {
        mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
        verificationMaterial: { certificate: { rawBytes: base64(bytesOf(certificate)) }, ...material },
        dsseEnvelope: { payload: base64(signed), payloadType, signatures: [{ sig: base64(signature), keyid: '' }] },
      };
    },
  };
}

/** An entry as Rekor's first version answers it: https://github.com/sigstore/rekor/blob/main/openapi.yaml */
const rekorEntry = z.object({
  body: z.string(),
  integratedTime: z.int(),
  logID: z.string(),
  logIndex: z.int(),
  verification: z.object({ signedEntryTimestamp: z.string(), inclusionProof: z.object({ logIndex: z.int(), rootHash: z.string(), treeSize: z.int(), checkpoint: z.string() }) }),
});

async function logEntry(tlog: Awaited<ReturnType<typeof initializeTLog>>, payload: Uint8Array, signature: Uint8Array): Promise<LogEntryJson> {
  const answer: unknown = await tlog.log({ apiVersion: '0.0.1', kind: 'dsse', spec: { payloadHash: { algorithm: 'sha256', value: createHash('sha256').update(payload).digest('hex') }, signatures: [{ signature: base64(signature), verifier: '' }] } });
  const [entry] = Object.values(z.record(z.string(), rekorEntry).parse(answer));
  if (entry === undefined) throw new Error('The log answered nothing.');
  const proof = entry.verification.inclusionProof;
  return {
    logIndex: String(entry.logIndex),
    logId: { keyId: Buffer.from(entry.logID, 'hex').toString('base64') },
    kindVersion: { kind: 'dsse', version: '0.0.1' },
    integratedTime: String(entry.integratedTime),
    inclusionPromise: { signedEntryTimestamp: entry.verification.signedEntryTimestamp },
    inclusionProof: { logIndex: String(proof.logIndex), rootHash: Buffer.from(proof.rootHash, 'hex').toString('base64'), treeSize: String(proof.treeSize), hashes: [], checkpoint: { envelope: proof.checkpoint } },
    canonicalizedBody: entry.body,
  };
}

/** The authorities' own certificates begin now, so what they sign comes a little later. */
function soon(): number {
  return Math.ceil(Date.now() / 1000) * 1000 + 60_000;
}

const pair = (namedCurve: string): { publicKey: KeyObject; privateKey: KeyObject } => generateKeyPairSync('ec', { namedCurve });
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const bytesOf = (view: ArrayBufferView): Uint8Array => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
