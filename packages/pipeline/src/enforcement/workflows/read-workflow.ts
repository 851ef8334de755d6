import * as z from 'zod';
import { loadYaml, triggersOf } from './workflow-text.ts';

/** A workflow as far as its safety goes. */
export type Workflow = {
  readonly path: string;
  readonly text: string;
  readonly triggers: readonly string[];
  readonly jobs: readonly WorkflowJob[];
};

export type WorkflowJob = {
  readonly id: string;
  /** As it is written: a name, an expression, or null. */
  readonly environment: string | null;
  /** Whose workflow it calls. */
  readonly uses: string | null;
  readonly steps: readonly WorkflowStep[];
  /** Names of the secrets that it mentions, wherever in it. */
  readonly secrets: readonly string[];
};

export type WorkflowStep = { readonly uses: string | null; readonly run: string | null; readonly with: Readonly<Record<string, unknown>> };

const step = z.looseObject({ uses: z.string().optional(), run: z.string().optional(), with: z.record(z.string(), z.unknown()).nullish() });
const job = z.looseObject({
  environment: z.union([z.string(), z.looseObject({ name: z.string() }).transform(({ name }) => name)]).optional(),
  uses: z.string().optional(),
  steps: z.array(step).optional(),
});
const workflow = z.looseObject({ on: z.unknown(), jobs: z.record(z.string(), job) });

/** Null when the text is no workflow. */
export function readWorkflow(path: string, text: string): Workflow | null {
  const parsed = workflow.safeParse(loadYaml(text));
  if (!parsed.success) return null;
  const { on, jobs } = parsed.data;
  return {
    path,
    text,
    triggers: triggersOf(on),
    jobs: Object.entries(jobs).map(([id, one]) => ({
      id,
      environment: one.environment ?? null,
      uses: one.uses ?? null,
      steps: (one.steps ?? []).map(({ uses = null, run = null, with: given }) => ({ uses, run, with: given ?? {} })),
      secrets: secretsIn(JSON.stringify(one)),
    })),
  };
}

/** `secrets.NAME` and `secrets['NAME']`. Names of secrets know no case. */
const secretsIn = (json: string): readonly string[] => [...new Set([...json.matchAll(/\bsecrets(?:\.|\[\\?['"])([A-Za-z_]\w*)/g)].map(([, name]) => (name ?? '').toUpperCase()))];

/** The line that holds a text first, from 1; the first line when none does. */
export function lineOf(text: string, part: string): number {
  const at = text.indexOf(part);
  return at === -1 ? 1 : text.slice(0, at).split('\n').length;
}
