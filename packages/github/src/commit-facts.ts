import { known, unknown } from '@sallyport/gates';
import type { CommitFact, Person } from '@sallyport/gates';
import type { CommitAnswer } from './answers/commit.ts';
import { personFact } from './answers/shared.ts';
import { parseCoAuthors, resolveCoAuthor } from './co-authors.ts';
import type { Resolving } from './co-authors.ts';
import { findAccount } from './find-people.ts';
import { remember } from './remember.ts';
import type { Place } from './repository.ts';

/** The account GitHub itself commits as (api.github.com/users/web-flow). */
const webFlowId = 19_864_447;

/** Tells the people of commits. `accounts` are people GitHub has just named with id and login: they need not be asked for. */
export function createCommitReader(place: Place, accounts: readonly Person[]): (answers: readonly CommitAnswer[]) => Promise<readonly CommitFact[]> {
  const byId = new Map(accounts.map((person) => [person.id, person]));
  const byLogin = new Map(accounts.map((person) => [person.login.toLowerCase(), person]));
  const ask = remember((login) => findAccount(place, login));
  const findLogin = async (login: string): Promise<Person | null> => byLogin.get(login.toLowerCase()) ?? ask(login.toLowerCase());
  const addresses = new Map<string, Person>();
  return async (answers) => {
    for (const [address, person] of addressesIn(answers)) addresses.set(address, person);
    return Promise.all(answers.map((answer) => commitFact(answer, { byAddress: addresses, byId, findAccount: findLogin })));
  };
}

async function commitFact({ sha, parents, author, committer, commit }: CommitAnswer, resolving: Resolving): Promise<CommitFact> {
  const { verification } = commit;
  return {
    sha,
    parents: parents.map((parent) => parent.sha),
    author: personFact(author, 'GitHub ties its author’s address to no account'),
    committer: personFact(committer, 'GitHub ties its committer’s address to no account'),
    coAuthors: await Promise.all(parseCoAuthors(commit.message).map((coAuthor) => resolveCoAuthor(coAuthor, resolving))),
    // Anyone can write GitHub's address into a commit; only GitHub can sign as it.
    committedByGitHub: committer?.id === webFlowId && verification?.verified === true,
    signature: verification === undefined ? unknown('GitHub says nothing of its signature') : known({ verified: verification.verified, reason: verification.reason }),
  };
}

function addressesIn(answers: readonly CommitAnswer[]): readonly (readonly [string, Person])[] {
  return answers.flatMap(({ author, committer, commit }) => [tie(commit.author?.email, author), tie(commit.committer?.email, committer)].flat());
}

const tie = (address: string | undefined, person: Person | null): readonly (readonly [string, Person])[] => (person === null || address === undefined ? [] : [[address.toLowerCase(), person]]);
