import { testContext } from '@sallyport/ledger/testing';
import { appendEntries, readLedger } from '@sallyport/ledger';
import { describe, expect, it } from 'vitest';
import type { LedgerWriter } from './ledger-access.ts';
import { readState } from './ledger-state.ts';
import { parseTrustRoot } from './provenance/parse-trust-root.ts';
import { createSigstore, shop } from './provenance/sigstore.fixture.ts';
import type { Sigstore } from './provenance/sigstore.fixture.ts';
import { buildDigest, registerBuild } from './register-build.ts';
import { sha256 } from './sha256.ts';
import type { BuildFile, BuildToRegister } from './register-build.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const buildOf = (changes: Partial<BuildToRegister> = {}): BuildToRegister => ({ version: '1.8.0-rc.1', commit: 'c'.repeat(40), workflow: '.github/workflows/build.yml', runId: 9, files: [{ name: 'app.tar.gz', bytes: bytes('the application') }], ...changes });

function scene() {
  const context = testContext();
  const published: string[] = [];
  const writer: LedgerWriter = { read: () => readLedger(context.store, context), append: (entries, { at, ifSize }) => appendEntries({ ...context, at: new Date(at).toISOString() }, entries, ifSize === undefined ? {} : { ifSize }) };
  const outside = {
    clock: { read: () => Promise.resolve({ serverAt: Date.UTC(2026, 11, 1), localAt: Date.UTC(2026, 11, 1) }) },
    builds: { publish: (release: string, _commit: string, files: readonly BuildFile[]) => Promise.resolve(void published.push(release, ...files.map(({ name }) => name))), fetch: () => Promise.resolve(null) },
  };
  return { writer, outside, published };
}

const imageDigest = `sha256:${'d1'.repeat(32)}`;
const otherDigest = `sha256:${'d2'.repeat(32)}`;

