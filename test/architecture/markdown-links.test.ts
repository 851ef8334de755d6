import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const skipped = new Set(['node_modules', 'dist', 'coverage', '.git', '.turbo']);

/** Every page of the repository. What is installed or built is not ours. */
const pagesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return skipped.has(entry.name) ? [] : pagesBelow(join(folder, entry.name));
    return entry.name.endsWith('.md') ? [join(folder, entry.name)] : [];
  });

/** What is shown as code is no link and no heading. */
const proseOf = (markdown: string): string => markdown.replaceAll(/^(```+|~~~+)[^\n]*\n[\s\S]*?^\1[^\n]*$/gm, '').replaceAll(/`[^`\n]*`/g, (code) => code.replaceAll(/[[\]()]/g, ''));

const linksIn = (markdown: string): readonly string[] => [...proseOf(markdown).matchAll(/\]\(([^()\s]+)\)/g)].map(([, target]) => target ?? '');

/** As GitHub makes them of headings, and those that a page sets itself. */
function anchorsIn(markdown: string): ReadonlySet<string> {
  const prose = proseOf(markdown);
  const headings = [...prose.matchAll(/^#{1,6} +(.+)$/gm)].map(([, heading]) => (heading ?? '').trim().toLowerCase().replaceAll(/[^\p{L}\p{N}\s_-]/gu, '').replaceAll(' ', '-'));
  return new Set([...headings, ...[...prose.matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id ?? '')]);
}

/** Links that lead nowhere. Addresses outside the repository are not looked at: a test asks nobody. */
function brokenLinks(page: string, markdown: string): readonly string[] {
  return linksIn(markdown).filter((target) => {
    if (/^[a-z][a-z0-9+.-]*:/.test(target)) return false;
    const [path = '', anchor] = target.split('#');
    const file = path === '' ? page : join(dirname(page), decodeURIComponent(path));
    if (file !== page && !existsSync(file)) return true;
    return anchor !== undefined && !anchorsIn(file === page ? markdown : readFileSync(file, 'utf8')).has(anchor);
  });
}

const pages = pagesBelow(root);

describe('the links of our pages', () => {
  it('finds the pages', () => {
    expect(pages.map((page) => relative(root, page))).toEqual(expect.arrayContaining(['README.md', 'docs/adr/README.md', 'packages/gates/README.md']));
  });

  it.each([
    ['a file that is not there', 'see [this](no-such-file.md)', ['no-such-file.md']],
    ['a heading that is not there', '# Here\n\n[this](#there)', ['#there']],
    ['a heading of another page that is not there', '[this](CONTRIBUTING.md#nothing-of-the-kind)', ['CONTRIBUTING.md#nothing-of-the-kind']],
    ['nothing in headings, anchors, addresses and code', '# A `B`, c\n<a id="own"></a>[1](#a-b-c) [2](#own) [3](https://example.com/x) [4](LICENSE) `[5](no)`\n\n```\n[6](no)\n```\n', []],
  ])('reports %s', (_name, markdown, broken) => {
    expect(brokenLinks(join(root, 'planted.md'), markdown)).toEqual(broken);
  });

  it.each(pages.map((page) => [relative(root, page), page] as const))('in %s lead somewhere', (_name, page) => {
    expect(brokenLinks(page, readFileSync(page, 'utf8'))).toEqual([]);
  });
});
