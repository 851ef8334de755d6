import type { AdmittedPattern, Environment } from './enforcement.ts';
import type { WantedRuleset } from './wanted-enforcement.ts';

/** One change to what GitHub enforces. */
export type SetupEffect =
  | { readonly kind: 'create-ruleset'; readonly ruleset: WantedRuleset }
  | { readonly kind: 'update-ruleset'; readonly id: number; readonly ruleset: WantedRuleset }
  /** Makes it, or changes how it admits; what else protects it is written as it was. */
  | { readonly kind: 'protect-environment'; readonly name: string; readonly keep: Pick<Environment, 'waitMinutes' | 'reviewers' | 'preventSelfReview'> }
  | { readonly kind: 'admit'; readonly environment: string; readonly pattern: Omit<AdmittedPattern, 'id'> }
  | { readonly kind: 'stop-admitting'; readonly environment: string; readonly pattern: AdmittedPattern }
  | { readonly kind: 'pin-actions'; readonly enabled: boolean; readonly allowed: 'all' | 'local_only' | 'selected' }
  | { readonly kind: 'restrict-token' }
  | { readonly kind: 'immutable-releases' }
  | { readonly kind: 'create-label'; readonly name: string };
