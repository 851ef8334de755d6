import { atHead, judgeMerge, openLedgerReader, readPolicy, readState, requireIntact } from '@sallyport/pipeline';
import type { LedgerState } from '@sallyport/pipeline';
import type { Decision } from '@sallyport/gates';
import type { VerifiedLedger } from '@sallyport/ledger';
import * as z from 'zod';
import { decodeDecision } from './decode-decision.ts';
import { repository } from './scene.ts';
import type { Scene } from './scene.ts';

/** Asks the merge gate as `sallyport gate merge <number>` does, tells the answer and keeps it. */
export async function askMergeGate(scene: Scene, number: number): Promise<Decision> {
  const judged = await judgeMerge(scene.outside, atHead(number));
  if (judged.state !== 'decided') throw new Error(`The merge gate could not judge #${number}: ${judged.state}`);
  scene.cases.keep(judged);
  scene.narrator.answered(judged.decision);
  return judged.decision;
}

const checkRuns = z.object({ check_runs: z.array(z.object({ name: z.string(), status: z.string(), conclusion: z.string().nullable(), app: z.object({ slug: z.string() }).nullable() })) });

/** What the gatekeeper's own check on a commit says: a conclusion, `pending`, or `absent`. */
export async function readMergeCheck(scene: Scene, sha: string): Promise<string> {
  const answer = checkRuns.parse(await scene.people.dana.must('GET', `/repos/${repository.owner}/${repository.name}/commits/${sha}/check-runs?check_name=${encodeURIComponent('sallyport/merge')}`));
  const own = answer.check_runs.filter(({ app }) => app?.slug === scene.keeper);
  if (own.length > 1) return `${own.length} checks`;
  const [check] = own;
  return check === undefined ? 'absent' : (check.conclusion ?? 'pending');
}

export type Record = { readonly ledger: VerifiedLedger; readonly state: LedgerState };

/** The ledger as anyone may read it, verified with the key in the policy. */
export async function readRecord(scene: Scene): Promise<Record> {
  const reading = await readPolicy(scene.outside.policy);
  if (reading.state !== 'valid') throw new Error(`The story's policy is ${reading.state}.`);
  const ledger = requireIntact(await openLedgerReader(scene.outside.ledger, { policy: reading.current.sealed.value, repository }).read(), 'the story cannot go on');
  return { ledger, state: readState(ledger) };
}

/** The latest recorded decision of the release gate on a version, told. */
export async function readReleaseDecision(scene: Scene, version: string): Promise<Decision | null> {
  const { state } = await readRecord(scene);
  const made = state.decisions.findLast(({ gate, subject }) => gate === 'release' && subject.includes(version));
  return made === undefined ? null : decodeDecision(made.decision);
}
