import type { Question } from '../create-gate.ts';
import type { NextStep } from '../decision.ts';
import { cutShort, ruling } from '../ruling.ts';
import type { Finding, Ruling } from '../ruling.ts';
import { short } from '../wording.ts';
import type { PromotionFacts } from './promotion-facts.ts';

/** Is another promotion to this environment under way? A job that asks at its start does not wait for itself. */
export function oneAtATimeRule({ facts }: Question<PromotionFacts>): Ruling {
  const { asking, environment, inFlight } = facts;
  const others = [...inFlight.items].filter(({ number }) => asking.for !== 'start' || number !== asking.number).sort((a, b) => a.number - b.number);
  const findings = others.map(({ number, tag, build, silentSince }): Finding => ({
    outcome: 'wait',
    reason: 'promotion-in-flight',
    summary: `Promotion ${number} to ${environment} (${short(build)}) has not ended.${silentSince === undefined ? '' : ' It should have by now: nobody knows what became of it.'}`,
    next: silentSince === undefined ? [{ who: `the deploy of ${tag}`, what: 'wait until it ends' }] : [silentStep(tag, environment)],
  }));
  const incomplete = inFlight.complete ? [] : [cutShort('promotions under way', inFlight.missing)];
  return ruling('one-at-a-time', [...findings, ...incomplete], { summary: `No other promotion to ${environment} is under way.`, evidence: others.map(({ tag }) => tag) });
}

/** A run that was cancelled has ended, as failed; then the way is free. */
const silentStep = (tag: string, environment: string): NextStep => ({ who: 'someone with write access', what: `look at the deploy of ${tag}: let it end, or cancel its run, which is then recorded as failed; after that let a newer build go, or ask for \`/rollback ${environment} …\`` });
