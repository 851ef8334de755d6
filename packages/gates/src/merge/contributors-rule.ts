import type { Question } from '../evaluate.ts';
import type { MergeFacts } from '../facts/merge-facts.ts';
import { cutShort, ruling } from '../ruling.ts';
import type { Finding, Ruling } from '../ruling.ts';
import { byText, named } from '../wording.ts';
import { contributionsTo, contributorsOf } from './contributors.ts';

/** Is everyone known who had a part in the change? Whoever is not known might be the reviewer. */
export function contributorsRule({ facts }: Question<MergeFacts>): Ruling {
  const people = contributorsOf(facts).items;
  const evidence = people.map(({ id, login }) => `${login} (id ${id})`);
  return ruling('contributors-known', findings(facts), { summary: `Contributors: ${named(people)}.`, evidence });
}

function findings(facts: MergeFacts): readonly Finding[] {
  const unknowns = contributionsTo(facts).flatMap(({ part, person }) => ('unknown' in person ? [`The ${part} is not known: ${person.unknown}.`] : []));
  const machines = contributionsTo(facts).flatMap(({ part, person }) => ('known' in person && person.known.kind !== 'user' ? [`The ${part} is ${person.known.login}, no person; who set it to work is not known.`] : []));
  const byPerson = [{ who: 'the author', what: 'bring the change as commits made and pushed by people' }];
  const next = [{ who: 'the author', what: 'link the e-mail address of that commit to a GitHub account, or make the commit again under one' }];
  return [
    ...(facts.commits.complete ? [] : [cutShort('commits', facts.commits.missing)]),
    ...(facts.pushes.complete ? [] : [cutShort('pushes', facts.pushes.missing)]),
    ...[...new Set(unknowns)].sort(byText).map((summary): Finding => ({ outcome: 'unknown', reason: 'contributor-unknown', summary, next })),
    ...[...new Set(machines)].sort(byText).map((summary): Finding => ({ outcome: 'unknown', reason: 'contributor-unknown', summary, next: byPerson })),
  ];
}
