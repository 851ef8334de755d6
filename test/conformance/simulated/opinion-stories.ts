import { allowed, does, refused } from './story.ts';
import type { Story } from './story.ts';
import type { Change } from './change.ts';

const opens = does('Ana opens a pull request; its tests pass', (change) => change.open({ [`src/${change.branch}.txt`]: 'mine\n' }));
const approves = does('Ben approves', (change) => change.review('ben', 'APPROVE'));
const objects = does('Cho asks for changes', (change) => change.review('cho', 'REQUEST_CHANGES'));

async function dismissLatest(change: Change, by: 'ana' | 'ben' | 'cho'): Promise<void> {
  const review = change.scene.repository.pulls.get(change.number())?.reviews.at(-1);
  await change.scene.call(by, `PUT /pulls/${change.number()}/reviews/${review?.id ?? 0}/dismissals`, { message: 'Not this one', event: 'DISMISS' });
  change.scene.pass(300);
}

/** Opinions that came, went or never were: attacks with reviews. */
export const opinionStories: readonly Story[] = [
  {
    id: 'A09',
    name: 'Ben approves twice, and Cho dismisses the second approval.',
    steps: [opens, approves, approves, allowed, does('Cho dismisses the second one', (change) => dismissLatest(change, 'cho')), refused('wait', 'review', 'approvals-missing', 'opinion-replaced')],
  },
  {
    id: 'A10',
    name: 'Cho asks for changes after Ben’s approval.',
    steps: [opens, approves, allowed, objects, refused('deny', 'objections', 'changes-requested'), does('Cho approves', (change) => change.review('cho', 'APPROVE')), allowed],
  },
  {
    id: 'A11',
    name: 'Ana dismisses Cho’s objection.',
    steps: [opens, approves, allowed, objects, does('Ana dismisses it', (change) => dismissLatest(change, 'ana')), refused('deny', 'objections', 'objection-dismissed-by-contributor')],
  },
  {
    id: 'A12',
    name: 'Ana asks Ben to review again.',
    steps: [
      opens,
      approves,
      allowed,
      does('Ana asks Ben again', (change) => change.scene.call('ana', `POST /pulls/${change.number()}/requested_reviewers`, { reviewers: ['ben'] })),
      refused('wait', 'review', 'approvals-missing', 'review-requested-again'),
      approves,
      allowed,
    ],
  },
  {
    id: 'A13',
    name: 'Ben writes “approved” in a review that only comments.',
    steps: [
      opens,
      does('Ben comments', async (change) => {
        await change.scene.call('ben', `POST /pulls/${change.number()}/reviews`, { event: 'COMMENT', body: 'Approved' });
        change.scene.pass(300);
      }),
      refused('wait', 'review', 'approvals-missing', 'comment-only'),
      approves,
      allowed,
    ],
  },
];