describe('registerBuild', () => {
  it('keeps the files first and then records their digests', async () => {
    const { writer, outside, published } = scene();
    const registration = await registerBuild(outside, writer, buildOf(), 'none');
    const artifacts = [{ name: 'app.tar.gz', digest: sha256(bytes('the application')), sizeBytes: 15 }];
    const digest = buildDigest({ version: '1.8.0-rc.1', commit: 'c'.repeat(40), artifacts });
    expect(registration).toEqual({ state: 'registered', digest, release: 'build/1.8.0-rc.1', version: '1.8.0-rc.1' });
    expect(published).toEqual(['build/1.8.0-rc.1', 'app.tar.gz']);
    const check = await writer.read();
    expect(check.state === 'intact' && readState(check).builds.get(digest)).toMatchObject({ artifacts, runId: 9 });
  });

  it('records images behind the files, both by name, whatever order they are given in', async () => {
    const file = (name: string) => ({ name, bytes: bytes(name) });
    const images = [`ghcr.io/acme/worker@${otherDigest}`, `ghcr.io/acme/shop@${imageDigest}`];
    const { writer, outside, published } = scene();
    const first = await registerBuild(outside, writer, buildOf({ files: [file('z.tar'), file('a.tar')], images }), 'none');
    const again = await registerBuild(outside, writer, buildOf({ files: [file('a.tar'), file('z.tar')], images: images.toReversed() }), 'none');
    expect([first.state, again.state]).toEqual(['registered', 'already-registered']);
    expect(published).toEqual(['build/1.8.0-rc.1', 'z.tar', 'a.tar']);
    const check = await writer.read();
    const [build] = check.state === 'intact' ? [...readState(check).builds.values()] : [];
    expect(build?.artifacts.map((one) => ('image' in one ? one.image : one.name))).toEqual(['a.tar', 'z.tar', 'ghcr.io/acme/shop', 'ghcr.io/acme/worker']);
    expect(build?.digest).toBe(buildDigest({ version: '1.8.0-rc.1', commit: 'c'.repeat(40), artifacts: build?.artifacts ?? [] }));
  });

  it('takes a build of images alone, and tells apart builds that differ in one digest of an image', async () => {
    const { writer, outside } = scene();
    const one = await registerBuild(outside, writer, buildOf({ files: [], images: [`ghcr.io/acme/shop@${imageDigest}`] }), 'none');
    const other = await registerBuild(scene().outside, scene().writer, buildOf({ files: [], images: [`ghcr.io/acme/shop@${otherDigest}`] }), 'none');
    expect([one.state, other.state]).toEqual(['registered', 'registered']);
    expect('digest' in one && 'digest' in other && one.digest !== other.digest).toBe(true);
  });

  it('gives builds of files the identity that they have always had', () => {
    expect(buildDigest({ version: '1.8.0-rc.1', commit: 'c'.repeat(40), artifacts: [{ name: 'app.tar.gz', digest: sha256(bytes('the application')), sizeBytes: 15 }] })).toBe('sha256:ebc843922dfe306dfd7d80eac73126085f8fc8f1abc2b5511b14e4ad933bd598');
  });

  it('records the same build once', async () => {
    const { writer, outside } = scene();
    await registerBuild(outside, writer, buildOf(), 'none');
    expect(await registerBuild(outside, writer, buildOf({ runId: 10 }), 'none')).toMatchObject({ state: 'already-registered' });
    expect(await writer.read()).toMatchObject({ head: { size: 1 } });
  });

  it('records nothing when the files could not be kept', async () => {
    const { writer, outside } = scene();
    const broken = { ...outside, builds: { ...outside.builds, publish: () => Promise.reject(new Error('no space')) } };
    await expect(registerBuild(broken, writer, buildOf(), 'none')).rejects.toThrow('no space');
    expect(await writer.read()).toMatchObject({ head: { size: 0 } });
  });

  it('records nothing under a clock that cannot be trusted', async () => {
    const { writer, outside } = scene();
    const wrong = { ...outside, clock: { read: () => Promise.resolve({ serverAt: null, localAt: Date.UTC(2026, 11, 1) }) } };
    await expect(registerBuild(wrong, writer, buildOf(), 'none')).rejects.toThrow('clock');
    expect(await writer.read()).toMatchObject({ head: { size: 0 } });
  });

  it.each([
    ['a version that another build has', { files: [{ name: 'app.tar.gz', bytes: bytes('other bytes') }] }, 'is taken by build'],
    ['a version that is none', { version: '1.8' }, 'not a semantic version'],
    ['a version with a v', { version: 'v1.8.0' }, 'not a semantic version'],
    ['no file', { version: '1.8.1', files: [] }, 'at least one file'],
    ['a file name with a path', { version: '1.8.1', files: [{ name: '../app.tar.gz', bytes: bytes('x') }] }, 'cannot be kept'],
    ['neither file nor image', { version: '1.8.1', files: [], images: [] }, 'at least one file or image'],
    ['an image by its tag', { version: '1.8.1', images: ['ghcr.io/acme/shop:1.8.1'] }, 'what a tag names can change'],
    ['an image by tag and digest', { version: '1.8.1', images: [`ghcr.io/acme/shop:1.8.1@${imageDigest}`] }, 'has a tag beside its digest'],
    ['two images of one name', { version: '1.8.1', images: [`ghcr.io/acme/shop@${imageDigest}`, `ghcr.io/acme/shop@${otherDigest}`] }, 'Two images are called'],
    ['an image twice', { version: '1.8.1', images: [`ghcr.io/acme/shop@${imageDigest}`, `ghcr.io/acme/shop@${imageDigest}`] }, 'Two images are called'],
    ['101 images', { version: '1.8.1', images: Array.from({ length: 101 }, (_one, index) => `ghcr.io/acme/s${index}@${imageDigest}`) }, 'at most 100'],
    ['the same image under a version that has another', { files: [{ name: 'app.tar.gz', bytes: bytes('the application') }], images: [`ghcr.io/acme/shop@${otherDigest}`] }, 'is taken by build'],
    ['two files of one name', { version: '1.8.1', files: [{ name: 'app', bytes: bytes('x') }, { name: 'app', bytes: bytes('y') }] }, 'Two files are called'],
  ])('refuses %s', async (_name, changes, problem) => {
    const { writer, outside } = scene();
    await registerBuild(outside, writer, buildOf(), 'none');
    const refused = await registerBuild(outside, writer, buildOf(changes), 'none');
    expect(refused).toMatchObject({ state: 'refused' });
    expect(JSON.stringify(refused)).toContain(problem);
  });
});

