import { completeList, contributorsOf, known, overrideRuleOf, partialList } from '@sallyport/gates';
import type { FactList, OverrideFacts, Person } from '@sallyport/gates';
import type { Policy } from '@sallyport/policy';
import { coverCommits } from './cover-commits.ts';
import { buildFact } from './gather-promotion-facts.ts';
import { allowedMerges, lastRelease, lastSucceeded } from './ledger-state.ts';
import type { LedgerState } from './ledger-state.ts';
import type { Changes, Desk, OverrideRequest, RepositoryFact } from './ports.ts';

type Sources = { readonly changes: Changes; readonly desk: Desk; readonly repository: RepositoryFact; readonly state: LedgerState };

/** What the override gate needs. Where the policy has no override for the environment nobody can approve. */
export async function gatherOverrideFacts(sources: Sources, request: OverrideRequest, policy: Policy): Promise<OverrideFacts> {
  const { state, desk, repository } = sources;
  const rule = overrideRuleOf(policy, request);
  const [approvals, contributors] = await Promise.all([
    rule === null ? completeList([]) : desk.gatherApprovals(request, rule.approvers.team, openReleases(state, request.environment)),
    gatherContributors(sources, policy, request),
  ]);
  return { schema: 1, gate: 'override', repository, request, build: buildFact(state, request.build), contributors, approvals, granted: known(state.grants.get(request.id) ?? null) };
}

/** Where approvals may be given besides the request's own issue. */
function openReleases(state: LedgerState, environment: string): readonly number[] {
  const release = lastRelease(state, environment);
  return release === null ? [] : [release.issue];
}

/**
 * Everyone who contributed to what would be new in `environment`: for each commit between what runs there and the
 * build, the contributors of the change that brought it, as recorded when that change was allowed to merge.
 */
async function gatherContributors({ changes, repository, state }: Sources, policy: Policy, { environment, build: digest }: OverrideRequest): Promise<FactList<Person>> {
  const build = state.builds.get(digest);
  if (build === undefined) return partialList([], 'the build is not registered, so its changes are not known');
  const running = lastSucceeded(state, environment);
  const coverage = await coverCommits(changes, state, { from: running?.commit ?? null, to: build.commit, branch: repository.defaultBranch });
  const missing = [...(coverage.missing === null ? [] : [coverage.missing]), ...coverage.uncovered.map((commit) => `no recorded merge decision covers commit ${commit.slice(0, 12)}`)];
  // Where nothing ran yet, everything ever recorded is new there.
  const merges = running === null ? allowedMerges(state) : coverage.merges;
  const people = new Map<number, Person>();
  for (const facts of merges) {
    const contributors = contributorsOf(policy.merge.review, facts);
    if (!contributors.complete) missing.push(`#${facts.pullRequest.number}: ${contributors.missing}`);
    for (const person of contributors.items) people.set(person.id, person);
  }
  const items = [...people.values()].sort((a, b) => a.id - b.id);
  return missing.length === 0 ? completeList(items) : partialList(items, missing.join('; '));
}
