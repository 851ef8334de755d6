import { differenceOf } from './compare.ts';
import type { Depth } from './compare.ts';
import type { GateUnderTest, SeenDecision } from './gate-under-test.ts';
import { attackedCase, rowOf, twinCase } from './scenario.ts';
import type { Case, Expected, Scenario, Suite } from './scenario.ts';

/** `outcome`: what the gate answered to the attack; null when it gave no answer. `misses`: empty when all was as expected. */
export type ScenarioResult = { readonly id: string; readonly row: string; readonly name: string; readonly outcome: string | null; readonly misses: readonly string[] };

const allowed: Expected = { outcome: 'allow' };

/** Asks a gate about the attack and about its twin. Never throws for what the gate does. */
export async function runScenario(suite: Suite, scenario: Scenario, gate: GateUnderTest, depth: Depth = 'reasons'): Promise<ScenarioResult> {
  const attack = await ask(gate, attackedCase(suite, scenario), scenario.expect, depth);
  const twin = await ask(gate, twinCase(suite, scenario), scenario.twin ?? allowed, depth);
  const misses = [...(attack.miss === null ? [] : [attack.miss]), ...(twin.miss === null ? [] : [`without the attack: ${twin.miss}`])];
  return { id: scenario.id, row: rowOf(scenario), name: scenario.name, outcome: attack.decision?.outcome ?? null, misses };
}

type Asked = { readonly decision: SeenDecision | null; readonly miss: string | null };

async function ask(gate: GateUnderTest, document: Case, expected: Expected, depth: Depth): Promise<Asked> {
  try {
    const decision = await gate(document);
    return { decision, miss: differenceOf(decision, expected, depth) };
  } catch (error) {
    return { decision: null, miss: error instanceof Error ? error.message : String(error) };
  }
}
