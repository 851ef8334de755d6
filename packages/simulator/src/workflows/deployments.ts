import type { SimulatorContext } from '../context.ts';
import { actionsBotLogin } from '../auth/viewer.ts';
import type { Deployment, Job } from '../world/world.ts';
import type { LiveRun } from './live-run.ts';
import { runPage } from './present/run.ts';

/** The deployment a job with an environment makes; its statuses follow the job. */
export function createJobDeployment(context: SimulatorContext, live: LiveRun, environment: string): Deployment {
  const { run, plan } = live;
  const creator = context.world.users.get(actionsBotLogin);
  if (creator === undefined) throw new Error(`The simulated world has no ${actionsBotLogin}.`);
  const at = context.clock.now();
  const deployment: Deployment = { id: context.nextId(), sha: run.headSha, ref: run.headBranch ?? plan.ref, environment, creator, task: 'deploy', description: null, createdAt: at, updatedAt: at, payload: {}, statuses: [], run: run.id };
  plan.repository.deployments.push(deployment);
  return deployment;
}

export function addJobStatus(context: SimulatorContext, live: LiveRun, job: Job, deployment: Deployment, state: string, environmentUrl: string | null): void {
  const at = context.clock.now();
  const logUrl = `${runPage(context.url(), live.plan.repository, live.run)}/job/${String(job.id)}`;
  deployment.statuses.push({ id: context.nextId(), state, creator: deployment.creator, description: '', environmentUrl: environmentUrl ?? '', logUrl, createdAt: at });
  deployment.updatedAt = at;
}
