import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as core from '@actions/core';
import { connectGitHub, createGitHubClient } from '@sallyport/github';
import { askToStart, fetchBuild, openLedgerReader, reasonPages, renderDecision, renderDecisionTitle } from '@sallyport/pipeline';
import { InputError } from '../../src/input-error.ts';
import { runAction } from '../../src/run-action.ts';
import { readRunnerEnvironment } from '../../src/runner-environment.ts';
import { userAgent } from '../../src/user-agent.ts';
import { saveDeploy } from './deploy-state.ts';

await runAction(async () => {
  const runner = readRunnerEnvironment(process.env);
  const environment = core.getInput('environment', { required: true });
  const client = createGitHubClient({ baseUrl: runner.apiUrl, auth: { kind: 'token', token: core.getInput('github-token', { required: true }) }, userAgent });
  const outside = connectGitHub({ client, repository: runner.repository, localNow: () => Date.now() });
  const answer = await askToStart(outside, (policy, repository) => openLedgerReader(outside.ledger, { policy: policy.sealed.value, repository }), { tag: runner.ref, commit: runner.sha, environment, workflow: runner.workflow });
  if (answer.state !== 'decided') throw new InputError('refused', `Nothing is deployed: ${answer.reason}`);
  await core.summary.addRaw(renderDecision(answer.decision), true).write();
  if (answer.decision.outcome !== 'allow') throw new InputError('refused', `Nothing is deployed: ${renderDecisionTitle(answer.decision)}.`, { next: `See ${reasonPages(answer.decision).join(' and ')}` });

  const fetched = await fetchBuild(outside.builds, answer.build);
  if (fetched.state === 'refused') throw new InputError('refused', `Nothing is deployed: ${fetched.problems.join(' ')}`);
  const directory = resolve(runner.workspace, core.getInput('directory', { required: true }));
  mkdirSync(directory, { recursive: true });
  for (const { name, bytes } of fetched.files) writeFileSync(join(directory, name), bytes);
  saveDeploy({ environment, number: answer.number, version: answer.build.version, digest: answer.build.digest, checkpoint: answer.checkpoint });
  core.setOutput('version', answer.build.version);
  core.setOutput('digest', answer.build.digest);
  core.setOutput('directory', directory);
  const [first] = fetched.files;
  core.setOutput('archive', first === undefined ? '' : join(directory, first.name));
  core.setOutput('images', fetched.images.join('\n'));
  core.info(`promote/${environment}/${answer.number}: ${answer.build.version}, ${fetched.files.length} file(s), digests as registered${fetched.images.map((image) => `, ${image}`).join('')}`);
});
