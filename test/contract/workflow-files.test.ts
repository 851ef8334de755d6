import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parsePolicy } from '@sallyport/policy';
import { describe, expect, it } from 'vitest';

type Step = { readonly uses?: string; readonly run?: string; readonly with?: Readonly<Record<string, unknown>> };
type Job = { readonly 'timeout-minutes'?: number; readonly environment?: string; readonly steps: readonly Step[] };
type Workflow = { readonly name: string; readonly on: Readonly<Record<string, { readonly workflows?: readonly string[] } | null>>; readonly permissions?: unknown; readonly jobs: Readonly<Record<string, Job>> };

const root = new URL('../../', import.meta.url);
// The simulator's own version: another one, without types, comes to the root with the tools.
const { load } = createRequire(new URL('packages/simulator/package.json', root))('js-yaml') as { readonly load: (text: string) => unknown };
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');
const files = readdirSync(new URL('workflows/', root)).filter((name) => name.endsWith('.yml') && name !== 'sallyport.yml');
const workflows = files.map((file) => [file, load(read(`workflows/${file}`)) as Workflow] as const);
const steps = workflows.flatMap(([file, workflow]) => Object.entries(workflow.jobs).flatMap(([key, job]) => job.steps.map((step) => ({ place: `${file} ${key}`, step }))));

describe('the workflow files that adopters get', () => {
  it.each(workflows)('%s sets permissions and ends every job in time', (_file, workflow) => {
    expect(workflow.permissions).toBeDefined();
    for (const [key, job] of Object.entries(workflow.jobs)) expect(job['timeout-minutes'], key).toBeGreaterThan(0);
  });

  it('pin every action to a commit and name the version beside it', () => {
    const pinned = /^\s*(- )?uses: [\w./-]+@[0-9a-f]{40} # \S/;
    const lines = files.flatMap((file) => read(`workflows/${file}`).split('\n').filter((line) => /\buses: /.test(line)));
    expect(lines.length).toBeGreaterThan(10);
    expect(lines.filter((line) => !pinned.test(line))).toEqual([]);
  });

  it('say why, wherever a linter is told to look away', () => {
    const lines = files.flatMap((file) => read(`workflows/${file}`).split('\n').filter((line) => line.includes('zizmor:')));
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.filter((line) => !/# zizmor: ignore\[[a-z-]+\] \w.{20}/.test(line))).toEqual([]);
  });

  it('put nothing from outside into a script', () => {
    expect(steps.filter(({ step }) => step.run?.includes('${{')).map(({ place }) => place)).toEqual([]);
  });

  it('give our actions the inputs they declare, and all that are required', () => {
    const ours = steps.flatMap(({ place, step }) => {
      const match = /^sallyport\/sallyport\/packages\/actions\/([a-z-]+)@/.exec(step.uses ?? '');
      return match?.[1] === undefined ? [] : [{ place, action: match[1], given: Object.keys(step.with ?? {}) }];
    });
    expect(ours.map(({ action }) => action).sort()).toEqual(['deploy', 'gatekeeper', 'merge-gate', 'register-build']);
    for (const { place, action, given } of ours) {
      const { inputs } = load(read(`packages/actions/${action}/action.yml`)) as { inputs: Record<string, { required?: boolean }> };
      expect(given.filter((name) => !(name in inputs)), place).toEqual([]);
      expect(Object.keys(inputs).filter((name) => inputs[name]?.required === true && !given.includes(name)), place).toEqual([]);
    }
  });

  it('use the App only inside the environment that holds its key', () => {
    for (const [file, workflow] of workflows) {
      for (const [key, job] of Object.entries(workflow.jobs)) {
        const usesKey = JSON.stringify(job).includes('secrets.SALLYPORT_');
        expect(job.environment === 'sallyport', `${file} ${key}`).toBe(usesKey);
      }
    }
  });

  it('run nothing of a pull request where secrets are', () => {
    for (const [file, workflow] of workflows.filter(([, { on }]) => 'pull_request_target' in on || 'workflow_run' in on)) {
      for (const step of Object.values(workflow.jobs).flatMap((job) => job.steps)) {
        expect(step.run, file).toBeUndefined();
        expect(step.uses, file).not.toMatch(/^actions\/(checkout|download-artifact)@/);
      }
    }
  });

  it('never run the file of a merge queue group, or of a pull request, where secrets are', () => {
    for (const [file, workflow] of workflows) {
      const ownFile = ['merge_group', 'pull_request', 'pull_request_review'].filter((event) => event in workflow.on);
      if (JSON.stringify(workflow.jobs).includes('secrets.')) expect(ownFile, file).toEqual([]);
    }
  });

  it('look at everything again on a tick, and at reviews and queue groups when they come', () => {
    const gate = workflows.find(([file]) => file === 'merge-gate.yml')?.[1];
    expect(Object.keys(gate?.on ?? {}).sort()).toEqual(['pull_request_target', 'schedule', 'workflow_dispatch', 'workflow_run']);
    const starters = workflows.filter(([, { name }]) => gate?.on['workflow_run']?.workflows?.includes(name) === true).flatMap(([, { on }]) => Object.keys(on));
    expect(starters).toEqual(expect.arrayContaining(['pull_request', 'pull_request_review', 'merge_group']));
  });

  it('wait for workflows that exist', () => {
    const names = workflows.map(([, { name }]) => name);
    const awaited = workflows.flatMap(([, { on }]) => on['workflow_run']?.workflows ?? []);
    expect(awaited.length).toBeGreaterThan(0);
    expect(awaited.filter((name) => !names.includes(name))).toEqual([]);
  });
});

describe('the policy file that adopters get', () => {
  const result = parsePolicy(read('workflows/sallyport.yml'));

  it('has no problem, and asks for nothing that no gate checks', () => {
    expect(result.problems).toEqual([]);
    expect(result.ok).toBe(true);
  });

  it('names checks that its workflow has as jobs', () => {
    const policy = result.ok ? result.policy : null;
    for (const test of policy?.merge.tests ?? []) {
      const [, workflow] = workflows.find(([file]) => test.from === 'workflow' && test.workflow.endsWith(`/${file}`)) ?? [];
      expect(Object.keys(workflow?.jobs ?? {})).toContain(test.check);
    }
    expect(policy?.merge.tests.length).toBe(2);
  });
});
