import { hidden, seen } from '@sallyport/pipeline';
import type { Seen } from '@sallyport/pipeline';
import type { GitHubClient, Question } from '../client.ts';
import { readPagesOr } from '../paginate.ts';

/** Refusals that mean: not for this token, or not on this plan. */
export const refusals = [403, 404, 410] as const;

/** What GitHub answers, or that it did not let the caller see it. */
export async function see<T, R>(client: GitHubClient, question: Question<T>, read: (data: T) => R): Promise<Seen<R>> {
  const answer = await client.askOr(refusals, question);
  return answer.ok ? seen(read(answer.data)) : hidden(refusal(answer));
}

/** The same of a list; one that does not end was not seen. */
export async function seeList<P, R>(client: GitHubClient, question: Question<P>, read: (page: P) => readonly R[]): Promise<Seen<readonly R[]>> {
  const answer = await readPagesOr(client, refusals, question);
  if (!answer.ok) return hidden(refusal(answer));
  return answer.ended ? seen(answer.pages.flatMap(read)) : hidden('GitHub has more of them than are read');
}

export const refusal = ({ status, message }: { readonly status: number; readonly message: string }): string => `GitHub answered ${status} ${message.split(' - ')[0] ?? ''}`.trim();