describe('registerBuild, where the policy requires provenance', () => {
  const build = buildOf({ commit: shop.commit });
  const artifact = sha256(bytes('the application'));

  async function signed(...attested: Parameters<Sigstore['attest']>[0]) {
    const sigstore = await createSigstore({ shape: 'timestamped' });
    const reading = await parseTrustRoot(sigstore.trustRoot);
    if (reading.state !== 'read') throw new Error(reading.problem);
    const bundle = bytes(JSON.stringify(await sigstore.attest(attested.length === 0 ? [artifact] : attested)));
    return { bundle, repository: { ...shop.repository, defaultBranch: shop.branch }, root: reading.root };
  }

  it('keeps the signature beside the files and records its digest, which the identity of the build does not depend on', async () => {
    const { writer, outside, published } = scene();
    const terms = await signed();
    const registration = await registerBuild(outside, writer, build, terms);
    const digest = buildDigest({ version: build.version, commit: build.commit, artifacts: [{ name: 'app.tar.gz', digest: artifact, sizeBytes: 15 }] });
    expect(registration).toMatchObject({ state: 'registered', digest });
    const name = `provenance-${sha256(terms.bundle).slice(7, 23)}.sigstore.json`;
    expect(published).toEqual(['build/1.8.0-rc.1', 'app.tar.gz', name]);
    const check = await writer.read();
    expect(check.state === 'intact' && readState(check).builds.get(digest)?.provenance).toEqual({ name, digest: sha256(terms.bundle), sizeBytes: terms.bundle.byteLength });
  });

  describe('of images', () => {
    const image = { name: 'ghcr.io/acme/shop', digest: imageDigest };
    const withImage = buildOf({ commit: shop.commit, images: [`${image.name}@${image.digest}`] });

    it('takes a signature over file and image', async () => {
      const { writer, outside } = scene();
      expect(await registerBuild(outside, writer, withImage, await signed(artifact, image))).toMatchObject({ state: 'registered' });
    });

    it.each<[string, () => ReturnType<typeof signed>, string]>([
      ['is over the file alone', () => signed(artifact), `not about ghcr.io/acme/shop@${imageDigest}.`],
      ['is over the image alone', () => signed(image), 'not about app.tar.gz'],
      ['is over what the tag named before', () => signed(artifact, { ...image, digest: otherDigest }), `not about ghcr.io/acme/shop@${imageDigest}.`],
      ['is over an image of that digest in another repository', () => signed(artifact, { ...image, name: 'ghcr.io/acme/other' }), 'The digest is there under another name'],
      ['names the image with its tag', () => signed(artifact, { ...image, name: 'ghcr.io/acme/shop:1.8.0' }), 'the subject has to be called ghcr.io/acme/shop'],
      ['has name and digest, but not in one subject', () => signed(artifact, { ...image, digest: otherDigest }, { ...image, name: 'shop' }), 'artifact-not-subject'],
    ])('registers nothing where the signature %s (P02, P03)', async (_name, terms, problem) => {
      const { writer, outside, published } = scene();
      const refused = await registerBuild(outside, writer, withImage, await terms());
      expect(refused).toMatchObject({ state: 'refused', problems: [expect.stringContaining(problem)] });
      expect(published).toEqual([]);
      expect(await writer.read()).toMatchObject({ head: { size: 0 } });
    });
  });

  it('records no such field where the policy requires none', async () => {
    const { writer, outside } = scene();
    await registerBuild(outside, writer, build, 'none');
    const check = await writer.read();
    expect(check.state === 'intact' && check.entries.map(({ body }) => Object.keys(body).includes('provenance'))).toEqual([false]);
  });

  it.each([
    ['no signature', async () => ({ ...(await signed()), bundle: null }), 'none was given'],
    ['a signature over other bytes', () => signed(sha256(bytes('the applicatioN'))), 'artifact-not-subject'],
    ['a signature in another repository', async () => ({ ...(await signed()), repository: { ...shop.repository, id: 6000, defaultBranch: 'main' } }), 'other-repository'],
    ['a signature on another branch', async () => ({ ...(await signed()), repository: { ...shop.repository, defaultBranch: 'trunk' } }), 'other-ref'],
    ['a signature by an authority that the root does not name', async () => ({ ...(await signed()), root: (await signed()).root }), 'timestamp-invalid'],
  ])('keeps and records nothing with %s', async (_name, terms, problem) => {
    const { writer, outside, published } = scene();
    const refused = await registerBuild(outside, writer, build, await terms());
    expect(refused).toMatchObject({ state: 'refused', problems: [expect.stringContaining(problem)] });
    expect(published).toEqual([]);
    expect(await writer.read()).toMatchObject({ head: { size: 0 } });
  });
});
