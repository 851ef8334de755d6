import fc from 'fast-check';
import semver from 'semver';
import { describe, expect, it } from 'vitest';
import { nextVersion } from './next-version.ts';
import { readBump } from './read-bump.ts';

describe('a commit raises', () => {
  it.each([
    ['fix: a typo', 'patch'],
    ['feat: pay by invoice', 'minor'],
    ['Feat(cart): pay by invoice', 'minor'],
    ['feat!: pay by invoice only', 'major'],
    ['fix(cart)!: drop the old endpoint', 'major'],
    ['refactor: move it\n\nBREAKING CHANGE: the old name is gone', 'major'],
    ['chore: move it\n\nReviewed-by: ben\nBREAKING-CHANGE: the old name is gone', 'major'],
    ['Pay by invoice', 'patch'],
    ['feature: pay by invoice', 'patch'],
    ['feat pay by invoice', 'patch'],
    ['Merge pull request #12 from acme/feat', 'patch'],
    ['docs: say what a BREAKING CHANGE is', 'patch'],
    ['', 'patch'],
    ['\n\n', 'patch'],
    ['feat:', 'patch'],
    ['feat: ', 'patch'],
    ['feat!', 'patch'],
    ['feat(a)(b): more', 'patch'],
    ['feat more!: it', 'patch'],
    ['fe(x)at: it', 'patch'],
    ['feat(): more', 'patch'],
    ['refactor: move it\n\nbreaking change: it is not said so', 'patch'],
  ])('%j: %s', (message, bump) => {
    expect(readBump(message)).toBe(bump);
  });
});

it('a message of any length is read at once', () => {
  for (const filler of ['(', ' ', 'a', '\n', 'feat(', 'BREAKING ']) expect(readBump(`feat: x${filler.repeat(300_000)}`)).toBe('minor');
});

describe('the next version', () => {
  it.each<[string, string | null, readonly string[], readonly string[], string]>([
    ['begins where semver begins', null, [], ['feat!: everything'], '0.1.0-rc.1'],
    ['goes on before the first release', null, ['0.1.0-rc.1', '0.1.0-rc.2'], ['fix: it'], '0.1.0-rc.3'],
    ['is the plain version that runs, and a fix', '1.8.0-rc.3', ['1.8.0-rc.3'], ['fix: it'], '1.8.1-rc.1'],
    ['is the strongest that any commit asks for', '1.8.0-rc.3', [], ['fix: it', 'feat: more', 'chore: less'], '1.9.0-rc.1'],
    ['is a major version for a breaking change', '1.8.0', [], ['feat: more', 'fix!: it'], '2.0.0-rc.1'],
    ['is a minor one below 1.0.0', '0.4.2', [], ['fix!: it'], '0.5.0-rc.1'],
    ['is another one for the same commits built again', '1.8.0', ['1.9.0-rc.1', '1.9.0-rc.2'], ['feat: more'], '1.9.0-rc.3'],
    ['counts on by number, not by text', '1.8.0', ['1.9.0-rc.9', '1.9.0-rc.10'], ['feat: more'], '1.9.0-rc.11'],
    ['is a patch where nothing was committed', '1.8.0', [], [], '1.8.1-rc.1'],
    ['goes on with a later version that somebody gave', '1.8.0', ['2.0.0-rc.1'], ['fix: it'], '2.0.0-rc.2'],
    ['is after a plain version that somebody gave', '1.8.0', ['1.8.1'], ['fix: it'], '1.8.2-rc.1'],
    ['is after a prerelease of another kind that would be newer', '1.8.0', ['1.8.1-zeta.1'], ['fix: it'], '1.8.2-rc.1'],
    ['passes over one that would be older', '1.8.0', ['1.8.1-beta.7'], ['fix: it'], '1.8.1-rc.1'],
    ['goes on after a rollback with what was built before it', '1.7.0', ['1.7.0', '1.8.0-rc.1', '1.8.0-rc.2'], ['fix: it'], '1.8.0-rc.3'],
  ])('%s', (_name, released, taken, messages, version) => {
    expect(nextVersion({ released, taken, messages })).toMatchObject({ version, plain: version.replace(/-.*/, '') });
  });

  it('is free, and newer than what runs and every build that is registered, whatever those are called', () => {
    const number = fc.nat(3);
    const ending = fc.constantFrom('', '-rc.1', '-rc.2', '-rc', '-rc.1.1', '-rc.x', '-alpha.5', '-zeta', '-1', '+meta');
    const version = fc.tuple(number, number, number, ending).map(([major, minor, patch, end]) => `${major}.${minor}.${patch}${end}`);
    const message = fc.constantFrom('fix: it', 'feat: it', 'feat!: it', 'it');
    fc.assert(
      fc.property(fc.option(version), fc.array(version), fc.array(message), (released, taken, messages) => {
        const next = nextVersion({ released, taken, messages }).version;
        expect(semver.valid(next)).toBe(next);
        expect([...taken, ...(released === null ? [] : [released])].filter((one) => !semver.gt(next, one))).toEqual([]);
      }),
    );
  });
});
