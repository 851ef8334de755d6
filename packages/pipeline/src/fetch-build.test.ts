import { expect, it } from 'vitest';
import { fetchBuild } from './fetch-build.ts';
import type { RegisteredBuild } from './ledger-state.ts';
import { sha256 } from './sha256.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const artifactOf = (name: string, text: string) => ({ name, digest: sha256(bytes(text)), sizeBytes: bytes(text).byteLength });
const build: RegisteredBuild = {
  type: 'build-registered',
  digest: `sha256:${'b'.repeat(64)}`,
  version: '1.8.0-rc.1',
  commit: 'c'.repeat(40),
  artifacts: [artifactOf('app.tar.gz', 'the application'), artifactOf('assets.tar.gz', 'the assets')],
  workflow: '.github/workflows/build.yml',
  runId: 1,
  release: 'build/1.8.0-rc.1',
  index: 3,
  at: 0,
};
const storeOf = (files: Readonly<Record<string, string>>) => ({
  fetch: (_release: string, name: string) => Promise.resolve(files[name] === undefined ? null : bytes(files[name])),
});

it('hands over every file when every digest is the registered one', async () => {
  const fetched = await fetchBuild(storeOf({ 'app.tar.gz': 'the application', 'assets.tar.gz': 'the assets' }), build);
  expect(fetched).toMatchObject({ state: 'fetched', files: [{ name: 'app.tar.gz' }, { name: 'assets.tar.gz' }] });
});

it.each([
  ['one byte was replaced', { 'app.tar.gz': 'the applicatioN', 'assets.tar.gz': 'the assets' }, 'Someone replaced the file'],
  ['two files were swapped', { 'app.tar.gz': 'the assets', 'assets.tar.gz': 'the application' }, 'Someone replaced the file'],
  ['one file is gone', { 'app.tar.gz': 'the application' }, 'no longer kept'],
])('hands over nothing when %s', async (_name, files, problem) => {
  const fetched = await fetchBuild(storeOf(files), build);
  expect(fetched).toMatchObject({ state: 'refused' });
  expect(JSON.stringify(fetched)).toContain(problem);
});
