import { describe, expect, it } from 'vitest';
import type { RecordedPromotion, RegisteredBuild } from './ledger-state.ts';
import { parseTagMessage, parseTagName, renderTagMessage, tagName } from './promotion-tag.ts';

describe('parseTagName', () => {
  it.each(['promote/production/7', 'refs/tags/promote/production/7'])('reads %s', (name) => {
    expect(parseTagName(name)).toEqual({ environment: 'production', number: 7 });
  });

  it('reads what tagName writes', () => expect(parseTagName(tagName('staging', 12))).toEqual({ environment: 'staging', number: 12 }));

  it.each(['promote/production/07', 'promote/production/0', 'promote/production/-1', 'promote/production/7x', 'promote/production/7/8', 'promote//7', 'refs/heads/promote/production/7', 'xpromote/production/7', 'promote/production/12345678901', 'promote/production/7\n'])('refuses %j', (name) => {
    expect(parseTagName(name)).toBeNull();
  });
});

const digest = (letter: string): string => `sha256:${letter.repeat(64)}`;
const promotion: RecordedPromotion = { type: 'promotion-intended', environment: 'production', number: 7, tag: 'promote/production/7', build: digest('b'), version: '1.8.0-rc.1', commit: 'c'.repeat(40), decisionIndex: 4, override: null, index: 5, at: 0, end: null };
const build: RegisteredBuild = { type: 'build-registered', digest: digest('b'), version: '1.8.0-rc.1', commit: 'c'.repeat(40), artifacts: [{ name: 'app.tar.gz', digest: digest('a'), sizeBytes: 3 }], workflow: '.github/workflows/build.yml', runId: 1, release: 'build/1.8.0-rc.1', index: 3, at: 0 };

describe('the message of a promotion tag', () => {
  const message = renderTagMessage(promotion, build, digest('d'), 'github.com/acme/shop/sallyport\n6\nroot\n\n— signature\n');

  it('names version, environment and number on its first line', () => expect(message.split('\n')[0]).toBe('Promote 1.8.0-rc.1 to production (#7)'));

  it('carries the build, the decision and the checkpoint, and can be read back', () => {
    expect(parseTagMessage(message)).toMatchObject({ environment: 'production', number: 7, build: digest('b'), decision: digest('d'), intentIndex: 5, checkpoint: expect.stringContaining('acme/shop') as string });
  });

  it('carries an image by name and digest, and none by a tag', () => {
    const image = { image: 'ghcr.io/acme/shop', digest: digest('e') };
    const both = renderTagMessage(promotion, { ...build, artifacts: [...build.artifacts, image] }, digest('d'), 'checkpoint');
    expect(parseTagMessage(both)?.artifacts).toEqual([...build.artifacts, image]);
    expect(parseTagMessage(both.replace('acme/shop"', 'acme/shop:1.8.0"'))).toBeNull();
  });

  it.each([
    ['no JSON', 'ship it'],
    ['a field more', message.replace('"schema": 1', '"schema": 1,\n  "extra": true')],
    ['another schema', message.replace('"schema": 1', '"schema": 2')],
    ['half of it', message.slice(0, message.length / 2)],
  ])('is refused with %s', (_name, text) => expect(parseTagMessage(text)).toBeNull());
});
