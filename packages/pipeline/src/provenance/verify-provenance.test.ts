import { createHash } from 'node:crypto';
import { provenanceRefusals } from '@sallyport/gates';
import type { ProvenanceRefusal } from '@sallyport/gates';
import { beforeAll, describe, expect, it } from 'vitest';
import { maximumBundleBytes } from './parse-bundle.ts';
import { parseTrustRoot } from './parse-trust-root.ts';
import type { TrustRoot } from './parse-trust-root.ts';
import { createSigstore, shop } from './sigstore.fixture.ts';
import type { Attesting, BundleJson, LogEntryJson, Sigstore } from './sigstore.fixture.ts';
import type { ExpectedSigner } from './signer-identity.ts';
import { verifyProvenance } from './verify-provenance.ts';

const sha256 = (bytes: string | Uint8Array): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
const application = { name: 'app.tar.gz', digest: sha256('the application') };
const manual = { name: 'manual.pdf', digest: sha256('the manual') };
const bytesOf = (value: unknown): Uint8Array => (value instanceof Uint8Array ? value : Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)));
const padded = (value: unknown, sizeBytes: number): Uint8Array => Buffer.concat([bytesOf(value), Buffer.alloc(sizeBytes, ' ')]).subarray(0, sizeBytes);

type World = { readonly sigstore: Sigstore; readonly root: TrustRoot };

async function worldOf(...options: Parameters<typeof createSigstore>): Promise<World> {
  const sigstore = await createSigstore(...options);
  const reading = await parseTrustRoot(sigstore.trustRoot);
  if (reading.state !== 'read') throw new Error(reading.problem);
  return { sigstore, root: reading.root };
}

const verify = (bundle: unknown, root: TrustRoot, { signer = shop, artifacts = [application] }: { readonly signer?: ExpectedSigner; readonly artifacts?: readonly (typeof application)[] } = {}) =>
  verifyProvenance(bytesOf(bundle), artifacts, { signer, root });

let logged: World;
let timestamped: World;
let otherLogged: World;
let otherTimestamped: World;

beforeAll(async () => {
  [logged, timestamped, otherLogged, otherTimestamped] = await Promise.all([worldOf({ shape: 'logged' }), worldOf({ shape: 'timestamped' }), worldOf({ shape: 'logged' }), worldOf({ shape: 'timestamped' })]);
});

const worlds = { logged: () => logged, timestamped: () => timestamped };
type Shape = keyof typeof worlds;
const codesSeen = new Set<ProvenanceRefusal>();

async function refusalOf(answer: ReturnType<typeof verifyProvenance>): Promise<ProvenanceRefusal | null> {
  const verdict = await answer;
  if (verdict.state === 'verified') return null;
  codesSeen.add(verdict.code);
  expect(verdict.problem).toMatch(/^\S.*\.$/s);
  return verdict.code;
}

