import { decideRelease, releaseFacts, seal } from '@sallyport/gates';
import { calendarsAt, gatherReleaseFacts, readPolicy } from '@sallyport/pipeline';
import type { RecordedPromotion, RegisteredBuild } from '@sallyport/pipeline';
import * as z from 'zod';
import { base, landChange, later, setVersion } from '../change.ts';
import { decodeDecision } from '../decode-decision.ts';
import { pacific } from '../pacific.ts';
import { readRecord } from '../questions.ts';
import type { Scene } from '../scene.ts';

const issue = z.object({ number: z.int() });
const issues = z.array(z.object({ number: z.int(), title: z.string() }));
const advisory = 'GHSA-9f4x-2v7m-5c3p';

/** An urgent fix goes out on Thursday: reviewed, tested and staged as ever, and approved by a security lead, for this once. */
export async function overrideOnThursday(scene: Scene): Promise<void> {
  const { narrator, people, simulator } = scene;
  narrator.act(5, 'Thursday: a security fix goes out under an override, once');
  simulator.clock.set(pacific('thursday', '13:00'));
  await landChange(scene, {
    author: people.ada,
    reviewer: people.ben,
    branch: 'escape-names',
    title: 'Escape product names',
    edit: async (clone) => {
      await setVersion(clone, '1.8.1');
      await clone.write('SECURITY-FIXES.md', `# 1.8.1\n\n${advisory}: product names are escaped.\n`);
    },
  });
  const { state } = await readRecord(scene);
  const fix = [...state.builds.values()].at(-1);
  if (fix === undefined || !fix.version.startsWith('1.8.1')) return narrator.expect('the fix is built', false, fix?.version ?? 'no build');
  narrator.expect(`staging serves the fix, ${fix.version}`, (await scene.staging.version())?.version === fix.version, JSON.stringify(await scene.staging.version()));
  const request = await requestOverride(scene, fix);
  await approveOverride(scene, fix, request);
  await tryTwice(scene, fix);
  await checkReviewTask(scene);
}

async function requestOverride(scene: Scene, fix: RegisteredBuild): Promise<number> {
  const { people, narrator, simulator } = scene;
  const body = ['```sallyport-override', `build: ${fix.digest}`, 'environment: production', 'reason: stored script in product names is being exploited', `advisory: ${advisory}`, '```'].join('\n');
  const { number } = issue.parse(await people.lena.must('POST', `${base}/issues`, { title: `Override: ${fix.version} to production`, body, labels: ['sallyport-override'] }));
  narrator.did('lena', `of the security leads requests an override for ${fix.version} in issue #${number}: ${advisory}`);
  await simulator.idle();
  later(scene);
  await people.lena.must('POST', `${base}/issues/${number}/comments`, { body: approval(fix) });
  narrator.did('lena', 'approves her own request');
  await simulator.idle();
  const { state } = await readRecord(scene);
  const made = state.decisions.findLast(({ gate }) => gate === 'override');
  if (made !== undefined) narrator.answered(decodeDecision(made.decision));
  narrator.expect("the requester's own approval is refused", made?.outcome === 'wait' && state.grants.size === 0, made?.outcome ?? 'no decision');
  return number;
}

const approval = (fix: RegisteredBuild): string => `/approve production ${fix.digest.slice(0, 'sha256:'.length + 12)}`;

async function approveOverride(scene: Scene, fix: RegisteredBuild, request: number): Promise<void> {
  const { people, narrator, simulator, production } = scene;
  later(scene);
  await people.lou.must('POST', `${base}/issues/${request}/comments`, { body: approval(fix) });
  narrator.did('lou', `of the security leads approves: ${approval(fix)}`);
  const approvedAt = simulator.clock.now();
  await simulator.idle();
  const seconds = Math.round((simulator.clock.now() - approvedAt) / 1000);
  const served = await production.version();
  const { state } = await readRecord(scene);
  const promotion = productionPromotions(state.promotions).at(-1);
  tellDecision(scene, state.decisions, promotion);
  narrator.expect('another lead’s approval counts', state.grants.size === 1, `${state.grants.size} grants`);
  narrator.expect('production serves the fix within the minute', served?.version === fix.version && seconds <= 60, `${JSON.stringify(served)} after ${seconds} s`);
}

