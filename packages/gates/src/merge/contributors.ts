import { completeList, partialList } from '../facts/fact.ts';
import type { Fact, FactList } from '../facts/fact.ts';
import type { MergeFacts } from '../facts/merge-facts.ts';
import type { Person } from '../facts/shared.ts';
import { byId, byText, shortSha } from '../wording.ts';

/** One part someone had in a change. */
export type Contribution = { readonly part: string; readonly person: Fact<Person> };

/** Every part anyone had: author, commit authors, committers other than GitHub itself, co-authors, pushers. */
export function contributionsTo({ pullRequest, commits, pushes }: MergeFacts): readonly Contribution[] {
  const fromCommits = commits.items.flatMap(({ sha, author, committer, coAuthors, committedByGitHub }) => [
    { part: `author of commit ${shortSha(sha)}`, person: author },
    ...(committedByGitHub ? [] : [{ part: `committer of commit ${shortSha(sha)}`, person: committer }]),
    ...coAuthors.map((person) => ({ part: `co-author of commit ${shortSha(sha)}`, person })),
  ]);
  const fromPushes = pushes.items.map(({ after, actor }) => ({ part: `pusher of ${shortSha(after)}`, person: actor }));
  return [{ part: 'author of the pull request', person: pullRequest.author }, ...fromCommits, ...fromPushes];
}

/** Everyone known to have contributed, by id; incomplete when any part or list is not known. */
export function contributorsOf(facts: MergeFacts): FactList<Person> {
  const contributions = contributionsTo(facts);
  const known = contributions.flatMap(({ person }) => ('known' in person ? [person.known] : [])).sort((a, b) => byText(a.login, b.login));
  const people = new Map(known.map((person) => [person.id, person]));
  const items = byId([...people.values()]);
  const missing = [
    ...(facts.commits.complete ? [] : [`commits: ${facts.commits.missing}`]),
    ...(facts.pushes.complete ? [] : [`pushes: ${facts.pushes.missing}`]),
    ...contributions.flatMap(({ part, person }) => ('unknown' in person ? [`${part}: ${person.unknown}`] : [])).sort(byText),
  ];
  return missing.length === 0 ? completeList(items) : partialList(items, missing.join('; '));
}
