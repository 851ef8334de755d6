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

const image = { image: 'ghcr.io/acme/shop', digest: `sha256:${'d'.repeat(64)}` };

it('names images by their digest in the ledger and asks nobody for them', async () => {
  const both = { ...build, artifacts: [...build.artifacts.slice(0, 1), image, { ...image, image: 'ghcr.io/acme/worker' }] };
  const asked: string[] = [];
  const store = { fetch: (_release: string, name: string) => Promise.resolve(void asked.push(name)).then(() => bytes('the application')) };
  expect(await fetchBuild(store, both)).toMatchObject({ state: 'fetched', files: [{ name: 'app.tar.gz' }], images: [`ghcr.io/acme/shop@${image.digest}`, `ghcr.io/acme/worker@${image.digest}`] });
  expect(asked).toEqual(['app.tar.gz']);
});

it('names no image where a file beside it was replaced', async () => {
  expect(await fetchBuild(storeOf({ 'app.tar.gz': 'the applicatioN' }), { ...build, artifacts: [...build.artifacts.slice(0, 1), image] })).toMatchObject({ state: 'refused' });
});

it('of images alone hands over no file', async () => {
  expect(await fetchBuild(storeOf({}), { ...build, artifacts: [image] })).toEqual({ state: 'fetched', files: [], images: [`ghcr.io/acme/shop@${image.digest}`] });
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
