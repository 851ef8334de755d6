import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { SimulatorContext } from '../context.ts';
import { createObjectStore } from '../git/object-store.ts';
import { runGit } from '../git/run-git.ts';
import type { Repository } from '../world/world.ts';

/** An empty repository on disk, not yet part of the world. */
export async function makeRepository(context: SimulatorContext, base: Pick<Repository, 'owner' | 'name' | 'createdAt' | 'visibility' | 'parent'>): Promise<Repository> {
  const id = context.nextId();
  const gitDir = join(context.dataDir, 'repositories', `${String(id)}.git`);
  await mkdir(gitDir, { recursive: true });
  await runGit(gitDir, ['init', '--quiet', '--bare', '--initial-branch=main']);
  await configure(gitDir);
  return emptyRepository({ ...base, id, gitDir, organization: context.world.organizations.get(base.owner) ?? null });
}

async function configure(gitDir: string): Promise<void> {
  const settings = { 'gc.auto': '0', 'receive.advertiseAtomic': 'false', 'uploadpack.allowAnySHA1InWant': 'true', 'uploadpack.allowFilter': 'true' };
  for (const [name, value] of Object.entries(settings)) await runGit(gitDir, ['config', name, value]);
}

function emptyRepository(base: Pick<Repository, 'id' | 'owner' | 'name' | 'gitDir' | 'createdAt' | 'visibility' | 'parent' | 'organization'>): Repository {
  return {
    ...base,
    objects: createObjectStore(base.gitDir),
    defaultBranch: 'main',
    collaborators: new Map(),
    pulls: new Map(),
    issues: new Map(),
    activity: [],
    statuses: [],
    checkSuites: [],
    checkRuns: [],
    workflows: new Map(),
    runs: [],
    rulesets: [],
    ruleSuites: [],
    archived: false,
    environments: new Map(),
    deployments: [],
    releases: [],
    immutableReleases: false,
    signatures: new Map(),
    truncatedTrees: new Set(),
    queue: [],
    labels: new Map(),
    actions: { enabled: true, allowed: 'all', shaPinningRequired: false, selected: { githubOwned: true, verified: true, patterns: [] }, defaultToken: 'read', mayApprove: false },
    secrets: { values: new Map(), key: null },
    nextNumber: 1,
  };
}
