import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { root } from './page.ts';
import type { Link, Page } from './page.ts';

/** What is wrong with the links of a page, a sentence each; `pages` are those it may lead to. Nobody outside is asked whether an address answers. */
export const brokenLinks = (page: Page, pages: readonly Page[]): readonly string[] =>
  page.links.flatMap((link) => {
    const problem = problemOf(page, link, pages);
    return problem === null ? [] : [`${page.path}:${link.line}: ${link.target} ${problem}`];
  });

const problemOf = (page: Page, { target }: Link, pages: readonly Page[]): string | null => (/^[a-z][a-z0-9+.-]*:|^\/\//i.test(target) ? problemOutside(target) : problemInside(page, target, pages));

/** Hosts that stand for another: what RFC 2606 and RFC 6761 keep from use, and what people write for the time being. `example` is the one to write. */
const placeholder = /(^|\.)(localhost|local|internal|test|invalid|todo|tbd)$|(^|\.)(your[a-z-]*|my-?(company|domain|site|org|app)|foo|bar|placeholder|changeme|domain|company|acme)\.[a-z]+$/;
const placeholderPath = /<|>|%3[ce]|\bOWNER\b|\bREPO\b|(^|\/)your-|\bTODO\b/i;

function problemOutside(target: string): string | null {
  if (!URL.canParse(target)) return 'is not well formed';
  const { protocol, hostname, username, pathname } = new URL(target);
  if (protocol !== 'https:') return 'is not https';
  if (username !== '' || /\s/.test(target) || !hostname.includes('.') || /[^a-z0-9.-]/.test(hostname)) return 'is not well formed';
  return placeholder.test(hostname) || placeholderPath.test(pathname) ? 'stands for another address; write the real one, or example.com' : null;
}

function problemInside(page: Page, target: string, pages: readonly Page[]): string | null {
  const [path = '', anchor] = target.split('#');
  const there = path === '' ? page.path : posix.normalize(posix.join(posix.dirname(page.path), decodeURIComponent(path)));
  if (there.startsWith('..')) return 'leads out of the repository';
  if (there !== page.path && !existsSync(join(root, there))) return 'leads to no file';
  if (anchor === undefined) return null;
  if (!there.endsWith('.md')) return anchor.split('-').every((part) => /^L\d+$/.test(part)) ? null : 'names a section of what has none';
  const other = there === page.path ? page : pages.find(({ path: known }) => known === there);
  return other?.anchors.has(anchor) === true ? null : 'leads to no section';
}
