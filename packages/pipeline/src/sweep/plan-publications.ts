import type { EnvironmentPolicy, Policy } from '@sallyport/policy';
import semver from 'semver';
import { coverCommits } from '../cover-commits.ts';
import { promotionsTo } from '../ledger-state.ts';
import type { EndedPromotion, LedgerState } from '../ledger-state.ts';
import { plainVersion } from '../plain-version.ts';
import { renderPublication } from '../release/render-publication.ts';
import type { Courtesy } from './effect.ts';
import type { View } from './view.ts';

/** An old record may hold hundreds that were never published: what is left comes with the next sweeps. */
const mostAtOnce = 5;

/** Every version that came through to the end and is not published yet becomes a release, of the first build that brought it there. */
export async function planPublications(view: View): Promise<readonly Courtesy[]> {
  const { policy: { sealed: { value: policy } }, state } = view;
  return (await Promise.all(unpublished(state, policy).slice(0, mostAtOnce).map((arrival) => publish(view, arrival)))).flat();
}

/** Those that come after another, and that none comes after. */
const lastEnvironments = ({ environments }: Policy): readonly EnvironmentPolicy[] =>
  environments.filter(({ name, after }) => after !== null && !environments.some((other) => other.after?.environment === name));

type Arrival = { readonly environment: EnvironmentPolicy; readonly promotion: EndedPromotion };

/** The first arrival of each version that is not published, in whichever last environment that was, the earliest first. */
export function unpublished(state: LedgerState, policy: Policy): readonly Arrival[] {
  const arrivals = lastEnvironments(policy).flatMap((environment) => promotionsTo(state, environment.name).flatMap(({ end, ...promotion }) => (end?.outcome === 'succeeded' && semver.valid(promotion.version) !== null ? [{ environment, promotion: { ...promotion, end } }] : [])));
  const first = new Map<string, Arrival>();
  for (const arrival of arrivals.sort((one, other) => one.promotion.end.index - other.promotion.end.index)) {
    const plain = plainVersion(arrival.promotion.version);
    if (!state.published.has(plain) && !first.has(plain)) first.set(plain, arrival);
  }
  return [...first.values()];
}

async function publish({ outside, state, policy, repository, ledger }: View, { environment, promotion }: Arrival): Promise<readonly Courtesy[]> {
  const build = state.builds.get(promotion.build);
  if (build === undefined || ledger.checkpoint === null) return [];
  const version = plainVersion(promotion.version);
  const before = promotionsTo(state, environment.name).findLast(({ number, end }) => number < promotion.number && end?.outcome === 'succeeded');
  const { merges } = await coverCommits(outside.changes, state, { from: before?.commit ?? null, to: build.commit, branch: repository.defaultBranch });
  const checkpoint = { name: `sallyport-checkpoint-${ledger.head.size}`, text: ledger.checkpoint };
  const entry = { type: 'release-published', version, tag: `v${version}`, build: build.digest, environment: environment.name, number: promotion.number } as const;
  const body = renderPublication({ policy: policy.sealed.value, environment, build, promotion, merges, checkpoint: checkpoint.name });
  return [{ effect: 'publish-release', entry, commit: build.commit, body, checkpoint }];
}
