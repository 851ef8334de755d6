import { load } from 'js-yaml';
import * as z from 'zod';

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]).transform((value) => (value === null ? '' : String(value)));
const environmentMap = z.record(z.string(), scalar);
const condition = z.union([z.string(), z.boolean(), z.number()]).transform(String).optional();
const maybeExpression = z.union([z.boolean(), z.string()]).optional();
const permissions = z.union([z.enum(['read-all', 'write-all']), z.record(z.string(), z.enum(['none', 'read', 'write', 'admin']))]).optional();
type ConcurrencyShape = { group: string; 'cancel-in-progress'?: boolean | string | undefined; queue?: string | undefined };
const concurrency = z
  .union([z.string().transform((group): ConcurrencyShape => ({ group })), z.object({ group: z.string(), 'cancel-in-progress': maybeExpression, queue: z.string().optional() })])
  .optional();
const defaults = z.object({ run: z.object({ shell: z.string().optional(), 'working-directory': z.string().optional() }).optional() }).optional();

const step = z
  .object({
    id: z.string().optional(),
    name: scalar.optional(),
    if: condition,
    uses: z.string().optional(),
    run: z.string().optional(),
    with: environmentMap.optional(),
    env: environmentMap.optional(),
    shell: z.string().optional(),
    'working-directory': z.string().optional(),
    'continue-on-error': maybeExpression,
    'timeout-minutes': z.number().optional(),
  })
  .refine((value) => (value.uses === undefined) !== (value.run === undefined), { message: 'a step has exactly one of run and uses' });

const job = z.object({
  name: scalar.optional(),
  needs: z.union([z.string().transform((key) => [key]), z.array(z.string())]).optional(),
  if: condition,
  permissions,
  environment: z.union([z.string().transform((name) => ({ name, url: undefined })), z.object({ name: z.string(), url: z.string().optional() })]).optional(),
  concurrency,
  outputs: environmentMap.optional(),
  env: environmentMap.optional(),
  defaults,
  'timeout-minutes': z.number().optional(),
  'continue-on-error': maybeExpression,
  steps: z.array(step).optional(),
  uses: z.string().optional(),
  strategy: z.unknown().optional(),
  services: z.unknown().optional(),
  container: z.unknown().optional(),
});

const workflowSchema = z.object({
  name: scalar.optional(),
  'run-name': z.string().optional(),
  on: z.unknown(),
  permissions,
  env: environmentMap.optional(),
  defaults,
  concurrency,
  jobs: z.record(z.string().regex(/^[A-Za-z_][\w-]*$/), job),
});

export type JobDefinition = z.output<typeof job>;
export type StepDefinition = z.output<typeof step>;
export type Permissions = z.output<typeof permissions>;
export type Concurrency = NonNullable<z.output<typeof concurrency>>;
/** Events a workflow listens to, each with its filters (lists of text under `branches`, `types`, …). */
export type Triggers = ReadonlyMap<string, Readonly<Record<string, unknown>>>;
export type WorkflowFile = Omit<z.output<typeof workflowSchema>, 'on'> & { readonly path: string; readonly triggers: Triggers; readonly schedules: readonly string[] };
export type WorkflowReading = { readonly kind: 'workflow'; readonly file: WorkflowFile } | { readonly kind: 'invalid'; readonly message: string };

/** Reads a workflow file; what GitHub would call an invalid workflow file is a value with its reason. */
export function parseWorkflow(text: string, path: string): WorkflowReading {
  let document: unknown;
  try {
    document = load(text);
  } catch (error) {
    return invalid(path, error instanceof Error ? error.message : String(error));
  }
  // YAML 1.1 readers turn the key `on` into true.
  const mended = isRecord(document) && !('on' in document) && 'true' in document ? { ...document, on: document['true'] } : document;
  const parsed = workflowSchema.safeParse(mended);
  if (!parsed.success) return invalid(path, parsed.error.issues.map((issue) => `${issue.path.join('.') || 'file'}: ${issue.message}`).join('; '));
  const { on, ...rest } = parsed.data;
  const triggers = readTriggers(on);
  if (triggers === null) return invalid(path, 'on: names no event');
  const unknownNeed = Object.entries(rest.jobs).flatMap(([key, value]) => (value.needs ?? []).filter((need) => rest.jobs[need] === undefined || need === key).map((need) => `jobs.${key}.needs: there is no job ${need}`));
  if (unknownNeed.length > 0) return invalid(path, unknownNeed.join('; '));
  if (hasCycle(rest.jobs)) return invalid(path, 'jobs: needs go round in a circle');
  return { kind: 'workflow', file: { ...rest, path, triggers, schedules: readSchedules(on) } };
}

const invalid = (path: string, reason: string): WorkflowReading => ({ kind: 'invalid', message: `Invalid workflow file ${path}: ${reason}` });
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

function readTriggers(on: unknown): Triggers | null {
  if (typeof on === 'string') return new Map([[on, {}]]);
  if (Array.isArray(on)) return on.every((name) => typeof name === 'string') && on.length > 0 ? new Map(on.map((name) => [name, {}])) : null;
  if (!isRecord(on)) return null;
  return new Map(Object.entries(on).map(([name, filters]) => [name, isRecord(filters) ? filters : {}]));
}

function readSchedules(on: unknown): readonly string[] {
  const entries = isRecord(on) && Array.isArray(on['schedule']) ? (on['schedule'] as unknown[]) : [];
  return entries.flatMap((entry) => (isRecord(entry) && typeof entry['cron'] === 'string' ? [entry['cron']] : []));
}

function hasCycle(jobs: Readonly<Record<string, JobDefinition>>): boolean {
  const done = new Set<string>();
  for (let progress = true; progress; ) {
    progress = false;
    for (const [key, definition] of Object.entries(jobs)) {
      if (done.has(key) || !(definition.needs ?? []).every((need) => done.has(need))) continue;
      done.add(key);
      progress = true;
    }
  }
  return done.size < Object.keys(jobs).length;
}

/** Parts of a job that the simulator does not play; a job that has them fails and says so. */
export function unsimulatedParts(definition: JobDefinition): readonly string[] {
  const parts = [
    ...(definition.strategy === undefined ? [] : ['strategy (matrix)']),
    ...(definition.services === undefined ? [] : ['services']),
    ...(definition.container === undefined ? [] : ['container']),
    ...(definition.uses === undefined ? [] : ['reusable workflows (jobs.<id>.uses)']),
  ];
  return definition.steps === undefined && definition.uses === undefined ? [...parts, 'a job without steps'] : parts;
}
