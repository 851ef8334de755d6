import type { Decision, Judged, NextStep, RuleResult } from '../decision.ts';
import { handmadeDecision, judgedOf, resultOf } from './handmade-decision.ts';

const pull = 'https://github.com/acme/shop/pull/42';
const run = 'https://github.com/acme/shop/actions/runs/7000';

const rule = (name: string, summary: string, changes: Partial<RuleResult> = {}): RuleResult => resultOf(name, { summary, ...changes });

const unit = judgedOf('test unit', { summary: 'check 8000 ended in success on 1a1a1a1a1a1a', evidence: ['.github/workflows/ci.yml, as main defines it', 'run 7000, attempt 1', 'event pull_request'], url: `${run}/job/8000` });
const lint = judgedOf('test lint', { summary: 'check 8001 ended in success on 1a1a1a1a1a1a', evidence: ['.github/workflows/ci.yml, as main defines it', 'run 7000, attempt 1'], url: `${run}/job/8001` });
const byBen = judgedOf('approval by ben', { summary: 'ben (write) contributed nothing and approved 1a1a1a1a1a1a', evidence: ['review 1020', 'given 2026-11-23T11:00:00Z', 'head since 2026-11-23T10:00:00Z'], url: `${pull}#pullrequestreview-1020` });
const byAna: Judged = judgedOf('approval by ana', {
  counted: false,
  reason: 'reviewer-contributed',
  summary: 'ana contributed to the change as co-author of commit 1a1a1a1a1a1a',
  evidence: ['review 1010', 'given 2026-11-23T11:30:00Z'],
  remedy: 'someone who had no part in the change approves',
  url: `${pull}#pullrequestreview-1010`,
});

const target = rule('target', '#42 is open and goes into main.');
const head = rule('head', 'The last push made 1a1a1a1a1a1a the head.', { evidence: ['last moved 2026-11-23T10:00:00Z'] });
const tests = rule('tests', 'unit and lint succeeded on 1a1a1a1a1a1a.', { judged: [unit, lint] });
const contributors = rule('contributors-known', 'Contributors: ana and cho.');
const review = rule('review', '1 of 1 needed approvals count.', { judged: [byBen] });
const objections = rule('objections', 'Nobody objects.');
const sensitive = rule('sensitive', 'No sensitive path is changed.');
const satisfied = { target, head, tests, contributors, review, objections, sensitive };

const decide = (changes: Partial<Record<keyof typeof satisfied, RuleResult>>, next: readonly NextStep[] = []): Decision => handmadeDecision(Object.values({ ...satisfied, ...changes }), { next });

const approve: NextStep = { who: 'ben or dia', what: 'review #42 and approve its head', command: 'gh pr review 42 --repo acme/shop --approve', effort: 'review' };
const noApproval = rule('review', '1 more approval of the head is needed (0 of 1), from people who contributed nothing.', { outcome: 'wait', reason: 'approvals-missing', needs: ['one more approval'], judged: [byAna] });

const forged = judgedOf('check unit (8000)', {
  counted: false,
  reason: 'check-other-app',
  summary: 'it was posted by app 99; only GitHub Actions (15368), from .github/workflows/ci.yml, counts',
  evidence: ['no workflow run', 'completed 2026-11-23T10:01:00Z'],
  remedy: 'let .github/workflows/ci.yml run on pull_request',
  url: `${run}/job/8000`,
});

const carried = judgedOf('approval by ben', {
  reason: 'approval-carried',
  summary: 'ben (write) approved 010101010101; merging that onto main again gives exactly the head’s content',
  evidence: ['review 1020', `tree ${'7e'.repeat(20)}`, 'base moved from babababababa to bcbcbcbcbcbc'],
  url: `${pull}#pullrequestreview-1020`,
});

const lacking = { outcome: 'wait', reason: 'sensitive-approvals-missing', summary: '.github/workflows/ci.yml and infra/dns.tf need 2 approvals from acme/platform; 0 of 2 counted.' } as const;

/** Decisions on #42 as developers meet them, by what happened. */
export const exampleDecisions = {
  allowed: decide({}),
  approvalMissing: decide({ review: noApproval }, [approve]),
  testFailed: decide(
    {
      tests: rule('tests', 'Check lint ended as failure.', {
        outcome: 'deny',
        reason: 'test-failed',
        needs: ['test lint to succeed'],
        judged: [unit, { ...lint, counted: false, reason: 'test-failed', summary: 'check 8001 ended as failure', remedy: 'make it succeed on the head, or run it again' }],
      }),
      objections: rule('objections', 'dia requests changes.', { outcome: 'deny', reason: 'changes-requested', needs: ['dia’s objection to be settled'], judged: [judgedOf('objection by dia', { reason: 'changes-requested', summary: 'dia (maintain) requests changes', evidence: ['review 1040', 'given 2026-11-23T11:45:00Z'], remedy: 'dia reviews again, or someone with permission and no part in the change dismisses it', url: `${pull}#pullrequestreview-1040` })] }),
    },
    [
      { who: 'dia', what: 'review again: approve, or keep the objection', effort: 'review' },
      { who: 'ana', what: 'make check lint succeed on the head, or run it again', command: 'gh run rerun 7000 --failed --repo acme/shop', effort: 'change' },
    ],
  ),
  forgedCheck: decide({ tests: rule('tests', 'Check unit from .github/workflows/ci.yml has not come for 1a1a1a1a1a1a.', { outcome: 'wait', reason: 'test-missing', needs: ['test unit to run'], judged: [forged, lint] }) }, [
    { who: 'ana', what: 'see whether .github/workflows/ci.yml runs check unit for pull requests', effort: 'change' },
  ]),
  carriedOver: decide({ review: rule('review', '1 of 1 needed approvals count.', { judged: [carried] }) }),
  machineUnexplained: decide({ contributors: rule('contributors-known', 'robot[bot] pushed 1a1a1a1a1a1a, and nobody is known who set it to work.', { outcome: 'unknown', reason: 'machine-unexplained', evidence: ['robot[bot] (id 901)'] }) }, [
    { who: 'whoever set robot[bot] to work', what: 'assign it to #42, so that it is known who did', effort: 'click' },
    { who: 'whoever owns the policy', what: 'name it under merge.review.machines, if it acts on nobody’s word', effort: 'administer' },
  ]),
  sensitivePath: decide(
    {
      sensitive: rule('sensitive', lacking.summary, {
        ...lacking,
        needs: ['two approvals of acme/platform for sensitive paths'],
        judged: [judgedOf('approval by ben, for acme/platform', { counted: false, reason: 'not-in-team', summary: 'ben does not belong to acme/platform', evidence: ['paths .github/**, infra/**'], remedy: 'a member of acme/platform approves' })],
        files: ['.github/workflows/ci.yml', 'infra/dns.tf'].map((path) => ({ path, ...lacking })),
      }),
    },
    [{ who: '2 of eli, fay and gus (acme/platform)', what: 'review #42 and approve its head', command: 'gh pr review 42 --repo acme/shop --approve', effort: 'review' }],
  ),
} as const satisfies Readonly<Record<string, Decision>>;
