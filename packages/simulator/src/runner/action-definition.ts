import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { load } from 'js-yaml';
import * as z from 'zod';

const definition = z.looseObject({
  name: z.string().optional(),
  inputs: z.record(z.string(), z.union([z.looseObject({ default: z.union([z.string(), z.number(), z.boolean(), z.null()]).optional() }), z.null()])).nullish(),
  runs: z.looseObject({ using: z.string(), main: z.string().optional(), post: z.string().optional(), pre: z.string().optional(), 'post-if': z.string().optional() }),
});

/** A JavaScript action on disk. */
export type ActionDefinition = {
  readonly folder: string;
  readonly main: string;
  readonly post: string | null;
  readonly postCondition: string;
  /** Defaults may hold expressions. */
  readonly inputDefaults: ReadonlyMap<string, string>;
};
export type ActionReading = { readonly kind: 'action'; readonly action: ActionDefinition } | { readonly kind: 'unusable'; readonly message: string };

/** Reads `action.yml` (or `.yaml`) in a folder; whatever is not a JavaScript action is refused by name. */
export async function readAction(folder: string, uses: string): Promise<ActionReading> {
  const text = (await readIfThere(join(folder, 'action.yml'))) ?? (await readIfThere(join(folder, 'action.yaml')));
  if (text === null) return unusable(`Can't find 'action.yml' or 'action.yaml' for action '${uses}'.`);
  let document: unknown;
  try {
    document = load(text);
  } catch (error) {
    return unusable(`The action.yml of '${uses}' is not YAML: ${error instanceof Error ? error.message : String(error)}`);
  }
  const parsed = definition.safeParse(document);
  if (!parsed.success) return unusable(`The action.yml of '${uses}' is not valid: ${parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')}`);
  const { runs, inputs } = parsed.data;
  if (!/^node\d+$/.test(runs.using) || runs.main === undefined) return unusable(`not simulated: action '${uses}' with using: ${runs.using}. Only JavaScript actions run here.`);
  if (runs.pre !== undefined) return unusable(`not simulated: pre step of action '${uses}'.`);
  const defaults = Object.entries(inputs ?? {}).flatMap(([name, input]): [string, string][] => (input?.default === undefined || input.default === null ? [] : [[name, String(input.default)]]));
  return { kind: 'action', action: { folder, main: runs.main, post: runs.post ?? null, postCondition: runs['post-if'] ?? 'always()', inputDefaults: new Map(defaults) } };
}

const unusable = (message: string): ActionReading => ({ kind: 'unusable', message });

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
