import { describe, expect, it } from 'vitest';
import { readWorkflow } from './workflow-checks.ts';

const path = '.github/workflows/ci.yml';
const read = (jobs: string, on = 'pull_request') => readWorkflow(path, `name: ci\non: ${on}\njobs:\n${jobs}`);
const checks = (jobs: string): readonly string[] => read(jobs)?.checks.map(({ check }) => check) ?? [];

describe('the checks of a workflow', () => {
  it.each([
    ['a job by its id', '  unit: { runs-on: x, steps: [] }\n', ['unit']],
    ['a job by its name', '  unit: { name: Unit tests, runs-on: x }\n', ['Unit tests']],
    ['a matrix behind the name', '  unit:\n    strategy: { matrix: { node: [20, 22], os: [linux] } }\n', ['unit (20, linux)', 'unit (22, linux)']],
    ['a matrix in the name', '  unit:\n    name: Node ${{ matrix.node }}\n    strategy: { matrix: { node: [20, 22] } }\n', ['Node 20', 'Node 22']],
  ])('%s', (_what, jobs, expected) => {
    expect(checks(jobs)).toEqual(expected);
  });

  it.each([
    ['a condition', '  unit: { if: github.actor != 0, runs-on: x }\n', 'under a condition'],
    ['a workflow that it calls', '  unit: { uses: ./.github/workflows/other.yml }\n', 'that it calls'],
    ['a matrix from somewhere else', '  unit:\n    strategy: { matrix: "${{ fromJSON(inputs.x) }}" }\n', 'not written out'],
    ['a matrix with exceptions', '  unit:\n    strategy: { matrix: { node: [20], include: [{ node: 22 }] } }\n', 'not written out'],
    ['a name by an expression', '  unit: { name: "${{ inputs.x }}" }\n', 'an expression'],
    ['more combinations than GitHub makes', `  unit:\n    strategy: { matrix: { a: [${Array.from({ length: 20 }, (_, index) => index).join(',')}], b: [${Array.from({ length: 20 }, (_, index) => index).join(',')}] } }\n`, 'not written out'],
  ])('are not told of a job with %s', (_what, jobs, why) => {
    expect(read(jobs)?.checks).toEqual([]);
    expect(read(jobs)?.untold).toEqual([expect.stringContaining(why)]);
  });
});

describe('a workflow', () => {
  it.each([
    ['pull_request', true],
    ['[push, pull_request]', true],
    ['{ pull_request: { branches: [main] } }', true],
    ['push', false],
    ['pull_request_target', false],
  ])('on %s answers pull requests: %s', (on, expected) => {
    expect(read('  unit: {}\n', on)?.onPullRequest).toBe(expected);
  });

  it.each([
    ['{ pull_request: { paths: [src/**] } }', true],
    ['{ pull_request: { paths-ignore: [docs/**] } }', true],
    ['{ pull_request: { branches: [main] } }', false],
    ['{ pull_request: null, push: { paths: [src/**] } }', false],
    ['[push, pull_request]', false],
  ])('on %s is kept from some pull requests by paths: %s', (on, expected) => {
    expect(read('  unit: {}\n', on)?.filtersPaths).toBe(expected);
  });

  it('names the environments that its jobs enter', () => {
    expect(read('  one: { environment: staging }\n  two: { environment: { name: production, url: x } }\n  three: { environment: "${{ inputs.x }}" }\n')?.environments).toEqual(['staging', 'production']);
  });

  it.each(['', 'jobs: [', 'on: push\n', '- a\n', 'on: push\njobs: { unit: text }'])('that is none is not read: %j', (text) => {
    expect(readWorkflow(path, text)).toBeNull();
  });
});
