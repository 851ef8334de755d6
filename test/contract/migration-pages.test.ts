import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parsePolicy } from '@sallyport/policy';
import { describe, expect, it } from 'vitest';
import { readPage } from '../docs/page.ts';

const root = new URL('../../', import.meta.url);
const { load } = createRequire(new URL('packages/simulator/package.json', root))('js-yaml') as { readonly load: (text: string) => unknown };
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');
const pages = readdirSync(new URL('docs/migrate/', root)).filter((name) => name !== 'README.md');

/** A block of YAML by the file that its first line names. */
const blocksIn = (markdown: string): readonly { readonly file: string | null; readonly text: string }[] =>
  readPage('', markdown).blocks.filter(({ language }) => language === 'yaml').map(({ text }) => ({ file: /^# (\S+)\n/.exec(text)?.[1] ?? null, text }));

const policiesIn = (markdown: string): readonly string[] => blocksIn(markdown).flatMap(({ file, text }) => (file === '.github/sallyport.yml' ? [text] : []));
const problemsOf = (text: string): readonly string[] => parsePolicy(text, { file: '.github/sallyport.yml' }).problems.map(({ message }) => message);

it('there is a page for each tool, and the index names it', () => {
  expect(pages.toSorted()).toEqual(['branch-deploy.md', 'environment-reviewers.md', 'policy-bot.md']);
  for (const page of pages) expect(read('docs/migrate/README.md')).toContain(`(${page})`);
});

describe.each(pages)('docs/migrate/%s', (page) => {
  const markdown = read(`docs/migrate/${page}`);
  const blocks = blocksIn(markdown);

  it('says of every block which file it is, shows one old and one new, and each is YAML', () => {
    expect(blocks.filter(({ file }) => file === null)).toEqual([]);
    expect(policiesIn(markdown)).toHaveLength(1);
    expect(blocks.length).toBe(2);
    for (const { text } of blocks) expect(load(text)).toBeTypeOf('object');
  });

  it('shows a policy without a problem', () => {
    for (const policy of policiesIn(markdown)) expect(problemsOf(policy)).toEqual([]);
  });

  it.each([
    ['a misspelt field', 'approvals:', 'aprovals:'],
    ['a test from nowhere', /, workflow: \S+ }/, ' }'],
    ['no tests', /tests:\n\s+- {[^}]*}/, 'tests: []'],
  ] as const)('would not be taken with %s', (_what, old, now) => {
    for (const policy of policiesIn(markdown)) {
      const wrong = policy.replace(old, now);
      expect(wrong).not.toBe(policy);
      expect(problemsOf(wrong)).not.toEqual([]);
    }
  });

  it.each(['What becomes of what', 'What is different, and what is lost', 'An example', 'Steps', 'Going back'])('has the section “%s”', (title) => {
    expect(markdown).toContain(`\n## ${title}\n`);
  });

  it('says what it rests on, and when', () => {
    expect(markdown).toMatch(/November 2026/);
  });
});
