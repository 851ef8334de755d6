import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Decision } from '@sallyport/gates';
import { decisionText, ruleTexts } from '@sallyport/gates/testing';
import { ownGate } from './gate-under-test.ts';
import { attackedCase, healthyCase, readSuite, rowOf, twinCase } from './scenario.ts';
import type { Scenario } from './scenario.ts';

const suite = readSuite(import.meta.dirname);
const bases = ['merge', 'stage', 'release', 'override'];
const rows = suite.rows.filter(({ id }) => suite.scenarios.some((scenario) => rowOf(scenario) === id));
const kept = (name: string): string => join(import.meta.dirname, 'decisions', `${name}.txt`);

const healthy = new Map(await Promise.all(bases.map(async (base) => [base, (await ownGate(healthyCase(suite, base, 'plain'))) as Decision] as const)));

async function scenarioText(scenario: Scenario): Promise<string> {
  const base = healthy.get(scenario.facts);
  const known = base === undefined ? undefined : ruleTexts(base);
  const text = async (document: Parameters<typeof ownGate>[0]) => decisionText((await ownGate(document)) as Decision, known);
  return [`${scenario.id} ${scenario.name}`, await text(attackedCase(suite, scenario)), 'without the attack:', await text(twinCase(suite, scenario))].join('\n');
}

/** What a past decision said must come out again, to the byte, or replaying the record reports a difference (L8). */
describe('a decision says what it said before', () => {
  it.each(bases)('on the healthy %s document', async (base) => {
    await expect(`${decisionText(healthy.get(base) as Decision)}\n`).toMatchFileSnapshot(kept(`healthy-${base}`));
  });

  it.each(rows)('on every document of $id', async ({ id }) => {
    const texts = await Promise.all(suite.scenarios.filter((scenario) => rowOf(scenario) === id).map(scenarioText));
    await expect(`${texts.join('\n\n')}\n`).toMatchFileSnapshot(kept(id));
  });
});
