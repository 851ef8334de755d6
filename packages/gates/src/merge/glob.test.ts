import { describe, expect, test } from 'vitest';
import { isSupportedGlob, readyGlobs } from './glob.ts';

describe('a glob', () => {
  test.each<[string, string, boolean]>([
    ['src/cart.ts', 'src/cart.ts', true],
    ['src/cart.ts', 'src/cart.tsx', false],
    ['cart.ts', 'src/cart.ts', false],
    ['*', 'README.md', true],
    ['*', 'src/cart.ts', false],
    ['*.ts', 'cart.ts', true],
    ['**/*.ts', 'cart.ts', true],
    ['**/*.ts', 'a/b/cart.ts', true],
    ['src/**/test/*.ts', 'src/test/a.ts', true],
    ['src/**/test/*.ts', 'src/a/b/test/a.ts', true],
    ['src/**/test/*.ts', 'src/a/b/test/c/a.ts', false],
    ['.github/**', '.github/workflows/ci.yml', true],
    ['.github/**', '.github', true],
    ['.github/**', '.github2/ci.yml', false],
    ['**', '.env', true],
    ['*', '.env', true],
    ['a?c', 'abc', true],
    ['a?c', 'a/c', false],
    ['a?c', 'ac', false],
    ['infra/', 'infra', true],
    ['a**b', 'axxb', true],
    ['a**b', 'a/b', false],
    ['a.b', 'axb', false],
    ['src/*.ts', '/src//a.ts', true],
    ['src/*.ts', '/srx//a.ts', false],
    ['/src/?.ts/', 'src/a.ts', true],
  ])('%s on %s: %s', (glob, path, matches) => {
    expect(readyGlobs([glob]).match(path)).toBe(matches);
  });

  test.each<[string, string, boolean]>([
    ['infra/prod.tf', 'infra', true],
    ['infra/prod.tf', 'infra/prod.tf', true],
    ['infra/prod.tf', 'infra/prod.tf/more', false],
    ['infra/prod.tf', 'inf', false],
    ['infra/prod.tf', '', true],
    ['**/*.tf', 'docs', true],
    ['docs/*/a', 'docs/x', true],
    ['docs/*/a', 'src', false],
    ['infra/**', 'infra', true],
    ['infra/**', 'infra/deep/er', true],
    ['*', 'a/b', false],
  ])('%s reaches below %j: %s', (glob, folder, reaches) => {
    expect(readyGlobs([glob]).reachBelow(folder)).toBe(reaches);
  });

  test('is one of several', () => {
    expect(readyGlobs(['docs/**', 'src/*.ts']).match('src/a.ts')).toBe(true);
    expect(readyGlobs(['docs/**', '**/secret']).match('src/secret')).toBe(true);
    expect(readyGlobs(['docs/**', '?rc/a.ts']).match('src/a.ts')).toBe(true);
    expect(readyGlobs(['docs/**', 'src/*.ts']).match('/src//a.ts')).toBe(true);
    expect(readyGlobs([]).match('src/a.ts')).toBe(false);
    expect(readyGlobs([]).reachBelow('')).toBe(false);
  });

  test.each(['', '!a', 'a\\b', '(a)'])('%j is not supported', (glob) => {
    expect(isSupportedGlob(glob)).toBe(false);
  });

  test('of many stars ends quickly on a path made to slow it down', () => {
    expect(readyGlobs([`${'*a'.repeat(60)}b`]).match('a'.repeat(4000))).toBe(false);
    expect(readyGlobs([`${'**/a/'.repeat(30)}b`]).match('a/'.repeat(2000))).toBe(false);
  });
});
