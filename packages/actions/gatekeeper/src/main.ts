import * as core from '@actions/core';
import { describeEffect, describeMade, oneLine, renderSweep, sweep } from '@sallyport/pipeline';
import { connectKeeper } from '../../src/connect-keeper.ts';
import { InputError } from '../../src/input-error.ts';
import { readBooleanInput } from '../../src/inputs.ts';
import { runAction } from '../../src/run-action.ts';
import { readRunnerEnvironment } from '../../src/runner-environment.ts';

await runAction(async () => {
  const runner = readRunnerEnvironment(process.env);
  const dryRun = readBooleanInput((name) => core.getInput(name), 'dry-run');
  const { outside, openLedger } = connectKeeper(runner);
  const report = await sweep(outside, { dryRun, openLedger, onEffect: (effect) => core.info(describeEffect(effect)) });
  core.setOutput('state', report.state);
  core.setOutput('plan', JSON.stringify(report.effects));
  for (const made of report.decisions) core.info(describeMade(made));
  for (const { code, message } of report.notes) core.notice(oneLine(message), { title: code });
  await core.summary.addRaw(renderSweep(report), true).write();
  if (report.state !== 'swept' && report.state !== 'planned') throw new InputError('not-judged', report.problems.join('\n'));
});