describe.each<[Shape]>([['logged'], ['timestamped']])('provenance that is %s', (shape) => {
  it('is verified, and says who signed it, when, and by which root that is known', async () => {
    const { sigstore, root } = worlds[shape]();
    const bundle = await sigstore.attest([application.digest]);
    const verdict = await verify(bundle, root);
    expect(verdict).toMatchObject({ state: 'verified', bundle: sha256(bytesOf(bundle)), signer: 'https://github.com/acme/shop/.github/workflows/build.yml@refs/heads/main', run: 'https://github.com/acme/shop/actions/runs/7100/attempts/1', trustRoot: sha256(sigstore.trustRoot) });
    expect(verdict.state === 'verified' && verdict.signedAt % 1000 === 0 && Math.abs(verdict.signedAt - Date.now()) < 600_000).toBe(true);
  });

  it('may be of more than the artifacts of the build, and may name no run', async () => {
    const { sigstore, root } = worlds[shape]();
    expect(await verify(await sigstore.attest([manual.digest, application.digest], { extensions: { 21: null } }), root)).toMatchObject({ state: 'verified', run: null });
  });

  // Each differs from the healthy one in what its name says.
  const prefixed = 'https://github.com/acme/shop-tools';
  const suffixed = 'https://github.com/notacme/shop';
  const uri = (repository: string, file = 'build.yml', ref = 'refs/heads/main') => `${repository}/.github/workflows/${file}@${ref}`;
  const inRepository = (repository: string, id = '6000'): Attesting => ({ extensions: { 9: uri(repository), 12: repository, 15: id, 18: uri(repository) }, certificateFor: uri(repository) });
  const byWorkflow = (workflow: string): Attesting => ({ extensions: { 9: workflow, 18: workflow }, certificateFor: workflow });
  const ours = 'https://github.com/acme/shop';

  it.each<[string, ProvenanceRefusal, Attesting]>([
    ['of another repository', 'other-repository', inRepository('https://github.com/evil/shop')],
    ['of a repository whose name begins with ours', 'other-repository', inRepository(prefixed)],
    ['of a repository whose name ends with ours', 'other-repository', inRepository(suffixed)],
    ['of a repository that took over our name', 'other-repository', inRepository(ours, '6000')],
    ['of our repository by id under another name', 'other-repository', inRepository(prefixed, '5000')],
    ['of a repository whose id begins with ours', 'other-repository', inRepository(ours, '50001')],
    ['of our repository in other letters', 'other-repository', inRepository('https://github.com/Acme/Shop', '5000')],
    ['of another server', 'other-repository', inRepository('https://github.example.com/acme/shop', '5000')],
    ['of another branch', 'other-ref', { extensions: { 14: 'refs/heads/feature' } }],
    ['of a branch whose name begins with ours', 'other-ref', { extensions: { 14: 'refs/heads/main-2' } }],
    ['of a tag of our branch’s name', 'other-ref', { extensions: { 14: 'refs/tags/main' } }],
    ['of a pull request', 'other-ref', { extensions: { 14: 'refs/pull/7/merge' } }],
    ['of another workflow file', 'other-workflow', byWorkflow(uri(ours, 'release.yml'))],
    ['of a workflow file whose name ends with ours', 'other-workflow', byWorkflow(uri(ours, 'old-build.yml'))],
    ['of our workflow file on another branch', 'other-workflow', byWorkflow(uri(ours, 'build.yml', 'refs/heads/feature'))],
    ['of a workflow where a dot stands for any letter', 'other-workflow', byWorkflow(uri(ours, 'buildxyml'))],
    ['of a step inside another’s reusable workflow', 'other-workflow', { extensions: { 9: uri('https://github.com/evil/ci') }, certificateFor: uri('https://github.com/evil/ci') }],
    ['of another workflow that calls ours', 'other-workflow', { extensions: { 18: uri(ours, 'nightly.yml') } }],
    ['whose certificate is for another workflow than it says', 'other-workflow', { certificateFor: uri(ours, 'release.yml') }],
    ['of another commit', 'other-commit', { extensions: { 13: 'c2'.repeat(20) } }],
    ['of an issuer that is not GitHub', 'other-issuer', { extensions: { 8: 'https://token.example.com' } }],
    ['of an issuer whose name begins with GitHub’s', 'other-issuer', { extensions: { 8: 'https://token.actions.githubusercontent.com.evil.test' } }],
    ['of an issuer for one enterprise', 'other-issuer', { extensions: { 8: 'https://token.actions.githubusercontent.com/evil' } }],
    ['without an issuer', 'identity-incomplete', { extensions: { 8: null } }],
    ['without a repository id', 'identity-incomplete', { extensions: { 15: null } }],
    ['without a commit', 'identity-incomplete', { extensions: { 13: null } }],
    ['without the workflow of the run', 'identity-incomplete', { extensions: { 18: null } }],
    ['without the workflow of the step', 'identity-incomplete', { extensions: { 9: null } }],
    ['of another predicate', 'predicate-type', { statement: { predicateType: 'https://slsa.dev/verification_summary/v1' } }],
    ['of an older predicate', 'predicate-type', { statement: { predicateType: 'https://slsa.dev/provenance/v0.2' } }],
    ['of another statement', 'statement-type', { statement: { _type: 'https://in-toto.io/Statement/v0.1' } }],
    ['of another payload type', 'payload-type', { payloadType: 'application/vnd.in-toto+json; charset=utf-8' }],
    ['of plain text', 'statement-malformed', { payload: 'hello' }],
    ['of a statement without subjects', 'statement-malformed', { statement: { subject: [] } }],
    ['that gives our digest under another algorithm', 'artifact-not-subject', { statement: { subject: [{ name: 'app.tar.gz', digest: { sha512: application.digest.slice(7) } }] } }],
    ['that gives our digest in part', 'artifact-not-subject', { statement: { subject: [{ name: 'app.tar.gz', digest: { sha256: application.digest.slice(7, 39) } }] } }],
    ['that gives our file’s name with another digest', 'artifact-not-subject', { statement: { subject: [{ name: 'app.tar.gz', digest: { sha256: manual.digest.slice(7) } }] } }],
  ])('is refused %s: %s', async (_name, code, attesting) => {
    const { sigstore, root } = worlds[shape]();
    expect(await refusalOf(verify(await sigstore.attest([application.digest]), root))).toBeNull();
    expect(await refusalOf(verify(await sigstore.attest([application.digest], attesting), root))).toBe(code);
  });

  it('is refused of an artifact that one byte was changed in, and of another artifact', async () => {
    const { sigstore, root } = worlds[shape]();
    const bundle = await sigstore.attest([application.digest]);
    expect(await refusalOf(verify(bundle, root, { artifacts: [{ name: 'app.tar.gz', digest: sha256('the applicatioN') }] }))).toBe('artifact-not-subject');
    expect(await refusalOf(verify(bundle, root, { artifacts: [manual] }))).toBe('artifact-not-subject');
  });

  it('has to be about every artifact, and about one at least', async () => {
    const { sigstore, root } = worlds[shape]();
    const both = { artifacts: [application, manual] };
    expect(await refusalOf(verify(await sigstore.attest([application.digest, manual.digest]), root, both))).toBeNull();
    expect(await refusalOf(verify(await sigstore.attest([application.digest]), root, both))).toBe('artifact-not-subject');
    expect(await refusalOf(verify(await sigstore.attest([application.digest]), root, { artifacts: [] }))).toBe('artifact-not-subject');
  });

  it('is refused of an authority that the root does not name', async () => {
    const { sigstore, root } = worlds[shape]();
    const other = { logged: otherLogged, timestamped: otherTimestamped }[shape];
    expect(await refusalOf(verify(await other.sigstore.attest([application.digest]), other.root))).toBeNull();
    const healthy = await sigstore.attest([application.digest]);
    const theirs = await other.sigstore.attest([application.digest]);
    expect(await refusalOf(verify({ ...theirs, verificationMaterial: { ...theirs.verificationMaterial, tlogEntries: healthy.verificationMaterial.tlogEntries, timestampVerificationData: healthy.verificationMaterial.timestampVerificationData } }, root))).not.toBeNull();
    expect(await refusalOf(verify(theirs, root))).toBe(shape === 'logged' ? 'certificate-untrusted' : 'timestamp-invalid');
  });

  it.each([
    ['ten minutes to the second', 600_000, null],
    ['a second more', 601_000, 'certificate-outside-signing-time'],
    ['a second before its certificate', -1000, 'certificate-outside-signing-time'],
  ])('has to be seen while its certificate was valid: %s', async (_name, after, code) => {
    const issuedAt = Math.ceil(Date.now() / 1000) * 1000 + 60_000;
    const { sigstore, root } = await worldOf({ shape, issuedAt, seenAt: issuedAt + after });
    expect(await refusalOf(verify(await sigstore.attest([application.digest]), root))).toBe(code);
  });

  it.each<[string, ProvenanceRefusal, (bundle: BundleJson) => unknown]>([
    ['with another payload', 'signature-invalid', (bundle) => ({ ...bundle, dsseEnvelope: { ...bundle.dsseEnvelope, payloadType: 'text/plain' } })],
    ['with no signature', 'bundle-malformed', (bundle) => ({ ...bundle, dsseEnvelope: { ...bundle.dsseEnvelope, signatures: [] } })],
    ['with two signatures', 'bundle-malformed', (bundle) => ({ ...bundle, dsseEnvelope: { ...bundle.dsseEnvelope, signatures: [...bundle.dsseEnvelope.signatures, ...bundle.dsseEnvelope.signatures] } })],
    ['without an envelope', 'bundle-malformed', ({ dsseEnvelope: _, ...rest }) => rest],
    ['with a signature over a digest alone', 'bundle-malformed', ({ dsseEnvelope: _, ...rest }) => ({ ...rest, messageSignature: { messageDigest: { algorithm: 'SHA2_256', digest: 'AAAA' }, signature: 'AAAA' } })],
    ['without a certificate', 'bundle-malformed', (bundle) => ({ ...bundle, verificationMaterial: { ...bundle.verificationMaterial, certificate: undefined } })],
    ['with a bare key', 'certificate-missing', (bundle) => ({ ...bundle, verificationMaterial: { ...bundle.verificationMaterial, certificate: undefined, publicKey: { hint: 'mine' } } })],
    ['with a certificate that is none', 'bundle-malformed', (bundle) => ({ ...bundle, verificationMaterial: { ...bundle.verificationMaterial, certificate: { rawBytes: 'AAAA' } } })],
    ['of an unknown form', 'bundle-malformed', (bundle) => ({ ...bundle, mediaType: 'application/json' })],
    ['that is a list', 'bundle-malformed', (bundle) => [bundle]],
    ['that is null', 'bundle-malformed', () => null],
    ['that is empty', 'bundle-malformed', () => ({})],
    ['that is not JSON', 'bundle-not-json', () => 'hello'],
    ['that is no UTF-8', 'bundle-not-json', (bundle) => Buffer.concat([bytesOf({ ...bundle, more: 'x' }).subarray(0, -2), Buffer.from([0xff]), Buffer.from('"}')])],
    ['that is cut off', 'bundle-not-json', (bundle) => JSON.stringify(bundle).slice(0, -10)],
    ['of which there are two, line by line', 'bundle-not-json', (bundle) => `${JSON.stringify(bundle)}\n${JSON.stringify(bundle)}`],
    ['that is nested deeply', 'bundle-too-deep', (bundle) => JSON.stringify({ ...bundle, more: 0 }).replace('"more":0', `"more":${'['.repeat(100_000)}${']'.repeat(100_000)}`)],
    ['that is a byte too large', 'bundle-too-large', (bundle) => padded(bundle, maximumBundleBytes + 1)],
  ])('is refused from a bundle %s: %s', async (_name, code, change) => {
    const { sigstore, root } = worlds[shape]();
    const bundle = await sigstore.attest([application.digest]);
    expect(await refusalOf(verify(bundle, root))).toBeNull();
    expect(await refusalOf(verify(change(bundle), root))).toBe(code);
  });

  it('may be as large as is allowed', async () => {
    const { sigstore, root } = worlds[shape]();
    expect(await refusalOf(verify(padded(await sigstore.attest([application.digest]), maximumBundleBytes), root))).toBeNull();
  });
});

