import { GitHubError } from './github-error.ts';
import type { Request } from './request.ts';

/** One page of `items` (`page` from 1, `per_page` default 30, at most 100); sets the Link header. */
export function pageOf<T>(c: Request, items: readonly T[], baseUrl: string): readonly T[] {
  const size = Math.min(100, positive(c.req.query('per_page'), 30));
  const page = positive(c.req.query('page'), 1);
  const last = Math.max(1, Math.ceil(items.length / size));
  const links = [
    ...(page > 1 ? [link(c, baseUrl, Math.min(page - 1, last), 'prev')] : []),
    ...(page < last ? [link(c, baseUrl, page + 1, 'next'), link(c, baseUrl, last, 'last')] : []),
    ...(page > 1 ? [link(c, baseUrl, 1, 'first')] : []),
  ];
  if (links.length > 0) c.header('Link', links.join(', '));
  return items.slice((page - 1) * size, page * size);
}

function positive(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  if (!/^\d{1,9}$/.test(text)) throw new GitHubError(422, 'Invalid request.\n\npage and per_page must be whole numbers.');
  return Math.max(1, Number(text));
}

function link(c: Request, baseUrl: string, page: number, relation: string): string {
  const query = new URLSearchParams(c.req.query());
  query.set('page', String(page));
  return `<${baseUrl}${c.req.path}?${query.toString()}>; rel="${relation}"`;
}
