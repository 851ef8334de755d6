import { describe, expect, it } from 'vitest';
import type { Environment } from '../world/world.ts';
import { decideEntry } from './environment-entry.ts';
import { passesFilter } from './filter-pattern.ts';
import { tokenPermissions } from './token-permissions.ts';
import { listensTo } from './triggers.ts';
import { parseWorkflow, type WorkflowFile } from './workflow-file.ts';

describe('a filter', () => {
  it.each([
    ['a name', 'main', ['main'], true],
    ['a star within a segment', 'feature/a', ['feature/*'], true],
    ['a star not across segments', 'feature/a/b', ['feature/*'], false],
    ['two stars across segments', 'promote/production/7', ['promote/**'], true],
    ['a dot that is only a dot', 'v1x2', ['v1.2'], false],
    ['digits', 'v12', ['v[0-9]+'], true],
    ['an exception', 'release/old', ['release/**', '!release/old'], false],
    ['an exception taken back', 'release/old', ['**', '!release/**', 'release/old'], true],
  ])('with %s', (_name, name, patterns, passes) => {
    expect(passesFilter(name, patterns)).toBe(passes);
  });
});

function fileOf(on: string): WorkflowFile {
  const reading = parseWorkflow(`${on}\njobs: { a: { steps: [{ run: "true" }] } }\n`, 'x.yml');
  if (reading.kind === 'invalid') throw new Error(reading.message);
  return reading.file;
}

describe('a workflow', () => {
  it.each([
    ['starts on any push', 'on: push', 'push', null, 'refs/tags/v1', true],
    ['with branches alone takes no tag', 'on: { push: { branches: ["**"] } }', 'push', null, 'refs/tags/v1', false],
    ['with tags alone takes no branch', 'on: { push: { tags: ["promote/**"] } }', 'push', null, 'refs/heads/promote/production/1', false],
    ['leaves out ignored branches', 'on: { push: { branches-ignore: [gh-pages] } }', 'push', null, 'refs/heads/gh-pages', false],
    ['takes no edited pull request by default', 'on: pull_request', 'pull_request', 'edited', 'refs/heads/main', false],
    ['filters a pull request by its base', 'on: { pull_request: { branches: [main] } }', 'pull_request', 'opened', 'refs/heads/other', false],
    ['takes the types it names', 'on: { issues: { types: [labeled] } }', 'issues', 'labeled', null, true],
    ['does not hear other events', 'on: [push]', 'issues', 'opened', null, false],
  ])('%s', (_name, on, event, action, ref, listens) => {
    expect(listensTo(fileOf(on), { event, action, ref })).toBe(listens);
  });

  it.each([
    ['no YAML', 'a: [', ''],
    ['no jobs', 'on: push', 'jobs'],
    ['a step with run and uses', 'on: push\njobs: { a: { steps: [{ run: x, uses: y }] } }', 'exactly one of run and uses'],
    ['an unknown need', 'on: push\njobs: { a: { needs: b, steps: [{ run: x }] } }', 'there is no job b'],
    ['needs in a circle', 'on: push\njobs: { a: { needs: b, steps: [] }, b: { needs: a, steps: [] } }', 'circle'],
    ['no event', 'on: 3\njobs: { a: { steps: [] } }', 'names no event'],
  ])('with %s is invalid and says why', (_name, text, reason) => {
    const reading = parseWorkflow(text, 'x.yml');
    expect(reading).toMatchObject({ kind: 'invalid', message: expect.stringContaining(reason) as string });
  });
});

describe("a job's token", () => {
  it.each([
    ['reads contents and packages when nothing is said', undefined, undefined, false, { metadata: 'read', contents: 'read', packages: 'read' }],
    ['follows the workflow', { 'pull-requests': 'write' } as const, undefined, false, { metadata: 'read', pull_requests: 'write' }],
    ['follows the job over the workflow', { contents: 'write' } as const, { checks: 'read' } as const, false, { metadata: 'read', checks: 'read' }],
    ['may nothing when the map is empty', 'write-all' as const, {}, false, { metadata: 'read' }],
    ['never writes for a fork', { contents: 'write' } as const, undefined, true, { metadata: 'read', contents: 'read' }],
  ])('%s', (_name, workflow, job, fork, expected) => {
    expect(tokenPermissions(workflow, job, fork, 'read')).toEqual(expected);
  });
});

describe('an environment', () => {
  const production: Environment = { id: 1, name: 'production', branchPolicy: { protectedBranches: false, customBranchPolicies: true }, policies: [{ id: 2, name: 'promote/production/*', type: 'tag' }], canAdminsBypass: true, customRules: [], secrets: { values: new Map(), key: null }, createdAt: 0 };
  it.each([
    ['its tag', 'refs/tags/promote/production/7', 'admitted'],
    ['a branch of that name', 'refs/heads/promote/production/7', 'refused'],
    ['a tag one level deeper', 'refs/tags/promote/production/7/x', 'refused'],
    ['another tag', 'refs/tags/v1', 'refused'],
    ['a pull request', 'refs/pull/1/merge', 'refused'],
  ])('that admits promotion tags: %s', (_name, ref, kind) => {
    expect(decideEntry(production, ref, true).kind).toBe(kind);
  });
  it.each([
    ['a protected branch', 'refs/heads/main', true, 'admitted'],
    ['a branch without protection', 'refs/heads/main', false, 'refused'],
    ['a tag, protected or not', 'refs/tags/v1', true, 'refused'],
  ])('that admits protected branches: %s', (_name, ref, isProtected, kind) => {
    expect(decideEntry({ ...production, branchPolicy: { protectedBranches: true, customBranchPolicies: false } }, ref, isProtected).kind).toBe(kind);
  });
});
