import { readFileSync, readdirSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const text = z.string().trim().min(1);
const input = z.strictObject({ description: text, required: z.boolean(), default: z.string().optional() }).refine(({ required, default: value }) => required === (value === undefined), { message: 'is required and has no default, or is not and has one' });

/** An action.yml as ours are, strict: whatever is not here is a mistake. */
const actionFile = z.strictObject({
  name: text,
  description: text,
  author: text,
  inputs: z.record(z.string().regex(/^[a-z][a-z-]*$/), input),
  outputs: z.record(z.string().regex(/^[a-z][a-z-]*$/), z.strictObject({ description: text })).default({}),
  runs: z.strictObject({ using: z.literal('node24'), main: z.string(), post: z.string().optional() }),
  branding: z.strictObject({ icon: text, color: text }),
});
export type ActionFile = z.infer<typeof actionFile>;

export type Action = { /** Its folder's name, e.g. `merge-gate`. */ readonly folder: string; readonly file: ActionFile; readonly readme: string };
export type LoadYaml = (text: string) => unknown;

/** Every action of the repository, in the order of their names. Throws a zod error for an action.yml that is not as ours are. */
export function readActions(root: string, load: LoadYaml): readonly Action[] {
  const folder = join(root, 'packages/actions');
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, 'action.yml')))
    .sort()
    .map((name) => ({ folder: name, file: actionFile.parse(load(readFileSync(join(folder, name, 'action.yml'), 'utf8'))), readme: readFileSync(join(folder, name, 'README.md'), 'utf8') }));
}
