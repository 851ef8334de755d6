import { policyOf } from '@sallyport/gates/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { gatherProvenance } from './gather-provenance.ts';
import type { RegisteredBuild } from './ledger-state.ts';
import { OutsideError } from './outside-error.ts';
import { createSigstore, shop } from './provenance/sigstore.fixture.ts';
import type { Attesting, Sigstore } from './provenance/sigstore.fixture.ts';
import { sha256 } from './sha256.ts';

const trustRoot = '.github/trusted_root.json';
const policy = policyOf({ build: { workflow: shop.workflow, provenance: 'required', trustRoot } });
const artifact = { name: 'app.tar.gz', digest: sha256(Buffer.from('the application')), sizeBytes: 15 };
const repository = { ...shop.repository, defaultBranch: 'main' };

let sigstore: Sigstore;
beforeAll(async () => {
  sigstore = await createSigstore({ shape: 'logged' });
});

async function scene(attesting?: Attesting) {
  const bytes = Buffer.from(JSON.stringify(await sigstore.attest([artifact.digest], attesting)));
  const build: RegisteredBuild = { type: 'build-registered', digest: `sha256:${'b'.repeat(64)}`, version: '1.8.0-rc.1', commit: shop.commit, artifacts: [artifact], workflow: shop.workflow, runId: 1, release: 'build/1.8.0-rc.1', provenance: { name: 'p.sigstore.json', digest: sha256(bytes), sizeBytes: bytes.byteLength }, index: 3, at: 0 };
  const files = new Map<string, Uint8Array>([['build/1.8.0-rc.1 p.sigstore.json', bytes]]);
  const roots = new Map<string, Uint8Array>([[trustRoot, sigstore.trustRoot]]);
  const sources = { builds: { fetch: (release: string, name: string) => Promise.resolve(files.get(`${release} ${name}`) ?? null) }, trustRoots: { readFile: (path: string) => Promise.resolve(roots.get(path) ?? null) } };
  return { build, bytes, files, roots, sources, gather: (changes: Partial<typeof sources> = {}, asked: RegisteredBuild | undefined = build) => gatherProvenance({ ...sources, ...changes }, { policy, repository, build: asked }) };
}

const broken = () => Promise.reject(new OutsideError('refused', 'GitHub answered 500.', { retryable: true }));

describe('gatherProvenance', () => {
  it('verifies what is kept beside the build, and says who signed it', async () => {
    const { build, bytes, gather } = await scene();
    expect(await gather()).toMatchObject({ known: { state: 'verified', build: build.digest, bundle: sha256(bytes), repository: 5000, commit: shop.commit, trustRoot: sha256(sigstore.trustRoot) } });
  });

  it('asks for nothing where the policy requires none', async () => {
    const { sources, build } = await scene();
    expect(await gatherProvenance({ builds: { fetch: broken }, trustRoots: sources.trustRoots }, { policy: policyOf(), repository, build })).toBeUndefined();
  });

  it('knows of a build that was registered without any', async () => {
    const { build, gather } = await scene();
    const { provenance: _, ...bare } = build;
    expect(await gather({}, bare)).toEqual({ known: { state: 'missing', build: build.digest } });
  });

  it('refuses what the verifier refuses, with its code', async () => {
    const { gather } = await scene({ extensions: { 13: 'c2'.repeat(20) } });
    expect(await gather()).toMatchObject({ known: { state: 'refused', code: 'other-commit' } });
  });

  it('is about the images in the ledger: what a tag names now does not come into it (P02)', async () => {
    const image = { image: 'ghcr.io/acme/shop', digest: `sha256:${'d1'.repeat(32)}` };
    const subject = [artifact, { name: image.image, digest: image.digest }].map(({ name, digest }) => ({ name, digest: { sha256: digest.slice(7) } }));
    const { build, gather } = await scene({ statement: { subject } });
    expect(await gather({}, { ...build, artifacts: [artifact, image] })).toMatchObject({ known: { state: 'verified' } });
    expect(await gather({}, { ...build, artifacts: [artifact, { ...image, digest: `sha256:${'d2'.repeat(32)}` }] })).toMatchObject({ known: { state: 'refused', code: 'artifact-not-subject' } });
    expect(await gather({}, { ...build, artifacts: [artifact, { ...image, image: 'ghcr.io/acme/other' }] })).toMatchObject({ known: { state: 'refused', code: 'artifact-not-subject' } });
  });

  it('does not take the public-good root for the one that the policy names, or the other way round', async () => {
    const { sources, build } = await scene();
    const named = policyOf({ build: { workflow: shop.workflow, provenance: 'required' } });
    expect(await gatherProvenance(sources, { policy: named, repository, build })).toMatchObject({ known: { state: 'refused', code: 'certificate-untrusted' } });
  });

  it('refuses a bundle that is gone, and one that was replaced by another good one', async () => {
    const { files, gather } = await scene();
    files.set('build/1.8.0-rc.1 p.sigstore.json', Buffer.from(JSON.stringify(await sigstore.attest([artifact.digest]))));
    expect(await gather()).toMatchObject({ known: { state: 'refused', code: 'bundle-replaced' } });
    files.clear();
    expect(await gather()).toMatchObject({ known: { state: 'refused', code: 'bundle-gone' } });
  });

  it('does not know what it could not read (L5)', async () => {
    const { roots, gather, build, sources } = await scene();
    expect(await gather({ builds: { fetch: broken } })).toEqual({ unknown: 'GitHub answered 500' });
    expect(await gather({ trustRoots: { readFile: broken } })).toEqual({ unknown: 'GitHub answered 500' });
    expect(await gatherProvenance(sources, { policy, repository, build: undefined })).toEqual({ unknown: 'the build is not registered' });
    roots.set(trustRoot, Buffer.from('{}'));
    expect(await gather()).toMatchObject({ unknown: expect.stringContaining('not a sigstore trusted_root.json') as string });
    roots.clear();
    expect(await gather()).toMatchObject({ unknown: expect.stringContaining(trustRoot) as string });
    expect(build.provenance?.name).toBe('p.sigstore.json');
  });
});
