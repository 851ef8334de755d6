import { artifact, imageName } from '@sallyport/gates';
import { entryBody } from '@sallyport/ledger';
import { describe, expect, it } from 'vitest';
import { parseImageReference } from './parse-image-reference.ts';

const digest = `sha256:${'ab'.repeat(32)}`;
const registered = (artifacts: readonly unknown[]) => entryBody.safeParse({ type: 'build-registered', digest, version: '1.8.0', commit: 'c1'.repeat(20), artifacts, workflow: '.github/workflows/build.yml', runId: 1, release: 'build/1.8.0' }).success;
/** What facts, records and the reader of inputs each make of a name. */
const takenBy = (name: string) => [artifact.safeParse({ image: name, digest }).success, registered([{ image: name, digest }]), parseImageReference(`${name}@${digest}`, 'Image 1').state === 'read'];
const longName = (length: number): string => `ghcr.io/${'a'.repeat(length - 'ghcr.io/'.length)}`;

describe('the name of an image', () => {
  it.each([
    'ghcr.io/acme/shop',
    'docker.io/library/nginx',
    'registry.example.com:5000/shop',
    'localhost:5000/shop',
    '10.0.0.7/shop',
    'a-b.example/team/a_b/c__d/e---f/g.h/1',
    longName(255),
  ])('%s is taken, by facts, records and inputs alike', (name) => {
    expect(takenBy(name)).toEqual([true, true, true]);
  });

  it.each([
    ['nothing', ''],
    ['no host', 'acme/shop'],
    ['no host and no owner', 'shop'],
    ['no repository', 'ghcr.io'],
    ['an empty part', 'ghcr.io//shop'],
    ['a slash at its end', 'ghcr.io/acme/'],
    ['a part that begins with a separator', 'ghcr.io/acme/-shop'],
    ['a part that ends with a separator', 'ghcr.io/acme/shop_'],
    ['three underscores', 'ghcr.io/acme/a___b'],
    ['two dots', 'ghcr.io/acme/a..b'],
    ['a way up', 'ghcr.io/../shop'],
    ['upper case', 'ghcr.io/Acme/shop'],
    ['an upper-case host', 'GHCR.io/acme/shop'],
    ['a tag', 'ghcr.io/acme/shop:1.8.0'],
    ['a digest', `ghcr.io/acme/shop@${digest}`],
    ['a scheme', 'https://ghcr.io/acme/shop'],
    ['a user', 'ana@ghcr.io/acme/shop'],
    ['a user and a password', 'ana:hidden@ghcr.io/acme/shop'],
    ['port 0', 'ghcr.io:0/acme/shop'],
    ['a port of six digits', 'ghcr.io:123456/acme/shop'],
    ['no port after the colon', 'ghcr.io:/acme/shop'],
    ['a host that begins with a hyphen', '-ghcr.io/acme/shop'],
    ['a host that ends with a dot', 'ghcr.io./acme/shop'],
    ['a label of 64 characters', `${'a'.repeat(64)}.io/shop`],
    ['an IPv6 address', '[::1]:5000/shop'],
    ['256 characters', longName(256)],
    ['a line end', 'ghcr.io/acme/shop\n'],
    ['a line of its own', 'ghcr.io/acme/shop\nghcr.io/acme/evil'],
    ['a space', ' ghcr.io/acme/shop'],
    ['a letter that only looks like one', 'ghcr.io/acme/sh\u043ep'],
    ['a query', 'ghcr.io/acme/shop?x'],
  ])('with %s is refused by all of them', (_name, name) => {
    expect(takenBy(name)).toEqual([false, false, false]);
  });

  it.each([`ghcr.io/${'a'.repeat(1_000_000)}!`, `ghcr.io/${'a-'.repeat(500_000)}`, `${'a.'.repeat(500_000)}/x`, `ghcr.io/${'a/'.repeat(500_000)}`, `ghcr.io/a${'_'.repeat(1_000_000)}`])('of a million characters is refused in time that grows with it', (name) => {
    const begun = performance.now();
    expect(imageName.safeParse(name).success).toBe(false);
    expect(parseImageReference(name, 'Image 1').state).toBe('refused');
    expect(performance.now() - begun).toBeLessThan(1000);
  });
});

