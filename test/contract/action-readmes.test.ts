import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readActions } from '../../scripts/actions/action-file.ts';
import { renderActionTables, withActionTables } from '../../scripts/actions/action-tables.ts';

type Step = { readonly id?: string; readonly name?: string; readonly uses?: string; readonly run?: string; readonly with?: Readonly<Record<string, unknown>> };
type Job = { readonly 'timeout-minutes'?: number; readonly environment?: string; readonly steps: readonly Step[] };
type Workflow = { readonly name?: string; readonly on?: Readonly<Record<string, unknown>>; readonly permissions?: unknown; readonly jobs: Readonly<Record<string, Job>> };

const root = fileURLToPath(new URL('../../', import.meta.url));
// The simulator's own version: another one, without types, comes to the root with the tools.
const { load } = createRequire(`${root}packages/simulator/package.json`)('js-yaml') as { readonly load: (text: string) => unknown };
const actions = readActions(root, load);
const ours = /^sallyport\/sallyport\/packages\/actions\/([a-z-]+)@0{40}$/;

const exampleOf = (readme: string): string => /^## Example\n\n```yaml\n([^]*?)^```$/m.exec(readme)?.[1] ?? '';
const stepsOf = (workflow: Workflow): readonly Step[] => Object.values(workflow.jobs).flatMap(({ steps }) => steps);

describe.each(actions)('the README of $folder', ({ folder, file, readme }) => {
  const text = exampleOf(readme);
  const workflow = load(text) as Workflow;

  it('says of inputs and outputs what action.yml says; `node scripts/generate-action-tables.mjs` writes it', () => {
    expect(withActionTables(readme, file)).toBe(readme);
  });

  it('has an example that is a whole workflow, bounded in time and in what it may do', () => {
    expect(workflow.name).toBeDefined();
    expect(Object.keys(workflow.on ?? {}).length).toBeGreaterThan(0);
    expect(workflow.permissions).toEqual({});
    for (const [key, job] of Object.entries(workflow.jobs)) expect(job['timeout-minutes'], key).toBeGreaterThan(0);
    expect(text.split('\n').filter((line) => /\buses: /.test(line) && !/uses: [\w./-]+@[0-9a-f]{40} # \S/.test(line))).toEqual([]);
  });

  it('uses the action there with inputs that it has, all that are required among them', () => {
    const uses = stepsOf(workflow).filter((step) => ours.exec(step.uses ?? '')?.[1] === folder);
    expect(uses).toHaveLength(1);
    const given = Object.keys(uses[0]?.with ?? {});
    expect(given.filter((name) => !(name in file.inputs))).toEqual([]);
    expect(Object.keys(file.inputs).filter((name) => file.inputs[name]?.required === true && !given.includes(name))).toEqual([]);
  });

  it('reads only outputs there that the action has, and puts nothing from outside into a script', () => {
    const id = stepsOf(workflow).find((step) => ours.test(step.uses ?? ''))?.id;
    const read = [...text.matchAll(/steps\.([\w-]+)\.outputs\.([\w-]+)/g)].filter(([, step]) => step === id).map(([, , output = '']) => output);
    expect(read.filter((output) => !(output in file.outputs))).toEqual([]);
    expect(stepsOf(workflow).filter(({ run }) => run?.includes('${{'))).toEqual([]);
  });

  it('gives the keys only where the environment holds them, and runs nothing beside them of a pull request', () => {
    for (const [key, job] of Object.entries(workflow.jobs)) {
      expect(job.environment === 'sallyport', key).toBe(JSON.stringify(job).includes('secrets.SALLYPORT_'));
      if ('pull_request_target' in (workflow.on ?? {})) expect(job.steps.filter(({ run }) => run !== undefined), key).toEqual([]);
    }
  });
});

describe('the tables', () => {
  const tables = renderActionTables({
    inputs: { one: { description: 'a | b\n  and c', required: true }, two: { description: 'Two.', required: false, default: '' }, three: { description: 'Three.', required: false, default: 'x' } },
    outputs: {},
  });

  it('keep a description in its cell, and leave out outputs when there are none', () => {
    expect(tables.split('\n')).toEqual(['| input | | default |', '|---|---|---|', '| `one` | a \\| b and c | required |', '| `two` | Two. | empty |', '| `three` | Three. | `x` |']);
  });

  it.each(['no marks at all', '<!-- End of what is from action.yml -->\n<!-- From action.yml: node scripts/generate-action-tables.mjs -->'])('are not put into a README with %j', (readme) => {
    expect(withActionTables(readme, { inputs: {}, outputs: {} })).toBeNull();
  });
});
