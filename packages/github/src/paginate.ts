import { completeList, partialList } from '@sallyport/gates';
import type { FactList } from '@sallyport/gates';
import type { AnswerOr, GitHubClient, Question } from './client.ts';

/** More than this many pages is more than a gate should judge by. */
const mostPages = 100;
export const perPage = 100;

export type Pages<P> = { readonly pages: readonly P[]; /** false: there were more pages than are read. */ readonly ended: boolean };

/**
 * Reads every page. After the first, all at once when GitHub names the last page; one by one when it only names the next (activity).
 * With `counted`, how many items GitHub counts elsewhere, the pages that many fill are asked for together with the first.
 * The count only saves waiting: what the answers themselves name is read as well, and `ended` is what they say.
 * Only the query of a link is used, never its host.
 */
export async function readPages<P>(client: GitHubClient, question: Question<P>, { counted = 0 }: { readonly counted?: number } = {}): Promise<Pages<P>> {
  const wanted = Math.max(1, Math.min(Math.ceil(counted / perPage), mostPages));
  return readOn(client, question, await Promise.all([client.ask(pageQuestion(question, {})), ...askPages(client, question, { after: 1, last: wanted })]));
}

/** As `readPages`, but the listed refusals of the first page are values. `after`: how many pages at the beginning are left out. */
export async function readPagesOr<P>(client: GitHubClient, expected: readonly number[], question: Question<P>, { counted = 0, after = 0 }: { readonly counted?: number; readonly after?: number } = {}): Promise<({ readonly ok: true } & Pages<P>) | Extract<AnswerOr<P>, { ok: false }>> {
  const others = Promise.all(askPages(client, question, { after: after + 1, last: Math.ceil(counted / perPage) }));
  // Where the first page is refused the others are as well, and nobody waits for them.
  others.catch(() => undefined);
  const first = await client.askOr(expected, pageQuestion(question, after === 0 ? {} : { page: after + 1 }));
  return first.ok ? { ok: true, ...(await readOn(client, question, [first, ...(await others)], after)) } : first;
}

/** The first page alone; the listed refusals are values. */
export const askFirstPageOr = <P>(client: GitHubClient, expected: readonly number[], question: Question<P>): Promise<AnswerOr<P>> => client.askOr(expected, pageQuestion(question, {}));

/** A list whose first page is there. `rest` asks for the others, when somebody wants them. */
export type StartedPages<P> = { readonly first: P; readonly rest: () => Promise<Pages<P>> };

/** Reads the first page only, so that other questions can go out beside those for further pages. */
export async function startPages<P>(client: GitHubClient, question: Question<P>): Promise<StartedPages<P>> {
  const first = await client.ask(pageQuestion(question, {}));
  return { first: first.data, rest: () => readOn(client, question, [first]) };
}

type Page<P> = { readonly data: P; readonly link: string | null };

const askPages = <P>(client: GitHubClient, question: Question<P>, { after, last }: { readonly after: number; readonly last: number }): readonly Promise<Page<P>>[] =>
  Array.from({ length: Math.max(0, Math.min(last, mostPages) - after) }, (_, index) => client.ask(pageQuestion(question, { page: after + index + 1 })));

/** `read` are the pages behind the first `after`, without a gap. */
async function readOn<P>(client: GitHubClient, question: Question<P>, read: readonly Page<P>[], after = 0): Promise<Pages<P>> {
  const last = Number(linkQuery(read[0]?.link ?? null, 'last')?.get('page') ?? 0);
  const pages = [...read, ...(await Promise.all(askPages(client, question, { after: after + read.length, last: Number.isSafeInteger(last) ? last : 0 })))];
  let next = linkQuery(pages.at(-1)?.link ?? null, 'next');
  while (next !== null && after + pages.length < mostPages) {
    const page = await client.ask(pageQuestion(question, Object.fromEntries(next)));
    pages.push(page);
    next = linkQuery(page.link, 'next');
  }
  return { pages: pages.map(({ data }) => data), ended: next === null };
}

const pageQuestion = <P>(question: Question<P>, query: Readonly<Record<string, unknown>>): Question<P> => ({ ...question, parameters: { ...query, ...question.parameters, per_page: perPage } });

/** The query of one relation of a Link header (RFC 8288). */
export function linkQuery(link: string | null, relation: string): URLSearchParams | null {
  for (const part of (link ?? '').split(/,\s*(?=<)/)) {
    const match = /^<([^<>]*)>\s*;.*\brel="([^"]*)"/.exec(part.trim());
    const target = match?.[1];
    if (target !== undefined && match?.[2] === relation && URL.canParse(target)) return new URL(target).searchParams;
  }
  return null;
}

/** A list of facts: complete only when it ended and holds as many as GitHub counts. */
export function listFact<T>(what: string, items: readonly T[], { ended, total }: { readonly ended: boolean; readonly total?: number }): FactList<T> {
  if (!ended) return partialList(items, `GitHub has more ${what} than the ${items.length} that were read`);
  if (total !== undefined && items.length !== total) return partialList(items, `GitHub counts ${total} ${what} and gave ${items.length}`);
  return completeList(items);
}
