import { describe, expect, it } from 'vitest';
import { brokenLinks } from './broken-links.ts';
import { readPage, readPages } from './page.ts';

const pages = readPages();
const problemsOf = (markdown: string): readonly string[] => brokenLinks(readPage('planted.md', markdown), pages).map((problem) => problem.replace(/^planted\.md:\d+: \S+ /, ''));

describe('the links of our pages', () => {
  it('finds the pages', () => {
    expect(pages.map(({ path }) => path)).toEqual(expect.arrayContaining(['README.md', 'SECURITY.md', 'docs/adr/README.md', 'docs/guides/auditor.md', 'packages/gates/README.md', 'packages/actions/deploy/README.md']));
  });

  it.each([
    ['a file that is not there', 'see [this](no-such-file.md)', ['leads to no file']],
    ['an image that is not there', '![a gate](gate.png)', ['leads to no file']],
    ['a file named at the foot of the page', 'see [this][1]\n\n[1]: no-such-file.md', ['leads to no file']],
    ['a file in HTML', '<a href="no-such-file.md">this</a>', ['leads to no file']],
    ['a file outside', '[this](../etc/passwd)', ['leads out of the repository']],
    ['a heading that is not there', '# Here\n\n[this](#there)', ['leads to no section']],
    ['the second of a heading that is there once', '# Here\n\n[this](#here-1)', ['leads to no section']],
    ['a heading of another page that is not there', '[this](CONTRIBUTING.md#nothing-of-the-kind)', ['leads to no section']],
    ['a heading that only stands in a block', '```md\n# Here\n```\n\n[this](#here)', ['leads to no section']],
    ['an address without encryption', '[this](http://example.com/x)', ['is not https']],
    ['an address of mail', '[this](mailto:ada@example.com)', ['is not https']],
    ['an address that is none', '[this](https://exa_mple/x)', ['is not well formed']],
    ['an address to be filled in', '[1](https://your-company.com/x) [2](https://github.com/OWNER/REPO) [3](https://localhost.test/)', Array(3).fill('stands for another address; write the real one, or example.com')],
  ])('have reported %s', (_name, markdown, problems) => {
    expect(problemsOf(markdown)).toEqual(problems);
  });

  it.each([
    ['headings with code, marks and one twice', '# A `B`, c\n\n# Here\n\n# Here\n\n[1](#a-b-c) [2](#here) [3](#here-1)'],
    ['an anchor that the page sets', '| <a id="own"></a>`own` |\n|---|\n\n[1](#own)'],
    ['a file, a folder, a line of a file', '[1](LICENSE) [2](docs/adr) [3](package.json#L3)'],
    ['addresses', '[1](https://example.com/x) <https://dora.dev/guides/>'],
    ['what is shown as code', '`[5](no)`\n\n```\n[6](no)\n```'],
  ])('have nothing reported of %s', (_name, markdown) => {
    expect(problemsOf(markdown)).toEqual([]);
  });

  it.each(pages.map((page) => [page.path, page] as const))('in %s lead somewhere', (_path, page) => {
    expect(brokenLinks(page, pages)).toEqual([]);
  });
});
