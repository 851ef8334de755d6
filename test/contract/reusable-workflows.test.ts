import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

type Step = { readonly uses?: string; readonly run?: string; readonly with?: Readonly<Record<string, unknown>> };
type Job = { readonly 'timeout-minutes': number; readonly environment?: string; readonly permissions?: unknown; readonly uses: string; readonly secrets?: Readonly<Record<string, string>>; readonly with?: Readonly<Record<string, unknown>>; readonly steps: readonly Step[] };
type Workflow = { readonly on: Readonly<Record<string, { readonly secrets?: object; readonly inputs?: Readonly<Record<string, { readonly required?: boolean }>> } | null>>; readonly permissions: unknown; readonly concurrency?: Readonly<Record<string, unknown>>; readonly jobs: Readonly<Record<string, Job>> };

const root = join(import.meta.dirname, '../..');
const { load } = createRequire(join(root, 'packages/simulator/package.json'))('js-yaml') as { readonly load: (text: string) => unknown };
const text = (path: string): string => readFileSync(join(root, path), 'utf8');
const read = (path: string): Workflow => load(text(path)) as Workflow;
const names = readdirSync(join(root, 'workflows/reusable'));
const run = (...args: readonly string[]) => spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });

describe.each(names)('the reusable %s', (name) => {
  const { on, permissions, concurrency, jobs } = read(`workflows/reusable/${name}`);
  const all = Object.values(jobs);

  it('is only called, holds no permission but its jobs’, ends in time, and pushes no run out', () => {
    expect(Object.keys(on)).toEqual(['workflow_call']);
    expect(permissions).toEqual({});
    expect(concurrency).toMatchObject({ 'cancel-in-progress': false, queue: 'max' });
    for (const job of all) expect(job['timeout-minutes']).toBeGreaterThan(0);
  });

  it('sees the keys only inside the environment that holds them, and runs no script there', () => {
    for (const job of all) {
      const keyed = JSON.stringify(job).includes('secrets.');
      expect(job.environment).toBe(keyed ? 'sallyport' : undefined);
      if (keyed) expect(job.steps.filter(({ run: script }) => script !== undefined)).toEqual([]);
    }
  });

  it('puts nothing from outside into a script, and uses actions of its own commit with inputs that they have', () => {
    for (const step of all.flatMap(({ steps }) => steps)) {
      expect(step.run ?? '').not.toContain('${{');
      if (step.uses === undefined) continue;
      const folder = /^\$\/(packages\/actions\/[a-z-]+)$/.exec(step.uses)?.[1] ?? '';
      const { inputs } = load(text(`${folder}/action.yml`)) as { inputs: Record<string, { required?: boolean }> };
      const given = Object.keys(step.with ?? {});
      expect(given.filter((input) => !(input in inputs))).toEqual([]);
      expect(Object.keys(inputs).filter((input) => inputs[input]?.required === true && !given.includes(input))).toEqual([]);
    }
  });
});

describe.each(names)('the caller %s', (name) => {
  const caller = read(`workflows/callers/${name}`);
  const called = read(`workflows/reusable/${name}`);
  const [job, ...others] = Object.values(caller.jobs);
  const [calledJob] = Object.values(called.jobs);

  it('calls the file under the name it has in our repository, at a commit', () => {
    expect(others).toEqual([]);
    expect(job?.uses.split('@')[0]).toBe(`sallyport/sallyport/.github/workflows/sallyport-${name}`);
    expect(text(`workflows/callers/${name}`)).toMatch(/uses: \S+@[0-9a-f]{40} # \S/);
    expect(existsSync(join(root, '.github/workflows', `sallyport-${name}`))).toBe(true);
  });

  it('hands on the names of the secrets that are declared, and never all there are', () => {
    const wanted = Object.keys(called.on['workflow_call']?.secrets ?? {});
    expect(job?.secrets ?? {}).toEqual(Object.fromEntries(wanted.map((secret) => [secret, `\${{ secrets.${secret} }}`])));
  });

  it('grants what the called job asks for, and no more', () => {
    expect(caller.permissions).toEqual({});
    expect(job?.permissions ?? {}).toEqual(calledJob?.permissions ?? {});
  });

  it('gives the inputs that are declared, and all that are required', () => {
    const inputs = called.on['workflow_call']?.inputs ?? {};
    const given = Object.keys(job?.with ?? {});
    expect(given.filter((input) => !(input in inputs))).toEqual([]);
    expect(Object.keys(inputs).filter((input) => inputs[input]?.required === true && !given.includes(input))).toEqual([]);
  });

  it('leaves the concurrency to the called file: a group of both would wait for itself', () => {
    expect(caller.concurrency).toBeUndefined();
  });
});

it.each(['merge-gate.yml', 'gatekeeper.yml'])('%s runs on the same events, in the same group and with the same steps, called or whole', (name) => {
  const [whole, caller, called] = [read(`workflows/${name}`), read(`workflows/callers/${name}`), read(`workflows/reusable/${name}`)];
  expect(caller.on).toEqual(whole.on);
  expect(called.concurrency).toEqual(whole.concurrency);
  const ownActions = (jobs: Workflow['jobs']) => JSON.parse(JSON.stringify(jobs).replaceAll(/sallyport\/sallyport\/(packages\/actions\/[a-z-]+)@[0-9a-f]{40}/g, '$/$1')) as unknown;
  expect(ownActions(called.jobs)).toEqual(ownActions(whole.jobs));
});

describe('our own repository', () => {
  it('has in .github, byte for byte, what workflows/ makes of it', () => {
    const { status, stderr } = run('scripts/sync-workflows.mjs', '--check');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it('has a policy that is valid, whose tests are jobs of the workflow that it names', () => {
    const { status, stderr } = run('packages/cli/dist/sallyport.mjs', 'policy', 'check', '.github/sallyport.yml');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const { merge } = load(text('.github/sallyport.yml')) as { merge: { tests: readonly { check: string; workflow: string }[] } };
    expect(merge.tests.length).toBeGreaterThan(0);
    for (const { check, workflow } of merge.tests) expect(Object.keys(read(workflow).jobs)).toContain(check);
  });

  it('tests with .ci/run, and waits for its tests with the merge gate', () => {
    expect(Object.values(read('.github/workflows/ci.yml').jobs).flatMap(({ steps }) => steps.map(({ run: script }) => script))).toContain('.ci/run');
    expect(read('.github/workflows/merge-gate.yml').on['workflow_run']).toMatchObject({ workflows: ['ci', 'review-seen'] });
  });
});
