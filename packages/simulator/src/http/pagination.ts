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

/**
 * One page of `items` by cursor, as activity is listed: `after` and `before` name an item, and only the neighbours are linked, never the last page.
 */
export function cursorPageOf<T extends { readonly id: number }>(c: Request, items: readonly T[], baseUrl: string): readonly T[] {
  const size = Math.min(100, positive(c.req.query('per_page'), 30));
  const after = indexOf(items, c.req.query('after'));
  const before = indexOf(items, c.req.query('before'));
  const start = before === null ? (after === null ? 0 : after + 1) : Math.max(0, before - size);
  const page = items.slice(start, before ?? start + size);
  const [first] = page;
  const last = page.at(-1);
  const links = [
    ...(last !== undefined && start + page.length < items.length ? [cursorLink(c, baseUrl, 'after', last.id, 'next')] : []),
    ...(first !== undefined && start > 0 ? [cursorLink(c, baseUrl, 'before', first.id, 'prev')] : []),
  ];
  if (links.length > 0) c.header('Link', links.join(', '));
  return page;
}

const cursorOf = (id: number): string => Buffer.from(`cursor:${String(id)}`).toString('base64url');

function indexOf(items: readonly { readonly id: number }[], cursor: string | undefined): number | null {
  if (cursor === undefined) return null;
  const at = items.findIndex((item) => cursorOf(item.id) === cursor);
  if (at === -1) throw new GitHubError(422, 'Invalid request.\n\nThe cursor names no item of the list.');
  return at;
}

function cursorLink(c: Request, baseUrl: string, parameter: 'after' | 'before', id: number, relation: string): string {
  const { after: _after, before: _before, ...rest } = c.req.query();
  const query = new URLSearchParams({ ...rest, [parameter]: cursorOf(id) });
  return `<${baseUrl}${c.req.path}?${query.toString()}>; rel="${relation}"`;
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
