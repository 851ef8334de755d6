import type { Reasons } from './reason.ts';

/** Is it the right change, in the right state? */
export const mergeTargetReasons = {
  'base-not-gated': { meaning: 'The pull request goes into a branch that the policy does not name.', remedy: 'Change its base to one of the branches under `merge.into`, or have the branch added to the policy.', needs: 'a base branch that the policy names' },
  'pull-request-closed': { meaning: 'The pull request is closed.', remedy: 'Reopen it to have it judged.', needs: 'to be open' },
  'already-merged': { meaning: 'The pull request has been merged; there is nothing left to decide.', remedy: null, needs: 'nothing more: it is merged already' },
  draft: { meaning: 'The pull request is a draft, so its author does not offer it yet.', remedy: 'The author marks it as ready for review.', needs: 'to be marked as ready for review' },
  'head-not-in-push-history': {
    meaning: 'The recorded movements of the branch do not end at its present head. Approvals are tied to content by those movements, so none can be tied now.',
    remedy: 'Ask again in a minute: GitHub may still be writing them. If it stays, push to the branch once more.',
    needs: 'a push history that ends at its head',
  },
  'head-shared': {
    meaning: 'Other open pull requests have the same head commit. Checks belong to commits, so one yes would admit all of them.',
    remedy: 'Close all but one, or add a commit to this one.',
    needs: 'a head commit of its own',
  },
  'group-differs': {
    meaning: 'What the merge queue would land is not the approved head merged cleanly onto its base.',
    remedy: 'Take the pull request out of the queue and add it again; if it conflicts with what is queued before it, update the branch first.',
    needs: 'a merge queue group that holds exactly what was approved',
  },
} as const satisfies Reasons;
