import { completeList, contributorsOf, known, partialList } from '@sallyport/gates';
import type { FactList, MergeFacts, OverrideFacts, Person } from '@sallyport/gates';
import type { OverridePolicy } from '@sallyport/policy';
import { buildFact } from './gather-promotion-facts.ts';
import { allowedMerges, lastSucceeded } from './ledger-state.ts';
import type { LedgerState } from './ledger-state.ts';
import type { Changes, Desk, OverrideRequest, RepositoryFact } from './ports.ts';

type Sources = { readonly changes: Changes; readonly desk: Desk; readonly repository: RepositoryFact; readonly state: LedgerState };

/** What the override gate needs. `rule` is the policy's for the environment; null when it has none (then nobody can approve). */
export async function gatherOverrideFacts(sources: Sources, request: OverrideRequest, rule: OverridePolicy | null): Promise<OverrideFacts> {
  const { state, desk, repository } = sources;
  const [approvals, contributors] = await Promise.all([
    rule === null ? completeList([]) : desk.gatherApprovals(request, rule.approvers.team),
    gatherContributors(sources, request.environment, request.build),
  ]);
  return { schema: 1, gate: 'override', repository, request, build: buildFact(state, request.build), contributors, approvals, granted: known(state.grants.get(request.id) ?? null) };
}

/**
 * Everyone who contributed to what would be new in `environment`: for each commit between what runs there and the
 * build, the contributors of the change that brought it, as recorded when that change was allowed to merge.
 */
async function gatherContributors({ changes, repository, state }: Sources, environment: string, digest: string): Promise<FactList<Person>> {
  const build = state.builds.get(digest);
  if (build === undefined) return partialList([], 'the build is not registered, so its changes are not known');
  const commits = await changes.listCommits(lastSucceeded(state, environment)?.commit ?? null, build.commit);
  const merges = allowedMerges(state);
  const missing = commits.complete ? [] : [commits.missing];
  const found = new Map<number, MergeFacts>();
  for (const commit of commits.items) {
    const merge = merges.find((facts) => bringsCommit(facts, commit)) ?? (await mergeOfLanding(changes, merges, commit, repository.defaultBranch));
    if (merge === undefined) missing.push(`no recorded merge decision covers commit ${commit.slice(0, 12)}`);
    else found.set(merge.pullRequest.number, merge);
  }
  const people = new Map<number, Person>();
  for (const facts of found.values()) {
    const contributors = contributorsOf(facts);
    if (!contributors.complete) missing.push(`#${facts.pullRequest.number}: ${contributors.missing}`);
    for (const person of contributors.items) people.set(person.id, person);
  }
  const items = [...people.values()].sort((a, b) => a.id - b.id);
  return missing.length === 0 ? completeList(items) : partialList(items, missing.join('; '));
}

const bringsCommit = (facts: MergeFacts, commit: string): boolean => facts.pullRequest.head.sha === commit || facts.commits.items.some(({ sha }) => sha === commit);

async function mergeOfLanding(changes: Changes, merges: readonly MergeFacts[], commit: string, branch: string): Promise<MergeFacts | undefined> {
  const landing = await changes.findLanding(commit, branch);
  const change = 'known' in landing ? landing.known.change : null;
  return change === null ? undefined : merges.find(({ pullRequest }) => pullRequest.number === change.number && pullRequest.head.sha === change.headSha);
}

