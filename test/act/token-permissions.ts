import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as z from 'zod';

const permissions = z.record(z.string(), z.enum(['read', 'write'])).optional();
const workflow = z.looseObject({ permissions, jobs: z.record(z.string(), z.looseObject({ permissions })) });

/** All that any job of a workflow's text asks for, in the names of the REST interface; a job that says nothing has what the workflow says. */
export function tokenPermissions(root: string, text: string): Readonly<Record<string, string>> {
  const { load } = createRequire(join(root, 'packages/simulator/package.json'))('js-yaml') as { readonly load: (yaml: string) => unknown };
  const { jobs, permissions: all = {} } = workflow.parse(load(text));
  return Object.fromEntries(Object.values(jobs).flatMap(({ permissions: own = all }) => Object.entries(own)).map(([name, level]) => [name.replaceAll('-', '_'), level]));
}
