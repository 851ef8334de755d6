import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';

type Step = { readonly uses?: string; readonly run?: string; readonly with?: Readonly<Record<string, unknown>> };
type Job = { readonly 'timeout-minutes': number; readonly permissions: unknown; readonly steps: readonly Step[] };
type Declared = { readonly description: string; readonly required?: boolean };

const root = new URL('../../', import.meta.url);
const { load } = createRequire(new URL('packages/simulator/package.json', root))('js-yaml') as { readonly load: (text: string) => unknown };
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');
const action = load(read('packages/actions/probe/action.yml')) as { readonly inputs: Readonly<Record<string, Declared>>; readonly outputs: Readonly<Record<string, Declared>> };
const blocks = [...read('docs/health.md').matchAll(/```yaml\n([^]*?)```/g)].map(([, text = '']) => text);
const workflow = load(blocks.find((text) => text.includes('name: probe production')) ?? '') as { readonly permissions: unknown; readonly jobs: Readonly<Record<string, Job>> };
const stepsIn = (text: string): readonly Step[] => {
  const parsed = load(text);
  return Array.isArray(parsed) ? (parsed as readonly Step[]) : Object.values((parsed as { readonly jobs?: Readonly<Record<string, Job>> }).jobs ?? {}).flatMap(({ steps }) => steps);
};
const steps = blocks.flatMap(stepsIn).filter(({ uses }) => uses !== undefined);

describe('docs/health.md', () => {
  it('shows a whole workflow that asks for nothing but contents, ends in time, and names the job drift', () => {
    expect(workflow.permissions).toEqual({});
    expect(Object.keys(workflow.jobs)).toEqual(['health', 'drift']);
    for (const job of Object.values(workflow.jobs)) expect([job.permissions, job['timeout-minutes'] <= 5]).toEqual([{ contents: 'read' }, true]);
    expect(workflow.jobs['drift']?.steps[0]?.with).toMatchObject({ 'looks-for': 'drift', field: 'build' });
  });

  it('uses the action pinned to a commit, with inputs that it declares and all that it requires', () => {
    expect(steps.length).toBe(4);
    for (const { uses, with: given = {} } of steps) {
      expect(uses).toMatch(/^sallyport\/sallyport\/packages\/actions\/probe@[0-9a-f]{40}$/);
      expect(Object.keys(given).filter((name) => !(name in action.inputs))).toEqual([]);
      expect(Object.keys(action.inputs).filter((name) => action.inputs[name]?.required === true && !(name in given))).toEqual([]);
    }
  });

  it('puts nothing from outside into a script', () => {
    expect(blocks.flatMap(stepsIn).filter(({ run }) => run?.includes('${{'))).toEqual([]);
  });
});

describe('the README of the action', () => {
  const page = read('packages/actions/probe/README.md');
  it.each([...Object.entries(action.inputs), ...Object.entries(action.outputs)])('says of %s what action.yml says', (name, { description }) => {
    expect(page).toContain(`| \`${name}\` | ${description} |`);
  });
});
