import { execFile } from 'node:child_process';
import { access, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { readWorkflow } from './workflow-checks.ts';
import type { WorkflowReading } from './workflow-checks.ts';

export type PackageManager = 'npm' | 'pnpm' | 'yarn';

/** What a folder tells of itself. Nothing is asked of GitHub. */
export type Surroundings = {
  /** The top of the git repository. */
  readonly root: string;
  /** The address of the remote `origin`; null when there is none. */
  readonly origin: string | null;
  /** As the remote says, else the branch that is checked out. */
  readonly defaultBranch: string;
  readonly workflows: readonly WorkflowReading[];
  /** Workflow files that could not be read as such. */
  readonly unreadable: readonly string[];
  /** Null where there is no package.json at the top. */
  readonly node: { readonly manager: PackageManager; /** A lock file says what is installed. */ readonly locked: boolean; readonly scripts: readonly string[]; readonly version: string | null } | null;
};

const workflowFolder = '.github/workflows';

/** Null when the folder is in no git repository. */
export async function lookAround(folder: string): Promise<Surroundings | null> {
  const root = await git(folder, ['rev-parse', '--show-toplevel']);
  if (root === null) return null;
  const [origin, head, branch, workflows, node] = await Promise.all([
    git(root, ['remote', 'get-url', 'origin']),
    git(root, ['symbolic-ref', '--short', 'refs/remotes/origin/HEAD']),
    git(root, ['symbolic-ref', '--short', 'HEAD']),
    readWorkflows(root),
    readPackage(root),
  ]);
  return { root, origin, defaultBranch: head?.replace(/^origin\//, '') ?? branch ?? 'main', ...workflows, node };
}

/** What git prints, on one line; null when it says no. */
function git(cwd: string, args: readonly string[]): Promise<string | null> {
  return new Promise((resolve) => {
    execFile('git', [...args], { cwd, encoding: 'utf8' }, (error, stdout) => resolve(error === null && stdout.trim() !== '' ? stdout.trim() : null));
  });
}

async function readWorkflows(root: string): Promise<Pick<Surroundings, 'workflows' | 'unreadable'>> {
  const names = (await readdir(join(root, workflowFolder)).catch(() => [])).filter((name) => /\.ya?ml$/.test(name)).sort();
  const read = await Promise.all(
    names.map(async (name) => {
      const path = `${workflowFolder}/${name}`;
      return { path, reading: readWorkflow(path, await readFile(join(root, path), 'utf8')) };
    }),
  );
  return { workflows: read.flatMap(({ reading }) => reading ?? []), unreadable: read.flatMap(({ path, reading }) => (reading === null ? [path] : [])) };
}

const packageFile = z.looseObject({ scripts: z.record(z.string(), z.string()).optional(), version: z.string().optional() });

const lockFiles: readonly (readonly [string, PackageManager])[] = [['pnpm-lock.yaml', 'pnpm'], ['yarn.lock', 'yarn'], ['package-lock.json', 'npm'], ['npm-shrinkwrap.json', 'npm']];

async function readPackage(root: string): Promise<Surroundings['node']> {
  const text = await readFile(join(root, 'package.json'), 'utf8').catch(() => null);
  const parsed = text === null ? null : packageFile.safeParse(parseJson(text));
  if (parsed?.success !== true) return null;
  const present = await Promise.all(lockFiles.map(async ([name, manager]) => ((await exists(join(root, name))) ? manager : null)));
  const manager = present.find((one) => one !== null);
  return { manager: manager ?? 'npm', locked: manager !== undefined, scripts: Object.keys(parsed.data.scripts ?? {}), version: parsed.data.version ?? null };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const exists = (path: string): Promise<boolean> => access(path).then(() => true, () => false);
