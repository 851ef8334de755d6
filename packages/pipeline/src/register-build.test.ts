import { testContext } from '@sallyport/ledger/testing';
import { appendEntries, readLedger } from '@sallyport/ledger';
import { describe, expect, it } from 'vitest';
import type { LedgerWriter } from './ledger-access.ts';
import { readState } from './ledger-state.ts';
import { buildDigest, registerBuild, sha256 } from './register-build.ts';
import type { BuildToRegister } from './register-build.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const buildOf = (changes: Partial<BuildToRegister> = {}): BuildToRegister => ({ version: '1.8.0-rc.1', commit: 'c'.repeat(40), workflow: '.github/workflows/build.yml', runId: 9, files: [{ name: 'app.tar.gz', bytes: bytes('the application') }], ...changes });

function scene() {
  const context = testContext();
  const published: string[] = [];
  const writer: LedgerWriter = { read: () => readLedger(context.store, context), append: (entries, { at, ifSize }) => appendEntries({ ...context, at: new Date(at).toISOString() }, entries, ifSize === undefined ? {} : { ifSize }) };
  const outside = {
    clock: { read: () => Promise.resolve({ serverAt: Date.UTC(2026, 11, 1), localAt: Date.UTC(2026, 11, 1) }) },
    builds: { publish: (release: string) => Promise.resolve(void published.push(release)), fetch: () => Promise.resolve(null) },
  };
  return { writer, outside, published };
}

describe('registerBuild', () => {
  it('keeps the files first and then records their digests', async () => {
    const { writer, outside, published } = scene();
    const registration = await registerBuild(outside, writer, buildOf());
    const artifacts = [{ name: 'app.tar.gz', digest: sha256(bytes('the application')), sizeBytes: 15 }];
    const digest = buildDigest({ version: '1.8.0-rc.1', commit: 'c'.repeat(40), artifacts });
    expect(registration).toEqual({ state: 'registered', digest, release: 'build/1.8.0-rc.1', version: '1.8.0-rc.1' });
    expect(published).toEqual(['build/1.8.0-rc.1']);
    const check = await writer.read();
    expect(check.state === 'intact' && readState(check).builds.get(digest)).toMatchObject({ artifacts, runId: 9 });
  });

  it('records the same build once', async () => {
    const { writer, outside } = scene();
    await registerBuild(outside, writer, buildOf());
    expect(await registerBuild(outside, writer, buildOf({ runId: 10 }))).toMatchObject({ state: 'already-registered' });
    expect(await writer.read()).toMatchObject({ head: { size: 1 } });
  });

  it('records nothing when the files could not be kept', async () => {
    const { writer, outside } = scene();
    const broken = { ...outside, builds: { ...outside.builds, publish: () => Promise.reject(new Error('no space')) } };
    await expect(registerBuild(broken, writer, buildOf())).rejects.toThrow('no space');
    expect(await writer.read()).toMatchObject({ head: { size: 0 } });
  });

  it('records nothing under a clock that cannot be trusted', async () => {
    const { writer, outside } = scene();
    const wrong = { ...outside, clock: { read: () => Promise.resolve({ serverAt: null, localAt: Date.UTC(2026, 11, 1) }) } };
    await expect(registerBuild(wrong, writer, buildOf())).rejects.toThrow('clock');
    expect(await writer.read()).toMatchObject({ head: { size: 0 } });
  });

  it.each([
    ['a version that another build has', { files: [{ name: 'app.tar.gz', bytes: bytes('other bytes') }] }, 'is taken by build'],
    ['a version that is none', { version: '1.8' }, 'not a semantic version'],
    ['a version with a v', { version: 'v1.8.0' }, 'not a semantic version'],
    ['no file', { version: '1.8.1', files: [] }, 'at least one file'],
    ['a file name with a path', { version: '1.8.1', files: [{ name: '../app.tar.gz', bytes: bytes('x') }] }, 'cannot be kept'],
    ['two files of one name', { version: '1.8.1', files: [{ name: 'app', bytes: bytes('x') }, { name: 'app', bytes: bytes('y') }] }, 'Two files are called'],
  ])('refuses %s', async (_name, changes, problem) => {
    const { writer, outside } = scene();
    await registerBuild(outside, writer, buildOf());
    const refused = await registerBuild(outside, writer, buildOf(changes));
    expect(refused).toMatchObject({ state: 'refused' });
    expect(JSON.stringify(refused)).toContain(problem);
  });
});