const productionPromotions = (promotions: ReadonlyMap<string, readonly RecordedPromotion[]>): readonly RecordedPromotion[] => promotions.get('production') ?? [];

function tellDecision(scene: Scene, decisions: readonly { readonly index: number; readonly decision: Record<string, unknown> }[], promotion: RecordedPromotion | undefined): void {
  const made = decisions.find(({ index }) => index === promotion?.decisionIndex);
  if (made !== undefined) scene.narrator.answered(decodeDecision(made.decision));
}

/** Once more with the same override: by asking again, and by running the same deploy again. */
async function tryTwice(scene: Scene, fix: RegisteredBuild): Promise<void> {
  const { narrator, people, simulator, outside } = scene;
  const reading = await readPolicy(outside.policy);
  const { state } = await readRecord(scene);
  const environment = reading.state === 'valid' ? reading.current.sealed.value.environments.find(({ name }) => name === 'production') : undefined;
  if (reading.state !== 'valid' || environment === undefined) throw new Error('The story has no policy for production.');
  const question = { environment, build: fix.digest, asking: { for: 'promotion' } } as const;
  const now = await outside.clock.read();
  const calendars = calendarsAt(outside.calendars, reading.current.sealed.value, now);
  const facts = seal(releaseFacts, await gatherReleaseFacts({ changes: outside.changes, desk: outside.desk, probes: outside.probes, at: now.serverAt ?? now.localAt, builds: outside.builds, trustRoots: outside.trustRoots, policy: reading.current.sealed.value, calendars, repository: await outside.changes.repository(), state, unreadCommands: null }, question));
  const decision = decideRelease(reading.current.sealed, facts, now);
  scene.cases.keep({ decision, facts, policy: reading.current });
  narrator.did('dana', `asks whether ${fix.version} may go to production once more`);
  narrator.answered(decision);
  const used = decision.rules.flatMap(({ judged }) => judged).some(({ reason }) => reason === 'override-used');
  narrator.expect('a second use is refused', decision.outcome !== 'allow' && used, `${decision.outcome}, override ${used ? 'used' : 'not seen as used'}`);

  const promotion = productionPromotions(state.promotions).at(-1);
  const runId = promotion?.end?.runId;
  if (runId === null || runId === undefined) return narrator.expect('the deploy left a run', false, 'no run recorded');
  await people.mallory.must('POST', `${base}/actions/runs/${runId}/rerun`);
  narrator.did('mallory', `runs the deploy of ${promotion?.tag ?? 'production'} again`);
  await simulator.idle();
  const run = z.object({ conclusion: z.string().nullable(), run_attempt: z.int() }).parse(await people.mallory.must('GET', `${base}/actions/runs/${runId}`));
  narrator.expect('the deploy asks again, and its number is used up', run.run_attempt === 2 && run.conclusion === 'failure', JSON.stringify(run));
}

async function checkReviewTask(scene: Scene): Promise<void> {
  const open = issues.parse(await scene.people.dana.must('GET', `${base}/issues?state=open&labels=sallyport-review`));
  const { state } = await readRecord(scene);
  const due = [...state.reviews.values()].at(-1)?.dueAt;
  scene.narrator.expect('a review task is open, with a due date in the ledger', open.length === 1 && due !== undefined, `${open.length} open, due ${due ?? 'never'}`);
  if (open[0] !== undefined) scene.narrator.did('gatekeeper', `opened #${open[0].number} “${open[0].title}”, due ${due ?? ''}`);
}
