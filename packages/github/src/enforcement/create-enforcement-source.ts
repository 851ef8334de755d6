import { hidden, overrideLabel, seen } from '@sallyport/pipeline';
import type { Bypass, Enforcement, EnforcementQuestion, EnforcementSource, Seen } from '@sallyport/pipeline';
import type * as z from 'zod';
import { nothing } from '../answers/shared.ts';
import { of } from '../repository.ts';
import type { Place } from '../repository.ts';
import { actionsPermissions, immutableReleases, repositorySettings, ruleSuites, secretNames, tokenPermissions } from './answers.ts';
import { findApp } from './find-app.ts';
import { readEnvironments } from './read-environments.ts';
import { readRulesets } from './read-rulesets.ts';
import { readWorkflowFiles } from './read-workflow-files.ts';
import { refusal, refusals, see, seeList } from './see.ts';

/** Reads every enforcement point, at most as far as the token may see. Throws OutsideError for a repository that may not be seen at all. */
export const createEnforcementSource = (place: Place): EnforcementSource => ({ read: (question) => read(place, question) });

type Settings = z.output<typeof repositorySettings>;

async function read(place: Place, { app, since }: EnforcementQuestion): Promise<Enforcement> {
  const { client } = place;
  const base = of(place);
  const { data: settings } = await client.ask({ route: 'GET /repos/{owner}/{repo}', parameters: base, shape: repositorySettings, why: 'to read the repository' });
  const ownedBy = settings.owner.type === 'Organization' ? 'organization' : 'user';
  const names = (page: z.output<typeof secretNames>): readonly string[] => page.secrets.map(({ name }) => name);
  const [rulesets, environments, repositorySecrets, organizationSecrets, actions, token, immutable, labels, workflows, bypasses] = await Promise.all([
    readRulesets(place),
    readEnvironments(place),
    seeList(client, { route: 'GET /repos/{owner}/{repo}/actions/secrets', parameters: base, shape: secretNames, why: 'to read the names of secrets' }, names),
    ownedBy === 'user' ? seen([]) : seeList(client, { route: 'GET /repos/{owner}/{repo}/actions/organization-secrets', parameters: base, shape: secretNames, why: 'to read the names of secrets' }, names),
    see(client, { route: 'GET /repos/{owner}/{repo}/actions/permissions', parameters: base, shape: actionsPermissions, why: 'to read the settings of Actions' }, ({ enabled, allowed_actions: allowed = 'all', sha_pinning_required: pinned = null }) => ({ enabled, allowed, pinned })),
    see(client, { route: 'GET /repos/{owner}/{repo}/actions/permissions/workflow', parameters: base, shape: tokenPermissions, why: 'to read the settings of Actions' }, ({ default_workflow_permissions: permissions, can_approve_pull_request_reviews: mayApprove }) => ({ writes: permissions === 'write', mayApprove })),
    readImmutable(place, settings),
    readLabels(place),
    readWorkflowFiles(place),
    readBypasses(place, since),
  ]);
  return {
    repository: { owner: settings.owner.login, name: settings.name, ownedBy, visibility: settings.visibility ?? (settings.private ? 'private' : 'public'), defaultBranch: settings.default_branch },
    app: await findApp(place, { app, ownedBy, rulesets }),
    rulesets,
    environments,
    repositorySecrets,
    organizationSecrets,
    actions,
    token,
    immutableReleases: immutable,
    labels,
    workflows,
    bypasses,
  };
}

/** GitHub says 404 both where they are off and to those who may not know; administrators may. */
async function readImmutable(place: Place, { permissions }: Settings): Promise<Seen<boolean>> {
  const answer = await place.client.askOr(refusals, { route: 'GET /repos/{owner}/{repo}/immutable-releases', parameters: of(place), shape: immutableReleases, why: 'to read whether releases are immutable' });
  if (answer.ok) return seen(answer.data.enabled);
  return answer.status === 404 && permissions?.admin === true ? seen(false) : hidden(refusal(answer));
}

async function readLabels(place: Place): Promise<Seen<readonly string[]>> {
  const answer = await place.client.askOr(refusals, { route: 'GET /repos/{owner}/{repo}/labels/{name}', parameters: { ...of(place), name: overrideLabel }, shape: nothing, why: 'to look for the label of override requests' });
  if (answer.ok) return seen([overrideLabel]);
  return answer.status === 404 ? seen([]) : hidden(refusal(answer));
}

const readBypasses = async (place: Place, since: number): Promise<Seen<readonly Bypass[]>> => {
  const listed = await seeList(place.client, { route: 'GET /repos/{owner}/{repo}/rulesets/rule-suites', parameters: { ...of(place), rule_suite_result: 'bypass', time_period: 'month' }, shape: ruleSuites, why: 'to read who went past a ruleset' }, (page) => page.map(({ id, ref, actor_name: actor, pushed_at: at }) => ({ id, ref, actor: actor ?? 'somebody who is gone', at })));
  return listed.state === 'hidden' ? listed : seen(listed.value.filter(({ at }) => at >= since));
};
