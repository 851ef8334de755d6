import type { Instant } from '@sallyport/calendar';
import type { TestPolicy } from '@sallyport/policy';
import { known, unknown } from '../facts/fact.ts';
import type { Fact } from '../facts/fact.ts';
import type { MergeFacts, RunFact } from '../facts/merge-facts.ts';
import { judgedCommit } from './judged-commit.ts';
import type { JudgedCommit } from './judged-commit.ts';
import type { Readings } from './readings.ts';

export type AppTest = Extract<TestPolicy, { readonly from: 'app' }>;
export type WorkflowTest = Extract<TestPolicy, { readonly from: 'workflow' }>;

/** What every test of a decision is judged with. */
export type TestContext = {
  readonly facts: MergeFacts;
  readonly commit: JudgedCommit;
  /** Whatever ran at or before this was about another base; null when the base never moved. */
  readonly baseMovedAt: Instant | null;
  readonly runs: ReadonlyMap<number, Fact<RunFact>>;
};

export const testContext = (facts: MergeFacts, { baseMovedAt }: Readings): TestContext => ({ facts, commit: judgedCommit(facts), baseMovedAt, runs: runsById(facts.runs.items) });

/** A run that is listed twice is not known: the two may say different things. */
function runsById(items: readonly RunFact[]): ReadonlyMap<number, Fact<RunFact>> {
  const runs = new Map<number, Fact<RunFact>>();
  for (const run of items) runs.set(run.id, runs.has(run.id) ? unknown(`run ${run.id} is listed more than once`) : known(run));
  return runs;
}
