import { hidden, seen } from '@sallyport/pipeline';
import type { Ruleset, Seen } from '@sallyport/pipeline';
import * as z from 'zod';
import { of } from '../repository.ts';
import type { Place } from '../repository.ts';
import { rulesetAnswer, rulesetSummary } from './answers.ts';
import { see, seeList } from './see.ts';

const why = 'to read the rulesets';

/** The repository's rulesets and those of its organisation that speak of it. */
export async function readRulesets(place: Place): Promise<Seen<readonly Ruleset[]>> {
  const listed = await seeList(place.client, { route: 'GET /repos/{owner}/{repo}/rulesets', parameters: { ...of(place), includes_parents: true }, shape: z.array(rulesetSummary), why }, (page) => page.map(({ id }) => id));
  if (listed.state === 'hidden') return listed;
  const each = await Promise.all(listed.value.map((id) => see(place.client, { route: 'GET /repos/{owner}/{repo}/rulesets/{ruleset_id}', parameters: { ...of(place), ruleset_id: id, includes_parents: true }, shape: rulesetAnswer, why }, toRuleset)));
  const untold = each.find((one) => one.state === 'hidden');
  return untold ?? seen(each.flatMap((one) => (one.state === 'seen' ? [one.value] : [])));
}

function toRuleset({ id, name, source_type: source, target, enforcement, conditions, rules = [], bypass_actors: actors }: z.output<typeof rulesetAnswer>): Ruleset {
  return {
    id,
    name,
    source: source === undefined || source === 'Repository' ? 'repository' : 'organization',
    target: target === 'branch' || target === 'tag' ? target : 'other',
    enforcement,
    include: conditions?.ref_name?.include ?? [],
    exclude: conditions?.ref_name?.exclude ?? [],
    rules: rules.map(({ type, parameters = {} }) => ({ type, parameters })),
    bypass: actors === undefined ? hidden('GitHub tells who stands outside a ruleset only to those who may edit it') : seen(actors.map(({ actor_id: actorId = null, actor_type: kind, bypass_mode: mode = 'always' }) => ({ kind, id: actorId, mode }))),
  };
}
