import * as core from '@actions/core';
import { failWithoutPolicy, readPolicy, refuseSharedHead, renderDecision, renderDecisionTitle, runMergeGate } from '@sallyport/pipeline';
import { connectKeeper } from '../../src/connect-keeper.ts';
import { runAction } from '../../src/run-action.ts';
import { readRunnerEnvironment } from '../../src/runner-environment.ts';
import { pullRequestsToJudge, sharingHead } from './pull-requests.ts';

await runAction(async () => {
  const runner = readRunnerEnvironment(process.env);
  const { outside, openLedger } = connectKeeper(runner);
  const reading = await readPolicy(outside.policy);
  const open = await outside.changes.listOpen(reading.state === 'valid' ? reading.current.sealed.value.merge.into : [(await outside.changes.repository()).defaultBranch]);
  if (reading.state !== 'valid') {
    for (const { headSha } of open) await failWithoutPolicy(outside, headSha, reading);
    throw new Error(`${reading.path} on the default branch is ${reading.state === 'policy-missing' ? 'missing' : 'not valid'}, so nothing may merge. Run \`sallyport policy check\`.`);
  }
  const asked = pullRequestsToJudge({ input: core.getInput('pull-request'), event: runner.event, open: open.map(({ number }) => number) });
  const outcomes: Record<string, string> = {};
  for (const number of asked) {
    const sharing = sharingHead(open, number);
    if (sharing.length > 1) {
      // GitHub shows one check to both, and the yes to one would admit the other.
      await refuseSharedHead(outside, sharing);
      outcomes[String(number)] = 'deny';
      core.warning(`#${number} shares its head with another open pull request and is not judged.`);
      continue;
    }
    const judgement = await runMergeGate(outside, reading.current, number, { openLedger, render: (decision) => ({ title: renderDecisionTitle(decision), summary: renderDecision(decision) }) });
    if (judgement.state === 'no-pull-request') throw new Error(`There is no pull request #${number} in ${runner.repository.owner}/${runner.repository.name}.`);
    outcomes[String(number)] = judgement.decision.outcome;
    core.info(`#${number}: ${judgement.decision.outcome}: ${renderDecisionTitle(judgement.decision)}`);
    core.summary.addRaw(renderDecision(judgement.decision), true);
    if (judgement.decision.outcome === 'unknown') core.warning(`#${number} cannot be judged: ${renderDecisionTitle(judgement.decision)}`);
  }
  if (asked.length === 0) core.info('No open pull request to judge.');
  else await core.summary.write();
  core.setOutput('outcomes', JSON.stringify(outcomes));
  core.setOutput('outcome', asked.length === 1 ? (outcomes[String(asked[0])] ?? 'unknown') : '');
});
