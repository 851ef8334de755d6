import type { Instant } from '@sallyport/calendar';
import type { TestPolicy } from '@sallyport/policy';
import type { MergeFacts } from '../facts/merge-facts.ts';
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
};

export const testContext = (facts: MergeFacts, { baseMovedAt }: Readings): TestContext => ({ facts, commit: judgedCommit(facts), baseMovedAt });
