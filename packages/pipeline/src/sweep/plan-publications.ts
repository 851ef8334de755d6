import type { EnvironmentPolicy, Policy } from '@sallyport/policy';
import semver from 'semver';
import { coverCommits } from '../cover-commits.ts';
import { promotionsTo } from '../ledger-state.ts';
import type { EndedPromotion, LedgerState } from '../ledger-state.ts';
import { plainVersion } from '../plain-version.ts';
import { renderPublication } from '../release/render-publication.ts';
import type { Courtesy } from './effect.ts';
import type { View } from './view.ts';

/** Every version that came through to the end and is not published yet becomes a release, of the first build that brought it there. */
export async function planPublications(view: View): Promise<readonly Courtesy[]> {
  const { policy: { sealed: { value: policy } }, state } = view;
  const plans = lastEnvironments(policy).flatMap((environment) => unpublished(state, environment).map((promotion) => publish(view, environment, promotion)));
  return (await Promise.all(plans)).flat();
}

/** Those that come after another, and that none comes after. */
const lastEnvironments = ({ environments }: Policy): readonly EnvironmentPolicy[] =>
  environments.filter(({ name, after }) => after !== null && !environments.some((other) => other.after?.environment === name));

function unpublished(state: LedgerState, { name }: EnvironmentPolicy): readonly EndedPromotion[] {
  const first = new Map<string, EndedPromotion>();
  for (const promotion of promotionsTo(state, name)) {
    const { version, end } = promotion;
    if (end?.outcome !== 'succeeded' || semver.valid(version) === null) continue;
    const plain = plainVersion(version);
    if (!state.published.has(plain) && !first.has(plain)) first.set(plain, { ...promotion, end });
  }
  return [...first.values()];
}

async function publish({ outside, state, policy, repository, ledger }: View, environment: EnvironmentPolicy, promotion: EndedPromotion): Promise<readonly Courtesy[]> {
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
