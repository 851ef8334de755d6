import { emptyState } from '@sallyport/pipeline';
import type { LedgerState, RegisteredBuild } from '@sallyport/pipeline';
import { describe, expect, it } from 'vitest';
import { findBuild } from './find-build.ts';

const build = (version: string, hex: string): RegisteredBuild => ({
  type: 'build-registered',
  digest: `sha256:${hex.padEnd(64, '0')}`,
  version,
  commit: '1'.repeat(40),
  artifacts: [{ name: 'shop.tar.gz', digest: `sha256:${'b'.repeat(64)}`, sizeBytes: 1 }],
  workflow: '.github/workflows/build.yml',
  runId: 1,
  release: `build/${version}`,
  index: 0,
  at: 0,
});
const builds = [build('1.8.0', 'aaaaaaaaaaaa1'), build('1.8.1', 'aaaaaaaaaaaa2'), build('1.9.0', 'bbbbbbbbbbbb')];
const state: LedgerState = { ...emptyState, size: 3, builds: new Map(builds.map((one) => [one.digest, one])) };

describe('findBuild', () => {
  it.each([
    ['a version', '1.8.1', '1.8.1'],
    ['a whole digest', `sha256:${'bbbbbbbbbbbb'.padEnd(64, '0')}`, '1.9.0'],
    ['twelve hex digits', 'bbbbbbbbbbbb', '1.9.0'],
    ['a prefix with its algorithm', 'sha256:aaaaaaaaaaaa2', '1.8.1'],
  ])('finds by %s', (_name, given, version) => {
    expect(findBuild(state, given).version).toBe(version);
  });

  it.each([
    ['a prefix that fits two', 'aaaaaaaaaaaa', 'fits 2 builds'],
    ['eleven hex digits', 'bbbbbbbbbbb', 'has no build'],
    ['upper case', 'BBBBBBBBBBBB', 'has no build'],
    ['a version nobody built', '2.0.0', 'has no build "2.0.0"'],
    ['part of a version', '1.8', 'has no build'],
  ])('refuses %s', (_name, given, message) => {
    expect(() => findBuild(state, given)).toThrow(message);
  });
});
