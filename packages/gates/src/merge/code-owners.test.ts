import { describe, expect, test } from 'vitest';
import { completeList, known, partialList, unknown } from '../facts/fact.ts';
import type { MergeFacts } from '../facts/merge-facts.ts';
import type { ReasonCode } from '../reason-codes.ts';
import { approvedBy, ask, ben, cho, dia, fileOf, mergeFactsOf, reviewerOf, ruleOf, ruleText, withReview } from '../testing/index.ts';
import { matchesPattern, namedIn, ownersOf, parseCodeOwners } from './code-owners.ts';

describe('a code owners pattern', () => {
  test.each<[string, readonly string[], readonly string[]]>([
    ['*', ['a', 'a/b/c.js'], []],
    ['*.js', ['a.js', 'src/deep/a.js'], ['a.jsx', 'src/a.ts']],
    ['/build/logs/', ['build/logs/a', 'build/logs/deep/b'], ['build/logs', 'src/build/logs/a']],
    ['docs/*', ['docs/start.md'], ['docs/app/help.md', 'src/docs/start.md']],
    ['apps/', ['apps/a', 'src/apps/deep/b'], ['apps']],
    ['/docs/', ['docs/a', 'docs/b/c'], ['src/docs/a']],
    ['**/logs', ['build/logs/a', 'logs/a', 'deep/er/logs'], ['build/login']],
    ['/apps/github', ['apps/github', 'apps/github/x'], ['apps/gitlab', 'src/apps/github']],
    ['/src/**/test.?s', ['src/test.ts', 'src/a/b/test.js'], ['src/test.tsx']],
    ['my\\ file', ['my file', 'deep/my file'], ['my']],
    ['.github', ['.github/workflows/ci.yml'], ['github']],
  ])('%s holds for what GitHub says it holds for', (pattern, yes, no) => {
    expect(yes.filter((path) => !matchesPattern(pattern, path))).toEqual([]);
    expect(no.filter((path) => matchesPattern(pattern, path))).toEqual([]);
  });

  test('takes no time to speak of, however it is made', () => {
    expect(matchesPattern(`/${'*a'.repeat(200)}`, `${'a'.repeat(5000)}b`)).toBe(false);
    expect(matchesPattern(Array.from({ length: 60 }, () => '**').join('/x/'), Array.from({ length: 300 }, () => 'x').join('/'))).toBe(true);
  });
});

describe('parseCodeOwners', () => {
  test('reads owners, comments, empty lines and patterns without owners', () => {
    const file = parseCodeOwners('# all\r\n* @Ana @acme/Platform # the rest\n\n/docs/ docs@example.com\n/docs/free\n');
    expect(file.problems).toEqual([]);
    expect(ownersOf(file, 'src/a.ts')?.owners).toEqual([{ kind: 'account', login: 'ana' }, { kind: 'team', team: 'acme/platform' }]);
    expect(ownersOf(file, 'docs/a.md')?.owners).toEqual([{ kind: 'address' }]);
    expect(ownersOf(file, 'docs/free')?.owners).toEqual([]);
    expect(namedIn(file)).toEqual({ logins: ['ana'], teams: ['acme/platform'] });
  });

  test.each([
    ['a negation', '!src @ana'],
    ['a range', 'src/[ab] @ana'],
    ['a backslash', 'src\\a @ana'],
    ['a backslash at the end', 'src\\'],
    ['an owner without @', 'src ana'],
    ['a team without organisation', 'src @/platform'],
  ])('tells the line of %s, which GitHub would skip', (_name, line) => {
    expect(parseCodeOwners(`* @ana\n${line}\n`).problems).toMatchObject([{ line: 2 }]);
  });

  test('reads a megabyte at once', () => {
    expect(parseCodeOwners('*.js @ana\n'.repeat(100_000)).rules).toHaveLength(100_000);
  });
});

