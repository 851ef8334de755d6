import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { applyPatch } from './json-patch.ts';
import type { Operation } from './json-patch.ts';

/** What a decision must say. `judged`: the reason given for one of the things that `rule` looked at. */
export type Expected = { readonly outcome: string; readonly rule?: string; readonly reason?: string; readonly judged?: string };

/** An attack on a gate, as a change of an otherwise healthy document. */
export type Scenario = {
  /** `M04.2`: the second scenario of row M04. */
  readonly id: string;
  /** What happens, in a sentence. */
  readonly name: string;
  /** Name of a file in `policies`. */
  readonly policy: string;
  /** Name of a file in `base`. */
  readonly facts: string;
  /** The clocks when the document is judged, and its twin; left out: both as the base says. */
  readonly now?: Clocks;
  readonly twinNow?: Clocks;
  /** What the document and its twin have in common beyond the base. */
  readonly given?: readonly Operation[];
  /** What only the document has. */
  readonly attack: readonly Operation[];
  readonly expect: Expected;
  /** What the decision on the twin must say; left out: that it is allowed. */
  readonly twin?: Expected;
};

/** ISO 8601; null: the server tells no time. */
export type Clocks = { readonly serverAt: string | null; readonly localAt: string };

/** One row of the table of threats. `noDocument`: no document shows it; it is played on the part that has to withstand it, or on a simulated GitHub. */
export type ThreatRow = { readonly id: string; readonly attack: string; readonly noDocument?: boolean; readonly reported?: { readonly what: string; readonly page: string; readonly says: string } };

/** All that a gate is given: the format of `sallyport gate … --facts`. */
export type Case = { readonly case: 1; readonly policy: string; readonly facts: unknown; readonly now: Clocks };

export type Suite = { readonly rows: readonly ThreatRow[]; readonly scenarios: readonly Scenario[]; readonly folder: string };

export const rowOf = ({ id }: { readonly id: string }): string => id.split('.')[0] ?? id;

/** Reads the suite. Throws when two scenarios share an id or one belongs to no row. */
export function readSuite(folder: string): Suite {
  const rows = readJson(join(folder, 'ids.json')) as readonly ThreatRow[];
  const files = readdirSync(join(folder, 'scenarios')).sort();
  const scenarios = files.flatMap((file) => readJson(join(folder, 'scenarios', file)) as readonly Scenario[]);
  const ids = new Set(rows.map(({ id }) => id));
  const seen = new Set<string>();
  for (const { id } of scenarios) {
    if (!ids.has(rowOf({ id }))) throw new Error(`Scenario ${id} belongs to no row of ids.json.`);
    if (seen.has(id)) throw new Error(`There are two scenarios ${id}.`);
    seen.add(id);
  }
  return { rows, scenarios, folder };
}

/** A base with nothing changed. */
export const healthyCase = (suite: Suite, base: string, policy: string): Case => documentOf(suite, { facts: base, policy }, [], undefined);

/** The whole document that the attacked gate is given. */
export const attackedCase = (suite: Suite, scenario: Scenario): Case => documentOf(suite, scenario, [...(scenario.given ?? []), ...scenario.attack], scenario.now);

/** The same document without the attack. */
export const twinCase = (suite: Suite, scenario: Scenario): Case => documentOf(suite, scenario, scenario.given ?? [], scenario.twinNow);

function documentOf({ folder }: Suite, { facts, policy }: Pick<Scenario, 'facts' | 'policy'>, operations: readonly Operation[], now: Clocks | undefined): Case {
  const base = readJson(join(folder, 'base', `${facts}.json`)) as { readonly now: string; readonly facts: unknown };
  return { case: 1, policy: readFileSync(join(folder, 'policies', `${policy}.yml`), 'utf8'), facts: applyPatch(base.facts, operations), now: now ?? { serverAt: base.now, localAt: base.now } };
}

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
