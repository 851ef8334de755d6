import type { EnvironmentPolicy, Policy } from '@sallyport/policy';
import type { Fact } from '../facts/fact.ts';
import type { ReleaseFacts } from '../facts/release-facts.ts';
import type { StageFacts } from '../facts/stage-facts.ts';

/** What the stage gate and the release gate both look at. */
export type PromotionFacts = StageFacts | ReleaseFacts;

/** The environment the build wants to enter, as the policy has it. */
export const environmentOf = ({ environments }: Policy, { environment }: { readonly environment: string }): EnvironmentPolicy | null => environments.find(({ name }) => name === environment) ?? null;

/** The value of a fact, null when it is not known: for words and comparisons that another rule already guards. */
export const valueOf = <T>(fact: Fact<T>): T | null => ('known' in fact ? fact.known : null);

/** `1.8.0-rc.3 to production`. */
export function promotionSubject(facts: PromotionFacts): string {
  return `${valueOf(facts.build)?.version ?? 'a build that is not known'} to ${facts.environment}`;
}