describe('the code owners rule', () => {
  const owners = (text: string, changes: Partial<Extract<NonNullable<Extract<MergeFacts['codeOwners'], { known: unknown }>['known']>, object>> = {}) =>
    known({ path: '.github/CODEOWNERS', text, accounts: [{ login: 'ben', person: known(ben) }, { login: 'dia', person: known(dia) }, { login: 'gone', person: known(null) }, { login: 'unread', person: unknown('GitHub answered 500') }], ...changes });
  const judge = (codeOwners: MergeFacts['codeOwners'], changes: Partial<MergeFacts> = {}) => ruleOf(ask(mergeFactsOf({ codeOwners, ...changes }), { policy: withReview({ codeOwners: 'required' }) }), 'code-owners');
  const team = (membership: 'active' | 'pending') => ({ reviewers: [{ ...reviewerOf(ben), teams: [{ team: 'Acme/Platform', membership: known(membership) }] }] });

  test.each<[string, MergeFacts['codeOwners'], Partial<MergeFacts>, string, ReasonCode]>([
    ['is satisfied by an owner', owners('* @ben'), {}, 'allow', 'ok'],
    ['waits for an owner', owners('* @dia'), {}, 'wait', 'code-owner-missing'],
    ['takes one of several', owners('* @dia @ben'), {}, 'allow', 'ok'],
    ['goes by the last line that matches', owners('* @ben\nsrc/ @dia'), {}, 'wait', 'code-owner-missing'],
    ['asks nobody for what nobody owns', owners('* @dia\nsrc/'), {}, 'allow', 'ok'],
    ['asks nobody where there is no file', known(null), {}, 'allow', 'ok'],
    ['knows the active members of a team, in any case', owners('* @acme/platform'), team('active'), 'allow', 'ok'],
    ['does not count a pending member', owners('* @acme/platform'), team('pending'), 'wait', 'code-owner-missing'],
    ['is unknown while membership is', owners('* @acme/platform'), {}, 'unknown', 'fact-missing'],
    ['counts nobody for a login that no account has', owners('* @gone'), {}, 'wait', 'code-owner-missing'],
    ['is unknown while an account is', owners('* @unread'), {}, 'unknown', 'fact-missing'],
    ['is unknown for an account that was not looked up', owners('* @other'), {}, 'unknown', 'fact-missing'],
    ['takes an e-mail address for nobody', owners('* ben@example.com'), {}, 'wait', 'code-owner-missing'],
    ['is unknown when a line cannot be read', owners('* @ben\n![x] @dia'), {}, 'unknown', 'code-owners-unreadable'],
    ['is unknown when the file was not read', unknown('403'), {}, 'unknown', 'fact-missing'],
    ['is unknown when files are cut short', owners('* @ben'), { files: partialList([fileOf('src/cart.ts')], '3000 of 3100 read') }, 'unknown', 'list-incomplete'],
    ['asks the owner of the name a file had (T15)', owners('* @ben\n/infra/ @dia'), { files: completeList([fileOf('src/a', { previousPath: 'infra/a' })]) }, 'wait', 'code-owner-missing'],
    ['asks the owner of the folder a link leads to (T15)', owners('* @ben\n/infra/ @dia'), { files: completeList([fileOf('src/a', { kind: known('symlink'), target: known('infra') })]) }, 'wait', 'code-owner-missing'],
    ['does not take an approval that does not count', owners('* @dia'), { reviews: completeList([approvedBy(ben), approvedBy(dia)]), reviewers: [reviewerOf(ben), reviewerOf(dia, 'read')] }, 'wait', 'code-owner-missing'],
    ['does not ask twice for people who approved', owners('* @ben\nsrc/ @ben @cho'), { reviews: completeList([approvedBy(cho), approvedBy(ben)]), reviewers: [reviewerOf(ben), reviewerOf(cho)] }, 'allow', 'ok'],
  ])('%s', (_name, codeOwners, changes, outcome, reason) => {
    const rule = judge(codeOwners, changes);
    expect(rule).toMatchObject({ outcome, reason });
    expect(ruleText(rule)).toMatchSnapshot();
  });

  test('names the files and the owners', () => {
    const rule = judge(owners('src/ @dia'));
    expect(rule).toMatchObject({ summary: 'src/cart.ts belongs to @dia, and none of them approved.', needs: ['an approval by @dia'], files: [{ path: 'src/cart.ts' }] });
  });

  test('is silent where the policy does not ask', () => {
    expect(ruleOf(ask(mergeFactsOf({ codeOwners: unknown('not read') })), 'code-owners')).toMatchObject({ outcome: 'allow', reason: 'not-applicable' });
  });
});
