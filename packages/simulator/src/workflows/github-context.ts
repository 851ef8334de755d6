import type { SimulatorContext } from '../context.ts';
import { ownerOf } from '../http/present/repository.ts';
import type { LiveRun } from './live-run.ts';

/** The `github` context of a job, without its token. Source: GitHub, "Contexts reference", November 2026. */
export function gitHubContext(context: SimulatorContext, live: LiveRun, key: string): Readonly<Record<string, unknown>> {
  const { run, plan } = live;
  const { repository } = plan;
  const url = context.url();
  const fullName = `${repository.owner}/${repository.name}`;
  return {
    event: run.payload,
    event_name: run.event,
    sha: plan.sha,
    ref: run.ref,
    ref_name: run.ref.replace(/^refs\/(heads|tags|pull)\//, ''),
    ref_type: run.ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    head_ref: plan.pull === null ? '' : plan.pull.head.ref,
    base_ref: plan.pull === null ? '' : plan.pull.base.ref,
    repository: fullName,
    repository_id: String(repository.id),
    repository_owner: repository.owner,
    repository_owner_id: String(ownerOf(context.world, repository).id),
    actor: run.actor.login,
    actor_id: String(run.actor.id),
    triggering_actor: run.triggeringActor.login,
    run_id: String(run.id),
    run_number: String(run.number),
    run_attempt: String(run.attempt),
    workflow: run.name,
    workflow_ref: `${fullName}/${run.workflow}@${run.ref}`,
    workflow_sha: plan.sha,
    job: key,
    server_url: url,
    api_url: url,
    graphql_url: `${url}/graphql`,
  };
}
