import { beforeAll, describe, expect, it } from 'vitest';
import { loadGitHubParser } from '../contract/github-parser.ts';
import type { GitHubParser } from '../contract/github-parser.ts';
import { readPages } from './page.ts';
import { problemsInYaml } from './yaml-block.ts';

let parser: GitHubParser;
beforeAll(async () => {
  parser = await loadGitHubParser();
});

const blocks = readPages().flatMap(({ path, blocks: all }) => all.map((block) => ({ ...block, place: `${path}:${block.line}` })));
const written = (...languages: readonly string[]) => blocks.filter(({ language }) => languages.includes(language)).map(({ place, text }) => [place, text] as const);

/** Files of other tools, by how they begin. */
const ofOthers = [
  { page: 'docs/migrate/policy-bot.md', firstLine: '# .policy.yml' },
  { page: 'docs/recipes/kubernetes.md', firstLine: 'apiVersion: rbac.authorization.k8s.io/v1' },
] as const;
const isOfOthers = ({ place, text }: { readonly place: string; readonly text: string }): boolean => ofOthers.some(({ page, firstLine }) => place.startsWith(`${page}:`) && text.startsWith(firstLine));

describe('a YAML block', () => {
  it.each([
    ['a policy with a word that is none', 'version: 1\nmerge:\n  test: []\n', /test/],
    ['a part of a policy with a zone that is none', 'windows:\n  w: { zone: PST, days: [saturday], from: "06:00", to: "12:00" }\n', /^Line 2: .*zone/],
    ['a part of a policy that names what is not there', 'environments:\n  production: { window: sunday }\n', /sunday/],
    ['a workflow with a word that is none', 'name: x\non: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    step: []\n', /step/],
    ['steps with an expression that is none', '- run: echo\n  if: ${{ steps.a.outcome = 1 }}\n', /./],
    ['the lower half of a job with a permission that is none', 'permissions:\n  content: read\nsteps:\n  - run: echo\n', /content/],
    ['something of neither kind', 'colour: blue\n', /neither/],
    ['no YAML', 'a: [\n', /no YAML/],
  ])('has reported %s', async (_name, text, problem) => {
    expect((await problemsInYaml(text, parser)).join('\n')).toMatch(problem);
  });

  it('is found on our pages', () => {
    expect(written('yaml', 'yml').length).toBeGreaterThan(20);
  });

  it.each(written('yaml', 'yml').filter(([place, text]) => !isOfOthers({ place, text })))('in %s is a policy or a workflow, or a part of one, that holds', async (_place, text) => {
    expect(await problemsInYaml(text, parser)).toEqual([]);
  });
});

describe('a YAML block of somebody else', () => {
  it.each(ofOthers)('$page has $firstLine, which is not ours', ({ page, firstLine }) => {
    expect(blocks.some(({ language, place, text }) => language === 'yaml' && place.startsWith(`${page}:`) && text.startsWith(firstLine))).toBe(true);
  });
});

describe('a JSON block', () => {
  it.each(written('json'))('in %s can be read', (_place, text) => {
    expect(() => JSON.parse(text) as unknown).not.toThrow();
  });
});
