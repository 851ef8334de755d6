import { overrideRuleOf } from '@sallyport/gates';
import { coverCommits } from '../cover-commits.ts';
import { lastSucceeded } from '../ledger-state.ts';
import { renderOverridePage } from '../release/render-override-page.ts';
import type { OverrideQuestion } from '../release/render-override-page.ts';
import type { View } from './view.ts';

/** The page that a lead reads, with what lies between what runs and the build; null where the policy offers no override any more. */
export async function overridePage({ state, policy, outside, repository }: View, asked: Pick<OverrideQuestion, 'environment' | 'build' | 'requester' | 'form'>): Promise<string | null> {
  const rule = overrideRuleOf(policy.sealed.value, asked);
  if (rule === null) return null;
  const running = lastSucceeded(state, asked.environment);
  const { merges, uncovered, missing } = await coverCommits(outside.changes, state, { from: running?.commit ?? null, to: asked.build.commit, branch: repository.defaultBranch });
  const gaps = [...uncovered.map((commit) => `no merge decision covers ${commit.slice(0, 12)}`), ...(missing === null ? [] : [missing])];
  return renderOverridePage({ ...asked, state, rule, merges, missing: gaps.length === 0 ? null : gaps.join('; ') });
}
