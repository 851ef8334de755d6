import * as core from '@actions/core';
import type { EarlyAnswer } from '@sallyport/github';
import { describeEffect, describeMade, oneLine, renderSweep, sweep } from '@sallyport/pipeline';
import { connectKeeper } from '../../src/connect-keeper.ts';
import { InputError } from '../../src/input-error.ts';
import { readBooleanInput } from '../../src/inputs.ts';
import { runAction } from '../../src/run-action.ts';
import { readRunnerEnvironment } from '../../src/runner-environment.ts';

/** Whoever has the address of a webhook can write there. */
function masked(text: string): string | null {
  if (text === '') return null;
  core.setSecret(text);
  return text;
}

/** One sweep: looks, decides, applies. */
export async function keepGate(ahead: EarlyAnswer | null): Promise<void> {
  await runAction(async () => {
    const runner = readRunnerEnvironment(process.env);
    const dryRun = readBooleanInput((name) => core.getInput(name), 'dry-run');
    const { outside, openLedger } = connectKeeper(runner, { ahead, webhooks: { slack: masked(core.getInput('slack-webhook')), teams: masked(core.getInput('teams-webhook')) } });
    const report = await sweep(outside, { dryRun, openLedger, onEffect: (effect) => core.info(describeEffect(effect)) });
    core.setOutput('state', report.state);
    core.setOutput('plan', JSON.stringify(report.effects));
    for (const made of report.decisions) core.info(describeMade(made));
    for (const { code, message } of report.notes) core.notice(oneLine(message), { title: code });
    await core.summary.addRaw(renderSweep(report), true).write();
    if (report.state !== 'swept' && report.state !== 'planned') throw new InputError('not-judged', report.problems.join('\n'));
  });
}
