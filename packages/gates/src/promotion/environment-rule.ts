import type { Question } from '../create-gate.ts';
import { ruling } from '../ruling.ts';
import type { Finding, Ruling } from '../ruling.ts';
import { byText, listed } from '../wording.ts';
import { environmentOf } from './promotion-facts.ts';
import type { PromotionFacts } from './promotion-facts.ts';

/** Does the policy have this environment, and is this the gate in front of it? */
export function environmentRule(question: Question<PromotionFacts>): Ruling {
  const environment = environmentOf(question.policy, question.facts);
  const before = environment?.after?.environment;
  const summary = before === undefined ? `${question.facts.environment} comes after no other environment.` : `${question.facts.environment} comes after ${before}.`;
  return ruling('environment', findings(question), { summary });
}

function findings({ policy, facts }: Question<PromotionFacts>): readonly Finding[] {
  const environment = environmentOf(policy, facts);
  if (environment === null) {
    const names = policy.environments.map(({ name }) => name).sort(byText);
    const next = [{ who: 'whoever asks', what: names.length === 0 ? 'add the environment to the policy first' : `name one of ${listed(names)}` }];
    return [{ outcome: 'deny', reason: 'environment-unknown', summary: `The policy has no environment ${facts.environment}.`, next }];
  }
  const gate = environment.after === null ? 'stage' : 'release';
  if (gate === facts.gate) return [];
  const summary = `${facts.environment} is guarded by the ${gate} gate, not by the ${facts.gate} gate.`;
  return [{ outcome: 'deny', reason: 'other-gate', summary, next: [{ who: 'whoever asks', what: `gather ${gate} facts and ask the ${gate} gate` }] }];
}
