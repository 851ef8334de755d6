import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';

type Step = { readonly id?: string; readonly name?: string; readonly uses?: string; readonly run?: string; readonly if?: string; readonly with?: Readonly<Record<string, unknown>> };
type Job = { readonly 'timeout-minutes'?: number; readonly environment?: string; readonly concurrency?: unknown; readonly permissions?: Readonly<Record<string, string>>; readonly env?: unknown; readonly steps: readonly Step[] };
type Workflow = { readonly name: string; readonly on: unknown; readonly permissions: unknown; readonly env?: unknown; readonly jobs: Readonly<Record<string, Job>> };

const root = new URL('../../', import.meta.url);
const { load } = createRequire(new URL('packages/simulator/package.json', root))('js-yaml') as { readonly load: (text: string) => unknown };
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');
const names = readdirSync(new URL('workflows/recipes/', root)).map((file) => file.replace(/\.yml$/, ''));
const recipes = names.map((name) => [name, load(read(`workflows/recipes/${name}.yml`)) as Workflow, read(`workflows/recipes/${name}.yml`)] as const);
const usual = load(read('workflows/deploy.yml')) as Workflow;
const deployOf = ({ jobs }: Workflow): Job => {
  const job = jobs['deploy'];
  if (job === undefined) throw new Error('The workflow has no job deploy.');
  return job;
};

/** Those that log in to a cloud ask GitHub for an identity of the job. */
const withIdentity = new Set(['serverless', 'static-site']);

describe.each(recipes)('the recipe %s', (name, workflow, text) => {
  const job = deployOf(workflow);

  it('starts, reads its tag, enters, waits and may do as the usual deploy workflow does', () => {
    const { deploy, ...others } = usual.jobs;
    const { permissions, environment, concurrency } = deployOf(usual);
    expect({ ...workflow, jobs: { ...workflow.jobs, deploy: null } }).toEqual({ ...usual, jobs: { ...others, deploy: null } });
    expect({ permissions: job.permissions, environment: job.environment, concurrency: job.concurrency }).toEqual({ permissions: withIdentity.has(name) ? { ...permissions, 'id-token': 'write' } : permissions, environment, concurrency });
    expect(job['timeout-minutes']).toBe(deploy?.['timeout-minutes']);
  });

  it('asks the gate in the first step, which has no name, and ends with a probe for the version that was let in', () => {
    const [first] = job.steps;
    const last = job.steps.at(-1);
    expect([first?.uses, first?.name, first?.if]).toEqual([expect.stringMatching(/\/packages\/actions\/deploy@[0-9a-f]{40}$/), undefined, undefined]);
    expect(first?.with).toMatchObject({ environment: '${{ needs.ask.outputs.environment }}' });
    expect(last?.uses).toMatch(/\/packages\/actions\/probe@[0-9a-f]{40}$/);
    expect(last?.with).toMatchObject({ field: 'version', expected: '${{ steps.sallyport.outputs.version }}' });
  });

  it('runs no step after a refusal, by which the gatekeeper knows a refused deploy from a failed one', () => {
    expect(job.steps.filter((step) => step.if !== undefined)).toEqual([]);
  });

  it('puts nothing from outside into a script, and secrets only into the environment of one step', () => {
    for (const step of Object.values(workflow.jobs).flatMap(({ steps }) => steps)) expect(step.run ?? '').not.toContain('${{');
    expect([workflow.env, job.env]).toEqual([undefined, undefined]);
    expect(job.steps.filter((step) => JSON.stringify(step).includes('secrets.')).length).toBeLessThanOrEqual(1);
  });

  it('uses no action but ours, pinned to a commit', () => {
    const lines = text.split('\n').filter((line) => /\buses: /.test(line));
    expect(lines.filter((line) => !/^ {6}(?:- | {2})uses: sallyport\/sallyport\/packages\/actions\/(?:deploy|probe)@[0-9a-f]{40} # \S/.test(line))).toEqual([]);
  });

  it('gives our actions the inputs they declare', () => {
    for (const { uses, with: given = {} } of job.steps.filter(({ uses }) => uses !== undefined)) {
      const { inputs } = load(read(`packages/actions/${/actions\/([a-z-]+)@/.exec(uses ?? '')?.[1] ?? ''}/action.yml`)) as { inputs: Record<string, unknown> };
      expect(Object.keys(given).filter((input) => !(input in inputs))).toEqual([]);
    }
  });

  it('deploys what was verified: no script fetches, builds or names anything by a tag', () => {
    const script = job.steps.flatMap(({ run }) => run ?? []).join('\n');
    expect(script).not.toMatch(/\bgit \b|npm |docker (?:build|pull)|:\$VERSION|StrictHostKeyChecking[ =](?:no|accept-new)|\|\| true\n.*(?:deploy|switch)/);
    expect(script).toMatch(/\$ARCHIVE|\$IMAGES/);
  });

  it('has a page that links it and names every secret and variable that it needs', () => {
    const page = read(`docs/recipes/${name}.md`);
    const needed = [...new Set([...text.matchAll(/\b(?:secrets|vars)\.(\w+)/g)].map(([, one]) => one ?? ''))];
    expect(needed.length).toBeGreaterThan(0);
    expect(needed.filter((one) => !page.includes(`\`${one}\``))).toEqual([]);
    expect(page).toContain(`(../../workflows/recipes/${name}.yml)`);
    expect(page).toMatch(/^## What was run, and what was not$/m);
    expect(page).toMatch(/^## When it fails$/m);
    expect(read('docs/recipes/README.md')).toContain(`(${name}.md)`);
  });
});