describe('the transparency log', () => {
  const change = (bundle: BundleJson, entry: (entry: LogEntryJson) => object | null) => ({ ...bundle, verificationMaterial: { ...bundle.verificationMaterial, tlogEntries: bundle.verificationMaterial.tlogEntries.flatMap((one) => entry(one) ?? []) } });

  it.each<[string, ProvenanceRefusal, (entry: LogEntryJson) => object | null]>([
    ['has no entry', 'log-entry-missing', () => null],
    ['gives no proof', 'log-proof-missing', ({ inclusionProof: _, ...entry }) => entry],
    ['gives a proof without a checkpoint', 'log-proof-missing', (entry) => ({ ...entry, inclusionProof: { ...entry.inclusionProof, checkpoint: undefined } })],
    ['gives no promise, so that nobody signed the time', 'timestamp-missing', ({ inclusionPromise: _, ...entry }) => entry],
    ['says no time', 'timestamp-missing', ({ integratedTime: _, ...entry }) => entry],
    ['says another time than it promised', 'log-entry-invalid', (entry) => ({ ...entry, integratedTime: String(Number(entry.integratedTime) + 1) })],
    ['says another place than it promised', 'log-entry-invalid', (entry) => ({ ...entry, logIndex: String(Number(entry.logIndex) + 1) })],
    ['proves it by a path that leads elsewhere', 'log-entry-invalid', (entry) => ({ ...entry, inclusionProof: { ...entry.inclusionProof, hashes: [Buffer.alloc(32).toString('base64')] } })],
    ['proves it under another root', 'log-entry-invalid', (entry) => ({ ...entry, inclusionProof: { ...entry.inclusionProof, checkpoint: { envelope: entry.inclusionProof.checkpoint.envelope.replace(/\n1\n.+\n/, `\n1\n${Buffer.alloc(32).toString('base64')}\n`) } } })],
    ['signs no checkpoint', 'log-entry-invalid', (entry) => ({ ...entry, inclusionProof: { ...entry.inclusionProof, checkpoint: { envelope: entry.inclusionProof.checkpoint.envelope.replace(/\n1\n/, '\n2\n') } } })],
    ['is named by a pattern', 'log-entry-invalid', (entry) => ({ ...entry, inclusionProof: { ...entry.inclusionProof, checkpoint: { envelope: entry.inclusionProof.checkpoint.envelope.replace('\u2014 rekor.sigstore.test', '\u2014 (.+)+$') } } })],
    ['holds something else', 'log-entry-invalid', (entry) => ({ ...entry, canonicalizedBody: Buffer.from('{"kind":"dsse","apiVersion":"0.0.1","spec":{}}').toString('base64') })],
    ['is another log', 'log-entry-invalid', (entry) => ({ ...entry, logId: { keyId: Buffer.alloc(32).toString('base64') } })],
  ])('is believed only whole: it %s', async (_name, code, entry) => {
    const bundle = await logged.sigstore.attest([application.digest]);
    expect(await refusalOf(verify(change(bundle, (one) => one), logged.root))).toBeNull();
    expect(await refusalOf(verify(change(bundle, entry), logged.root))).toBe(code);
  });

  it('is asked about this signature and not about another one of the same workflow', async () => {
    const [bundle, other] = [await logged.sigstore.attest([application.digest]), await logged.sigstore.attest([manual.digest])];
    expect(await refusalOf(verify(change(bundle, () => other.verificationMaterial.tlogEntries[0] ?? null), logged.root))).toBe('log-entry-invalid');
  });

  it('refuses a payload that was swapped for another', async () => {
    const [bundle, other] = [await logged.sigstore.attest([application.digest]), await logged.sigstore.attest([manual.digest])];
    expect(await refusalOf(verify({ ...bundle, dsseEnvelope: { ...bundle.dsseEnvelope, payload: other.dsseEnvelope.payload } }, logged.root))).toBe('log-entry-invalid');
  });

  it('has to know the certificate too, where the root names a log of certificates', async () => {
    const unlogged = { certificate: 'unlogged' } as const;
    expect(await refusalOf(verify(await timestamped.sigstore.attest([application.digest], unlogged), timestamped.root))).toBeNull();
    expect(await refusalOf(verify(await logged.sigstore.attest([application.digest], unlogged), logged.root))).toBe('certificate-untrusted');
  });

  it('is required by the root, whatever the bundle looks like', async () => {
    expect(await refusalOf(verify(await timestamped.sigstore.attest([application.digest]), logged.root))).toBe('log-entry-missing');
    expect(await refusalOf(verify(await logged.sigstore.attest([application.digest]), timestamped.root))).not.toBeNull();
  });
});

