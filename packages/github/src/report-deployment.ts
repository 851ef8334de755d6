import * as z from 'zod';
import { deployment, numbered } from './answers/issue.ts';
import type { GitHubClient } from './client.ts';
import { of } from './repository.ts';
import type { Place } from './repository.ts';

export type DeploymentReport = {
  readonly environment: string;
  readonly sha: string;
  /** As the job's deployment names it: the tag's name, without `refs/tags/`. */
  readonly ref: string;
  readonly state: 'success' | 'failure';
  readonly description: string;
  /** Empty: none. */
  readonly environmentUrl: string;
  readonly logUrl: string;
};

/** GitHub Docs, "Deployment statuses", November 2026. */
const longestDescription = 140;

/**
 * Adds a status to the deployment that GitHub made for a job with `environment:`; for people, never taken as proof.
 * false: there is no such deployment. Throws OutsideError.
 */
export async function reportDeployment(client: GitHubClient, repository: { readonly owner: string; readonly name: string }, report: DeploymentReport): Promise<boolean> {
  const place: Place = { client, owner: repository.owner, repo: repository.name };
  const { environment, sha, ref } = report;
  const { data } = await client.ask({ route: 'GET /repos/{owner}/{repo}/deployments', parameters: { ...of(place), environment, sha, ref, per_page: 100 }, shape: z.array(deployment), why: 'to find the deployment of this job' });
  const newest = data.filter((one) => one.environment === environment && one.sha === sha && one.ref === ref).reduce((most, { id }) => Math.max(most, id), 0);
  if (newest === 0) return false;
  const status = {
    state: report.state,
    description: report.description.slice(0, longestDescription),
    log_url: report.logUrl,
    ...(report.environmentUrl === '' ? {} : { environment_url: report.environmentUrl }),
    // Other deployments of the environment are for GitHub to mark, when the job ends.
    auto_inactive: false,
  };
  await client.ask({ route: 'POST /repos/{owner}/{repo}/deployments/{deployment_id}/statuses', parameters: { ...of(place), deployment_id: newest, ...status }, shape: numbered, why: 'to report how the deploy ended' });
  return true;
}
