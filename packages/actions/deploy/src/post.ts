import * as core from '@actions/core';
import { createGitHubClient, reportDeployment } from '@sallyport/github';
import { runAction } from '../../src/run-action.ts';
import { readRunnerEnvironment } from '../../src/runner-environment.ts';
import { loadDeploy } from './deploy-state.ts';

// For people and for whoever remembers checkpoints. The gatekeeper does not take it as proof: it reads the run itself (P12).
await runAction(async () => {
  const deploy = loadDeploy();
  if (deploy === null) {
    core.info('Nothing was deployed, so there is no outcome to report.');
    return;
  }
  const runner = readRunnerEnvironment(process.env);
  const client = createGitHubClient({ baseUrl: runner.apiUrl, auth: { kind: 'token', token: core.getInput('github-token', { required: true }) }, userAgent: 'sallyport-actions' });
  const state = core.getInput('job-status') === 'success' ? 'success' : 'failure';
  const reported = await reportDeployment(client, runner.repository, {
    environment: deploy.environment,
    sha: runner.sha,
    ref: runner.ref.replace(/^refs\/tags\//, ''),
    state,
    description: `${deploy.version} as promote/${deploy.environment}/${deploy.number}, ledger ${checkpointLine(deploy.checkpoint)}`,
    environmentUrl: core.getInput('environment-url'),
    logUrl: runner.runUrl,
  });
  core.info(reported ? `Reported ${state} for promote/${deploy.environment}/${deploy.number}.` : 'GitHub shows no deployment for this job; nothing was reported.');
});

/** `<size> <root>` of a checkpoint: enough to remember it by, within the 140 characters a status description holds. */
function checkpointLine(checkpoint: string): string {
  return checkpoint.split('\n').slice(1, 3).join(' ');
}
