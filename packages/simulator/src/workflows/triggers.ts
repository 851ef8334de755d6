import { passesFilter } from './filter-pattern.ts';
import type { WorkflowFile } from './workflow-file.ts';

/** What decides whether a workflow listens to an event. */
export type TriggerFacts = {
  readonly event: string;
  readonly action: string | null;
  /** The pushed ref, or the base branch of a pull request as `refs/heads/…`. */
  readonly ref: string | null;
  /** For workflow_run: name of the workflow that ran, and the branch it ran for. */
  readonly workflowName?: string;
};

/** Activity types an event has when the workflow names none (GitHub, "Events that trigger workflows", November 2026). */
const defaultTypes: Readonly<Record<string, readonly string[]>> = {
  pull_request: ['opened', 'synchronize', 'reopened'],
  pull_request_target: ['opened', 'synchronize', 'reopened'],
};

/** Answers whether a workflow starts for an event. `paths` filters are not simulated and refuse rather than guess. */
export function listensTo(file: WorkflowFile, facts: TriggerFacts): boolean {
  const filters = file.triggers.get(facts.event);
  if (filters === undefined) return false;
  const types = texts(filters['types']) ?? defaultTypes[facts.event];
  if (types !== undefined && facts.action !== null && !types.includes(facts.action)) return false;
  if (facts.event === 'workflow_run' && !(texts(filters['workflows']) ?? []).includes(facts.workflowName ?? '')) return false;
  return facts.ref === null || passesRef(filters, facts.event, facts.ref);
}

function passesRef(filters: Readonly<Record<string, unknown>>, event: string, ref: string): boolean {
  const branch = ref.startsWith('refs/heads/');
  const name = ref.replace(/^refs\/(heads|tags)\//, '');
  const include = texts(filters[branch ? 'branches' : 'tags']);
  const exclude = texts(filters[branch ? 'branches-ignore' : 'tags-ignore']);
  if (include !== undefined) return passesFilter(name, include);
  if (exclude !== undefined) return !passesFilter(name, exclude);
  if (event !== 'push') return true;
  // A push filter for only branches takes no tags, and the other way round.
  const other = branch ? ['tags', 'tags-ignore'] : ['branches', 'branches-ignore'];
  return other.every((key) => filters[key] === undefined);
}

/** Filters of a trigger that the simulator cannot apply. */
export function unsimulatedFilters(file: WorkflowFile, event: string): readonly string[] {
  return ['paths', 'paths-ignore'].filter((key) => file.triggers.get(event)?.[key] !== undefined).map((key) => `on.${event}.${key}`);
}

function texts(value: unknown): readonly string[] | undefined {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.map(String) : undefined;
}
