import * as core from '@actions/core';
import type { EarlyAnswer } from '@sallyport/github';
import { annotateDecision, explainMissing, failWithoutPolicy, oneLine, readPolicy, reasonPages, renderDecision, renderDecisionTitle, runMergeGate } from '@sallyport/pipeline';
import type { MergeTarget } from '@sallyport/pipeline';
import { connectKeeper } from '../../src/connect-keeper.ts';
import { InputError } from '../../src/input-error.ts';
import { readFolderInput } from '../../src/inputs.ts';
import { describeError, runAction } from '../../src/run-action.ts';
import { readRunnerEnvironment } from '../../src/runner-environment.ts';
import { guardedBranches, listEverything, listTargets } from './list-targets.ts';
import { nameTarget, outcomeKey } from './name-target.ts';
import { selectTargets } from './select-targets.ts';
import { takeBack } from './take-back.ts';

/** Below GitHub's 1 MiB for a step, which several pull requests may have to share. */
const summaryBytes = 120_000;

/** Judges what the event or the input names, and posts what came of it. */
export async function judgeChanges(ahead: EarlyAnswer | null): Promise<void> {
  await runAction(async () => {
    const runner = readRunnerEnvironment(process.env);
    const selection = selectTargets({ input: core.getInput('pull-request'), event: runner.event });
    const { outside, openLedger } = connectKeeper(runner, { ahead, cacheDirectory: readFolderInput((name) => core.getInput(name), 'cache-directory') });
    const reading = readPolicy(outside.policy);
    // Its failure is met by whoever awaits it first.
    reading.catch(() => undefined);
    const targets = await listTargets(outside.changes, reading, selection);
    const outcomes = new Map<string, string>();
    const failures: string[] = [];
    const unjudged = new Map<string, string>();

    const judge = async (target: MergeTarget): Promise<void> => {
      const judgement = await runMergeGate(outside, reading, target, { openLedger, render: (decision) => ({ title: renderDecisionTitle(decision), summary: renderDecision(decision), annotations: annotateDecision(decision) }) });
      if (judgement.state === 'no-pull-request') throw new InputError('no-pull-request', `There is no such pull request in ${runner.repository.owner}/${runner.repository.name}.`, { next: 'Check the input `pull-request`; without it, the event says which.' });
      if (judgement.state === 'overtaken') throw new InputError('overtaken', 'Others kept judging it at the same time, and what they posted stands.', { next: 'Run this again if it should have been this judgement.' });
      if (judgement.state !== 'decided') return;
      const { decision } = judgement;
      const said = oneLine(`${nameTarget(target)}: ${decision.outcome}: ${renderDecisionTitle(decision)}`);
      outcomes.set(outcomeKey(target), decision.outcome);
      if (decision.outcome === 'unknown') core.warning(`${said}. See ${reasonPages(decision).join(' and ')}`);
      else core.info(said);
      core.summary.addRaw(renderDecision(decision, { maximumBytes: summaryBytes }), true);
    };
    for (const target of targets) {
      // One that cannot be judged must not keep the others from losing a yes that no longer holds.
      await judge(target).catch((error: unknown) => {
        failures.push(`${nameTarget(target)}: ${describeError(error)}`);
        if (!(error instanceof InputError)) unjudged.set(outcomeKey(target), describeError(error));
      });
    }

    if (outcomes.size > 0) await core.summary.write();
    if (targets.length === 0) core.info('Nothing to judge.');
    const [only] = targets;
    core.setOutput('outcomes', JSON.stringify(Object.fromEntries(outcomes)));
    core.setOutput('outcome', only === undefined || targets.length > 1 ? '' : (outcomes.get(outcomeKey(only)) ?? 'unknown'));
    const read = await reading;
    if (read.state !== 'valid') {
      for (const { headSha } of await listEverything(outside.changes, await guardedBranches(outside.changes, reading))) await failWithoutPolicy(outside, headSha, read);
      throw new InputError('policy-unusable', explainMissing(read, 'nothing may merge'));
    }
    if (unjudged.size > 0) await takeBack(outside, reading, unjudged);
    if (failures.length > 0) throw new InputError('not-judged', failures.join('\n'));
  });
}