describe('an artifact', () => {
  const file = { name: 'app.tar.gz', digest, sizeBytes: 3 };
  const image = { image: 'ghcr.io/acme/shop', digest };

  it('is a file or an image, in facts and in records', () => {
    for (const one of [file, image]) expect([artifact.safeParse(one).success, registered([one])]).toEqual([true, true]);
    expect(registered([])).toBe(false);
  });

  it.each([
    ['both at once', { ...file, ...image }],
    ['an image with a size', { ...image, sizeBytes: 3 }],
    ['an image with a tag beside it', { ...image, tag: '1.8.0' }],
    ['an image without a digest', { image: image.image }],
    ['an image with another algorithm', { ...image, digest: `sha512:${'ab'.repeat(64)}` }],
    ['an image with half a digest', { ...image, digest: digest.slice(0, 39) }],
    ['an image with an upper-case digest', { ...image, digest: `sha256:${'AB'.repeat(32)}` }],
    ['a file without a size', { name: 'app.tar.gz', digest }],
  ])('is not %s', (_name, one) => {
    expect([artifact.safeParse(one).success, registered([one])]).toEqual([false, false]);
  });
});

describe('an image as an input', () => {
  it('is read with its name and digest', () => {
    expect(parseImageReference(`ghcr.io/acme/shop@${digest}`, 'Image 1')).toEqual({ state: 'read', image: { image: 'ghcr.io/acme/shop', digest } });
  });

  it.each([
    ['a tag alone', 'ghcr.io/acme/shop:1.8.0', ['Image 2, "ghcr.io/acme/shop:1.8.0",', 'what a tag names can change', 'docker buildx imagetools inspect', 'docker/build-push-action']],
    ['neither tag nor digest', 'ghcr.io/acme/shop', ['has no digest', 'docker/build-push-action']],
    ['a tag beside the digest', `ghcr.io/acme/shop:1.8.0@${digest}`, [`Write it as ghcr.io/acme/shop@${digest}`]],
    ['upper case', `ghcr.io/Acme/shop@${digest}`, ['lower case']],
    ['no host', `acme/shop@${digest}`, ["registry's host", 'docker.io/']],
    ['half a digest', 'ghcr.io/acme/shop@sha256:abab', ['has no SHA-256 digest']],
    ['an upper-case digest', `ghcr.io/acme/shop@sha256:${'AB'.repeat(32)}`, ['has no SHA-256 digest']],
    ['another algorithm', `ghcr.io/acme/shop@sha512:${'ab'.repeat(64)}`, ['is no name of an image with a digest']],
    ['two digests', `ghcr.io/acme/shop@${digest}@${digest}`, ['is no name of an image with a digest']],
    ['nothing', '', ['is no name of an image with a digest']],
    ['328 characters', 'a'.repeat(328), ['has 328 characters; at most 327']],
  ])('with %s is refused, and told what to write', (_name, text, expected) => {
    const reading = parseImageReference(text, 'Image 2');
    expect(reading.state).toBe('refused');
    for (const part of expected) expect(JSON.stringify(reading).replace(/\\"/g, '"')).toContain(part);
  });

  it.each(['ana:hidden@ghcr.io/acme/shop', `ana:hidden@ghcr.io/acme/shop@${digest}`, `https://ana:hidden@ghcr.io/acme/shop@${digest}`, `ana:hidden@${digest}@x`, 'hidden\n::error::x'])('is not repeated where a password could be in it: %j', (text) => {
    const reading = parseImageReference(text, 'Image 1');
    expect(reading).toMatchObject({ state: 'refused', problem: expect.stringMatching(/^Image 1 /) as string });
    expect(JSON.stringify(reading)).not.toContain('hidden');
  });
});
