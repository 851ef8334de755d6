import { loadYaml, triggersOf } from '@sallyport/pipeline';
import * as z from 'zod';

/** A check that a workflow gives a pull request, by the name GitHub shows, e.g. `unit` or `test (20)`. */
export type WorkflowCheck = { readonly check: string; readonly workflow: string };

export type WorkflowReading = {
  /** As other workflows name it; its path where it has no name. */
  readonly name: string;
  readonly path: string;
  readonly onPullRequest: boolean;
  /** Some pull requests do not start it, by the paths that they change. */
  readonly filtersPaths: boolean;
  /** Environments that its jobs enter, as far as they are written out. */
  readonly environments: readonly string[];
  readonly checks: readonly WorkflowCheck[];
  /** Jobs whose checks cannot be told from the file alone, with why. */
  readonly untold: readonly string[];
};

const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const matrix = z.record(z.string(), z.unknown());
const job = z.looseObject({
  name: scalar.optional(),
  if: z.unknown().optional(),
  uses: z.string().optional(),
  environment: z.union([z.string(), z.looseObject({ name: z.string() }).transform(({ name }) => name)]).optional(),
  strategy: z.looseObject({ matrix: z.unknown().optional() }).optional(),
});
const filtered = z.looseObject({ pull_request: z.union([z.looseObject({ paths: z.unknown().refine((paths) => paths !== undefined) }), z.looseObject({ 'paths-ignore': z.unknown().refine((paths) => paths !== undefined) })]) });
const workflow = z.looseObject({ name: scalar.optional(), on: z.unknown(), jobs: z.record(z.string(), job) });

/** What a workflow file says of checks and environments; null when it is no workflow that can be read. */
export function readWorkflow(path: string, text: string): WorkflowReading | null {
  const parsed = workflow.safeParse(loadYaml(text));
  if (!parsed.success) return null;
  const { name = path, on, jobs } = parsed.data;
  const told = Object.entries(jobs).map(([id, one]) => ({ id, found: checksOf(id, one) }));
  return {
    name,
    path,
    onPullRequest: triggersOf(on).includes('pull_request'),
    filtersPaths: filtered.safeParse(on).success,
    environments: [...new Set(Object.values(jobs).flatMap(({ environment }) => (environment === undefined || environment.includes('${{') ? [] : [environment])))],
    checks: told.flatMap(({ found }) => (typeof found === 'string' ? [] : found.map((check) => ({ check, workflow: path })))),
    untold: told.flatMap(({ id, found }) => (typeof found === 'string' ? [`${id} of ${path}: ${found}`] : [])),
  };
}

/** The names of a job's checks, one for each combination of its matrix; a string says why they cannot be told. */
function checksOf(id: string, { name = id, if: condition, uses, strategy }: z.output<typeof job>): readonly string[] | string {
  if (condition !== undefined) return 'it runs under a condition, and a check that is skipped is no success';
  if (uses !== undefined) return 'its checks are those of the workflow that it calls';
  if (strategy?.matrix === undefined) return name.includes('${{') ? 'its name is an expression' : [name];
  const combinations = combine(strategy.matrix);
  if (combinations === null) return 'its matrix is not written out as plain lists';
  const names = combinations.map((values) => named(name, values));
  return names.some((one) => one.includes('${{')) ? 'its name is an expression' : names;
}

type Values = ReadonlyMap<string, string>;

/** GitHub puts the values behind a name that mentions none of them. */
function named(name: string, values: Values): string {
  if (!name.includes('${{')) return `${name} (${[...values.values()].join(', ')})`;
  return name.replace(/\$\{\{\s*matrix\.([A-Za-z0-9_-]+)\s*\}\}/g, (whole, key: string) => values.get(key) ?? whole);
}

/** GitHub makes at most 256 jobs of a matrix (GitHub Docs, "Running variations of jobs in a workflow"). */
const mostCombinations = 256;

function combine(given: unknown): readonly Values[] | null {
  const parsed = matrix.safeParse(given);
  if (!parsed.success || 'include' in parsed.data || 'exclude' in parsed.data) return null;
  let combinations: readonly Values[] = [new Map()];
  for (const [key, list] of Object.entries(parsed.data)) {
    const values = z.array(scalar).nonempty().safeParse(list);
    if (!values.success || combinations.length * values.data.length > mostCombinations) return null;
    combinations = combinations.flatMap((sofar) => values.data.map((value) => new Map([...sofar, [key, value]])));
  }
  return combinations;
}
