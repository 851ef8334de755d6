import { describe, expect, test } from 'vitest';
import type { Decision, RuleResult } from '../decision.ts';
import { handmadeDecision, resultOf } from '../testing/handmade-decision.ts';
import { verdictOf } from './verdict.ts';

const approval = resultOf('review', { outcome: 'wait', reason: 'approvals-missing', summary: '1 more approval is needed.', needs: ['one more approval'] });
const failed = resultOf('tests', { outcome: 'deny', reason: 'test-failed', summary: 'Check unit ended as failure.' });
const unread = resultOf('tests', { outcome: 'unknown', reason: 'list-incomplete', summary: 'The list of checks is not complete: 1 of 101 read. And src/a.ts is odd.' });

describe('the verdict', () => {
  test.each<[string, readonly RuleResult[], Partial<Decision>, string]>([
    ['of an allow', [resultOf('review')], {}, '#42 may merge: every rule is satisfied.'],
    ['of a wait', [approval], {}, '#42 may not merge yet: it needs one more approval.'],
    ['names the worst first', [approval, failed], {}, '#42 may not merge: it needs a test to succeed that failed and one more approval.'],
    ['takes a need named twice once', [approval, { ...approval, rule: 'sensitive' }], {}, '#42 may not merge yet: it needs one more approval.'],
    ['of a merged pull request says only that', [approval, resultOf('target', { outcome: 'deny', reason: 'already-merged', summary: '#42 is already merged.' })], {}, '#42 may not merge: it is merged already.'],
    ['stops at three needs', [resultOf('a', { outcome: 'wait', needs: ['one', 'two', 'three', 'four', 'five'] })], {}, '#42 may not merge yet: it needs one, two, three and 2 more.'],
    ['of an unknown says what is unknown', [approval, unread], {}, 'Whether #42 may merge is unknown: the list of checks is not complete: 1 of 101 read.'],
    ['says a rule’s own words where the reason has none', [resultOf('odd', { outcome: 'deny', reason: 'check-other-app', summary: 'Posted by app 1.8. It does not count.' })], {}, '#42 may not merge: posted by app 1.8.'],
    ['of a release', [resultOf('window', { outcome: 'wait', reason: 'window-closed' })], { gate: 'release', subject: '1.8.0 to production' }, '1.8.0 may not go to production yet: it needs the window to open.'],
    ['of an override', [approval], { gate: 'override', subject: 'override 31: 1.8.0 to production' }, 'Override 31 (1.8.0 to production) may not be granted yet: it needs one more approval.'],
    ['of a subject nobody knows', [approval], { subject: 'something' }, 'something may not merge yet: it needs one more approval.'],
  ])('%s', (_name, rules, changes, sentence) => {
    expect(verdictOf(handmadeDecision(rules, changes))).toBe(sentence);
  });
});
