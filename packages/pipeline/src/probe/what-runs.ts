import { driftIn, lastSucceeded, openPromotions } from '../ledger-state.ts';
import type { LedgerState } from '../ledger-state.ts';

/** What the ledger says an environment runs: what was last promoted there with success. Null: nothing was, yet. */
export function whatRuns(state: LedgerState, environment: string) {
  const promotion = lastSucceeded(state, environment);
  if (promotion?.end == null) return null;
  const { version, build, commit, number, tag, end } = promotion;
  const drift = driftIn(state, environment);
  return {
    schema: 1,
    environment,
    version,
    build,
    commit,
    artifacts: state.builds.get(build)?.artifacts ?? [],
    number,
    tag,
    since: end.endedAt,
    /** While one is, the environment may run either. */
    underWay: openPromotions(state, environment).map((one) => ({ version: one.version, build: one.build, number: one.number, tag: one.tag })),
    ...(drift === null ? {} : { drift: { run: drift.run, at: drift.at } }),
  } as const;
}

export type Running = NonNullable<ReturnType<typeof whatRuns>>;