describe('the timestamp authority', () => {
  const stamped = (bundle: BundleJson, rfc3161Timestamps: BundleJson['verificationMaterial']['timestampVerificationData']['rfc3161Timestamps']) => ({ ...bundle, verificationMaterial: { ...bundle.verificationMaterial, timestampVerificationData: { rfc3161Timestamps } } });

  it('is required where there is no log', async () => {
    const bundle = await timestamped.sigstore.attest([application.digest]);
    expect(await refusalOf(verify(stamped(bundle, bundle.verificationMaterial.timestampVerificationData.rfc3161Timestamps), timestamped.root))).toBeNull();
    expect(await refusalOf(verify(stamped(bundle, []), timestamped.root))).toBe('timestamp-missing');
  });

  it('has to have stamped this signature', async () => {
    const [bundle, other] = [await timestamped.sigstore.attest([application.digest]), await timestamped.sigstore.attest([application.digest])];
    expect(await refusalOf(verify(stamped(bundle, other.verificationMaterial.timestampVerificationData.rfc3161Timestamps), timestamped.root))).toBe('timestamp-invalid');
  });

  it('is not asked twice for the same', async () => {
    const bundle = await timestamped.sigstore.attest([application.digest]);
    const stamps = bundle.verificationMaterial.timestampVerificationData.rfc3161Timestamps;
    expect(await refusalOf(verify(stamped(bundle, [...stamps, ...stamps]), timestamped.root))).toBe('timestamp-invalid');
  });
});

it('gives every code that a bundle can be refused with', () => {
  const ofTheStore: readonly ProvenanceRefusal[] = ['bundle-gone', 'bundle-replaced'];
  expect([...codesSeen].sort()).toEqual(provenanceRefusals.filter((code) => !ofTheStore.includes(code)).sort());
});
