import { OutsideError } from '@sallyport/pipeline';
import type { EnforcementWriter, SetupEffect, WantedRuleset } from '@sallyport/pipeline';
import type { Question } from '../client.ts';
import { nothing } from '../answers/shared.ts';
import * as z from 'zod';
import { of } from '../repository.ts';
import type { Place } from '../repository.ts';
import { sealFor } from './seal-for.ts';

/** Changes the settings of a repository. Needs an administrator's token. Throws OutsideError for what GitHub refuses. */
export const createEnforcementWriter = (place: Place): EnforcementWriter => ({
  apply: async (effect) => {
    const { accepts, ...question } = requestFor(effect);
    const { parameters, ...rest } = question;
    const asked: Question<null> = { ...rest, parameters: { ...of(place), ...parameters }, shape: nothing, why: `to ${why(effect)}` };
    if (accepts === undefined) await place.client.ask(asked);
    else await place.client.askOr([accepts], asked);
  },
  putSecret: (secret) => putSecret(place, secret),
});

const publicKey = z.looseObject({ key_id: z.string().min(1), key: z.string().min(1) });

async function putSecret(place: Place, { environment: name, name: secret, value }: Parameters<EnforcementWriter['putSecret']>[0]): Promise<void> {
  const parameters = { ...of(place), environment_name: name };
  const asked = `to put ${secret} into the environment ${name}`;
  const { data } = await place.client.ask({ route: `GET ${environment}/secrets/public-key`, parameters, shape: publicKey, why: asked });
  const sealed = sealFor(data.key, value);
  if (sealed === null) throw new OutsideError('malformed-answer', `GitHub gave a key that nothing can be sealed for when asked ${asked}.`, { retryable: false });
  await place.client.ask({ route: `PUT ${environment}/secrets/{secret_name}`, parameters: { ...parameters, secret_name: secret, encrypted_value: sealed, key_id: data.key_id }, shape: nothing, why: asked, safeToRepeat: true });
}

type Request = { readonly route: string; readonly parameters?: Readonly<Record<string, unknown>>; readonly safeToRepeat: boolean; /** A refusal that means: it is there already. */ readonly accepts?: number };

const base = '/repos/{owner}/{repo}';
const environment = `${base}/environments/{environment_name}`;

function requestFor(effect: SetupEffect): Request {
  switch (effect.kind) {
    // A second one of the same name would be made: it is not asked again.
    case 'create-ruleset':
      return { route: `POST ${base}/rulesets`, parameters: rulesetBody(effect.ruleset), safeToRepeat: false };
    case 'update-ruleset':
      return { route: `PUT ${base}/rulesets/{ruleset_id}`, parameters: { ruleset_id: effect.id, ...rulesetBody(effect.ruleset) }, safeToRepeat: true };
    case 'protect-environment': {
      const { waitMinutes, reviewers, preventSelfReview } = effect.keep;
      const kept = { ...(waitMinutes === 0 ? {} : { wait_timer: waitMinutes }), ...(reviewers.length === 0 ? {} : { reviewers, prevent_self_review: preventSelfReview }) };
      return { route: `PUT ${environment}`, parameters: { environment_name: effect.name, ...kept, can_admins_bypass: false, deployment_branch_policy: { protected_branches: false, custom_branch_policies: true } }, safeToRepeat: true };
    }
    case 'admit':
      return { route: `POST ${environment}/deployment-branch-policies`, parameters: { environment_name: effect.environment, ...effect.pattern }, safeToRepeat: true, accepts: 303 };
    case 'stop-admitting':
      return { route: `DELETE ${environment}/deployment-branch-policies/{branch_policy_id}`, parameters: { environment_name: effect.environment, branch_policy_id: effect.pattern.id }, safeToRepeat: true, accepts: 404 };
    case 'pin-actions':
      return { route: `PUT ${base}/actions/permissions`, parameters: { enabled: effect.enabled, allowed_actions: effect.allowed, sha_pinning_required: true }, safeToRepeat: true };
    case 'restrict-token':
      return { route: `PUT ${base}/actions/permissions/workflow`, parameters: { default_workflow_permissions: 'read', can_approve_pull_request_reviews: false }, safeToRepeat: true };
    case 'immutable-releases':
      return { route: `PUT ${base}/immutable-releases`, safeToRepeat: true };
    case 'create-label':
      return { route: `POST ${base}/labels`, parameters: { name: effect.name, color: 'b60205', description: 'Asks for a release outside the window' }, safeToRepeat: true, accepts: 422 };
    default:
      return effect satisfies never;
  }
}

const rulesetBody = ({ name, target, include, rules, bypass }: WantedRuleset): Readonly<Record<string, unknown>> => ({
  name,
  target,
  enforcement: 'active',
  bypass_actors: bypass.map(({ kind, id, mode }) => ({ actor_id: id, actor_type: kind, bypass_mode: mode })),
  conditions: { ref_name: { include, exclude: [] } },
  rules: rules.map(({ type, parameters }) => (Object.keys(parameters).length === 0 ? { type } : { type, parameters })),
});

function why(effect: SetupEffect): string {
  switch (effect.kind) {
    case 'create-ruleset':
    case 'update-ruleset':
      return `write the ruleset “${effect.ruleset.name}”`;
    case 'protect-environment':
      return `protect the environment ${effect.name}`;
    case 'admit':
    case 'stop-admitting':
      return `say what the environment ${effect.environment} admits`;
    case 'pin-actions':
    case 'restrict-token':
      return 'set up Actions';
    case 'immutable-releases':
      return 'make releases immutable';
    case 'create-label':
      return `make the label ${effect.name}`;
    default:
      return effect satisfies never;
  }
}
