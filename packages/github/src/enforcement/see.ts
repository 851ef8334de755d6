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

/** The same of a list; one that does not end, or holds another number than GitHub counts, was not seen. */
export async function seeList<P, R>(client: GitHubClient, question: Question<P>, read: (page: P) => readonly R[]): Promise<Seen<readonly R[]>> {
  const answer = await readPagesOr(client, refusals, question);
  if (!answer.ok) return hidden(refusal(answer));
  if (!answer.ended) return hidden('GitHub has more of them than are read');
  const items = answer.pages.flatMap(read);
  const total = countIn(answer.pages.at(-1));
  return total === null || total === items.length ? seen(items) : hidden(`GitHub counts ${total} and gave ${items.length}`);
}

/** Lists in an object say how many there are; bare ones do not. */
const countIn = (page: unknown): number | null => (typeof page === 'object' && page !== null && 'total_count' in page && typeof page.total_count === 'number' ? page.total_count : null);

export const refusal = ({ status, message }: { readonly status: number; readonly message: string }): string => `GitHub answered ${status} ${message.split(' - ')[0] ?? ''}`.trim();
