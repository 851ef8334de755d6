import { hidden, mergeCheckName, seen } from '@sallyport/pipeline';
import type { GatekeeperApp, Ruleset, Seen } from '@sallyport/pipeline';
import * as z from 'zod';
import type { Place } from '../repository.ts';
import { appAnswer, installations } from './answers.ts';
import { refusals, seeList } from './see.ts';

type Wanted = { readonly app: number | string | null; readonly ownedBy: 'organization' | 'user'; readonly rulesets: Seen<readonly Ruleset[]> };

/** The gatekeeper that was asked for, or the one that the rulesets name. Null: there is none. */
export async function findApp(place: Place, { app, ownedBy, rulesets }: Wanted): Promise<GatekeeperApp | null> {
  if (typeof app === 'string') return (await readBySlug(place, app)) ?? null;
  const id = app ?? appInRulesets(rulesets);
  if (id === null) return null;
  const installed = ownedBy === 'organization' ? await readInstallation(place, id) : null;
  return installed ?? { id, slug: null, permissions: hidden('its name is not known here, and GitHub tells the permissions of an App by its name; give it with --app') };
}

async function readBySlug({ client }: Place, slug: string): Promise<GatekeeperApp | null> {
  const answer = await client.askOr(refusals, { route: 'GET /apps/{app_slug}', parameters: { app_slug: slug }, shape: appAnswer, why: 'to read the App' });
  return answer.ok ? { id: answer.data.id, slug: answer.data.slug, permissions: seen(answer.data.permissions) } : null;
}

/** Only owners of the organisation are told. */
async function readInstallation({ client, owner }: Place, id: number): Promise<GatekeeperApp | null> {
  const listed = await seeList(client, { route: 'GET /orgs/{org}/installations', parameters: { org: owner }, shape: installations, why: 'to find the App' }, (page) => page.installations);
  const own = listed.state === 'hidden' ? undefined : listed.value.find((one) => one.app_id === id);
  return own === undefined ? null : { id, slug: own.app_slug, permissions: seen(own.permissions) };
}

const checks = z.looseObject({ required_status_checks: z.array(z.looseObject({ context: z.string(), integration_id: z.int().nullish() })) });
/** The number of GitHub Actions (GITHUB: required checks). Whatever is pinned to it, every workflow can post. */
const actionsApp = 15368;

/** Whom they let make promotion tags, else whose check they require; null when they say two or none. */
function appInRulesets(rulesets: Seen<readonly Ruleset[]>): number | null {
  if (rulesets.state === 'hidden') return null;
  const makers = rulesets.value.flatMap(({ target, include, rules, bypass }) =>
    target === 'tag' && include.some((pattern) => pattern.startsWith('refs/tags/promote/')) && rules.some(({ type }) => type === 'creation') && bypass.state === 'seen' ? bypass.value.flatMap(({ kind, id }) => (kind === 'Integration' && id !== null ? [id] : [])) : [],
  );
  const checkers = rulesets.value.flatMap(({ rules }) => rules.flatMap(({ type, parameters }) => (type === 'required_status_checks' ? (checks.safeParse(parameters).data?.required_status_checks ?? []) : []))).flatMap(({ context, integration_id: id }) => (context === mergeCheckName && typeof id === 'number' && id !== actionsApp ? [id] : []));
  return onlyOne(makers) ?? onlyOne(checkers);
}

const onlyOne = (ids: readonly number[]): number | null => (new Set(ids).size === 1 ? (ids[0] ?? null) : null);
