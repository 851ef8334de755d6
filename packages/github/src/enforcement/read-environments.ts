import { hidden, seen } from '@sallyport/pipeline';
import type { Admission, Environment, Seen } from '@sallyport/pipeline';
import type * as z from 'zod';
import { of } from '../repository.ts';
import type { Place } from '../repository.ts';
import { branchPolicies, environmentsAnswer, protectionApps, secretNames } from './answers.ts';
import type { environmentAnswer } from './answers.ts';
import { see, seeList } from './see.ts';

const why = 'to read the environments';

type Answer = z.output<typeof environmentAnswer>;

/** Every environment with what it admits, the names of its secrets and who stands at its door. */
export async function readEnvironments(place: Place): Promise<Seen<readonly Environment[]>> {
  const listed = await seeList(place.client, { route: 'GET /repos/{owner}/{repo}/environments', parameters: of(place), shape: environmentsAnswer, why }, ({ environments }) => environments);
  return listed.state === 'hidden' ? listed : seen(await Promise.all(listed.value.map((environment) => readOne(place, environment))));
}

async function readOne(place: Place, answer: Answer): Promise<Environment> {
  const parameters = { ...of(place), environment_name: answer.name };
  const [admits, secrets, gates] = await Promise.all([
    readAdmission(place, answer),
    seeList(place.client, { route: 'GET /repos/{owner}/{repo}/environments/{environment_name}/secrets', parameters, shape: secretNames, why }, (page) => page.secrets.map(({ name }) => name)),
    see(place.client, { route: 'GET /repos/{owner}/{repo}/environments/{environment_name}/deployment_protection_rules', parameters, shape: protectionApps, why }, ({ custom_deployment_protection_rules: rules = [] }) => rules.filter(({ enabled }) => enabled).map(({ app }) => app.id)),
  ]);
  const rules = answer.protection_rules ?? [];
  const reviews = rules.find(({ type }) => type === 'required_reviewers');
  return {
    name: answer.name,
    admits,
    secrets,
    gates,
    adminsBypass: answer.can_admins_bypass === undefined ? hidden('this GitHub does not say') : seen(answer.can_admins_bypass),
    waitMinutes: rules.find(({ type }) => type === 'wait_timer')?.wait_timer ?? 0,
    reviewers: (reviews?.reviewers ?? []).map(({ type, reviewer }) => ({ type, id: reviewer.id })),
    preventSelfReview: reviews?.prevent_self_review ?? false,
  };
}

async function readAdmission(place: Place, { name, deployment_branch_policy: policy }: Answer): Promise<Admission> {
  if (policy === null || policy === undefined) return { kind: 'anything' };
  if (!policy.custom_branch_policies) return { kind: 'protected-branches' };
  const question = { route: 'GET /repos/{owner}/{repo}/environments/{environment_name}/deployment-branch-policies', parameters: { ...of(place), environment_name: name }, shape: branchPolicies, why };
  // GitHub leaves the type out for what was made before there were tags.
  return { kind: 'patterns', patterns: await seeList(place.client, question, (page) => page.branch_policies.map(({ id, name: pattern, type = 'branch' }) => ({ id, name: pattern, type }))) };
}
