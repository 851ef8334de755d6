import { collect } from '../collect.ts';
import type { NextStep } from '../decision.ts';
import type { Person } from '../facts/shared.ts';
import { cutShort, ruling } from '../ruling.ts';
import type { Finding, Ruling } from '../ruling.ts';
import { listed } from '../wording.ts';
import { incompleteSources, unknownParts } from './contributors.ts';
import type { Worth } from './contributions.ts';
import type { MergeQuestion } from './merge-question.ts';

/** Is everyone known who had a part in the change? Whoever is not known might be the reviewer. */
export function contributorsRule(question: MergeQuestion): Ruling {
  const { contributors } = question.readings;
  return ruling('contributors-known', findings(question), { summary: `Contributors: ${listed(contributors.map(({ login }) => login))}.`, evidence: evidenceOf(question) });
}

/** Everyone with a part; those whom only an unsigned commit names are told apart (M08). */
const evidenceOf = ({ readings: { participants } }: MergeQuestion): readonly string[] =>
  participants.known.map(({ person: { login, id }, worth }) => `${login} (id ${id})${worthText[worth]}`);

const worthText: Readonly<Record<Worth, string>> = {
  proven: '',
  claimed: ', unverified: only a commit that nobody signed names this account',
  void: ', unverified: only a commit that nobody signed names this account, not counted',
};

function findings(question: MergeQuestion): readonly Finding[] {
  const { facts, readings } = question;
  const { machines } = readings;
  return [
    ...incompleteSources(facts).map(({ what, why }) => cutShort(what, why)),
    ...(machines.length === 0 || facts.instigations.complete ? [] : [cutShort('events that set a machine to work', facts.instigations.missing)]),
    ...unknownPeople(question),
    ...collect(machines, (machine) => unexplained(machine, question)),
  ];
}

function unknownPeople({ policy, facts, readings }: MergeQuestion): readonly Finding[] {
  if (!readings.participants.someUnknown) return [];
  const sentences = new Set(unknownParts(policy.merge.review, facts).map(({ part, why }) => `The ${part} is not known: ${why}.`));
  return [...sentences].map((summary) => ({ outcome: 'unknown', reason: 'contributor-unknown', summary, next: [linkAddress], needs: 'every contributor to be known' }));
}

const linkAddress: NextStep = { who: 'the author', what: 'link the e-mail address of that commit to a GitHub account, or make the commit again under one', effort: 'change' };

/** Whose workflow pushed as this account nobody can tell: a mention of it or an assignment explains nothing. (api.github.com/users/github-actions[bot]) */
const actionsAccount = 41_898_282;

/** A machine acts on somebody's word, and that person is a contributor; unless the policy says that it acts on nobody's. */
function unexplained(machine: Person, { policy, facts }: MergeQuestion): readonly Finding[] {
  if (policy.merge.review.machines.some(({ account }) => account === machine.id)) return [];
  if (machine.id !== actionsAccount && facts.instigations.items.some((one) => (one.machine === null || one.machine.id === machine.id) && 'known' in one.person && one.person.known.kind === 'user')) return [];
  const summary = `${machine.login} had a part in the change, and nobody is known who set it to work; that might be the reviewer.`;
  const next = [
    { who: `whoever set ${machine.login} to work`, what: `assign it to #${facts.pullRequest.number}, so that it is known who did`, effort: 'click' as const },
    { who: 'whoever owns the policy', what: `name account ${machine.id} under merge.review.machines, if it acts on nobody's word`, effort: 'administer' as const },
  ];
  return [{ outcome: 'unknown', reason: 'machine-unexplained', summary, next, needs: `to know who set ${machine.login} to work` }];
}

