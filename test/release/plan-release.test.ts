import { describe, expect, it } from 'vitest';
import { readPublished } from '../../scripts/release/npm-registry.ts';
import { planRelease } from '../../scripts/release/plan-release.ts';
import type { ReleaseFacts } from '../../scripts/release/plan-release.ts';

const commit = 'c'.repeat(40);
const elsewhere = 'e'.repeat(40);
const facts = (change: Partial<ReleaseFacts> = {}): ReleaseFacts => ({
  version: '1.2.0',
  commit,
  tagObject: 'a'.repeat(40),
  existingTag: null,
  majorTag: { object: elsewhere, commit: elsewhere },
  released: ['1.1.0', '0.9.0'],
  packages: [{ name: 'sallyport', tarball: 'sallyport-1.2.0.tgz', integrity: 'sha512-ours', published: { state: 'absent' } }],
  ...change,
});

describe('the plan of a release', () => {
  it.each<readonly [string, Partial<ReleaseFacts>, string, string]>([
    ['the newest', {}, 'to-do', 'latest'],
    ['the first of all', { released: [], majorTag: null }, 'to-do', 'latest'],
    ['the first of its major version', { version: '2.0.0', majorTag: null }, 'to-do', 'latest'],
    ['a correction of an older minor version', { released: ['1.3.0'] }, 'not-the-newest', 'release-1'],
    ['the newest of an older major version', { released: ['1.1.0', '2.0.0'] }, 'to-do', 'release-1'],
    ['a prerelease', { version: '1.3.0-rc.1' }, 'prerelease', 'next'],
    ['the newest beside a later prerelease', { released: ['1.3.0-rc.1'] }, 'to-do', 'latest'],
    ['10 after 9', { version: '1.10.0', released: ['1.9.0'] }, 'to-do', 'latest'],
    ['one whose major tag is there already', { majorTag: { object: commit, commit } }, 'done', 'latest'],
  ])('%s', (_name, change, major, distTag) => {
    const { steps, problems } = planRelease(facts(change));
    expect(problems).toEqual([]);
    expect(steps.map(({ step }) => step)).toEqual(['push-tag', 'publish', 'move-tag']);
    expect(steps.at(-1)?.state).toBe(major);
    expect(steps[1]).toMatchObject({ distTag });
  });

  it('forces the major tag only from where it was seen', () => {
    expect(planRelease(facts()).steps.at(-1)).toMatchObject({ tag: 'v1', from: elsewhere, commit });
  });

  it('takes a tag of another object for one that is still to be pushed, without force', () => {
    expect(planRelease(facts({ existingTag: elsewhere })).steps[0]).toMatchObject({ step: 'push-tag', state: 'to-do' });
  });
});

describe('what npm says about a version', () => {
  const said = (status: number, stdout: string, stderr = '') => readPublished({ status, stdout, stderr });

  it.each([
    ['its digest', said(0, '"sha512-abc="\n'), { state: 'there', integrity: 'sha512-abc=' }],
    ['nothing: no such version', said(0, ''), { state: 'absent' }],
    ['E404: no such package', said(1, '{"error":{"code":"E404","summary":"not found"}}'), { state: 'absent' }],
    ['E403', said(1, '{"error":{"code":"E403","summary":"Forbidden"}}'), { state: 'unknown', said: 'E403 Forbidden' }],
    ['a network that is down', said(1, '', 'npm error network'), { state: 'unknown', said: 'npm error network' }],
    ['a digest of another kind', said(0, '"sha1-abc"'), { state: 'unknown', said: 'npm view printed "sha1-abc"' }],
    ['several versions', said(0, '["sha512-a","sha512-b"]'), { state: 'unknown', said: 'npm view printed ["sha512-a","sha512-b"]' }],
  ])('%s', (_name, read, expected) => {
    expect(read).toEqual(expected);
  });
});
