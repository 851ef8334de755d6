import type { Reasons } from './reason.ts';

/** Is there an approval of exactly this, and no objection? */
export const mergeReviewReasons = {
  'approvals-missing': { meaning: 'Fewer people than the policy asks for have approved what would be merged.', remedy: 'Someone with permission who had no part in the change reviews and approves its head.', needs: 'another approval' },
  'nobody-can-approve': { meaning: 'Everyone with permission to review had a part in the change, so it will wait however long nobody else is found.', remedy: 'An administrator gives someone who had no part in it the permission to review.', needs: 'a reviewer who had no part in it, and there is none' },
  'review-requested-again': { meaning: 'The person was asked to review again after approving, so the approval is taken to be about an earlier state.', remedy: 'The person reviews again, or the request is withdrawn.' },
  'comment-only': { meaning: 'A comment approves nothing, whatever it says and however it was edited.', remedy: 'The reviewer chooses “Approve” in the review form.' },
  'opinion-replaced': { meaning: 'The same person gave a later opinion, and the latest one counts. Dismissing it does not revive this one.', remedy: null },
  'not-an-approval': { meaning: 'The review asks for changes, or was dismissed.', remedy: null },
  'approval-other-pull-request': { meaning: 'The approval was given on another pull request.', remedy: 'The reviewer approves this one.' },
  'approval-not-for-head': { meaning: 'The approval was given to an earlier head, and nothing proves that the present one brings in the same.', remedy: 'The reviewer looks at what was pushed since and approves again.' },
  'approval-head-not-shown': {
    meaning: 'The head was pushed so shortly before the approval that the reviewer was most likely shown the one before it.',
    remedy: 'The reviewer reloads the page, looks at the present head and approves again.',
  },
  'approval-before-base-move': { meaning: 'The approval was given before the pull request was pointed at another base, or the base was rewritten; it was about another change.', remedy: 'The reviewer looks at the change as it is now and approves again.' },
  'approval-carried': { meaning: 'The approval was given to an earlier head and holds for this one: merging what was approved onto the base again gives exactly the present content.', remedy: null },
  'carry-over-unproven': { meaning: 'The approval was given to an earlier head, and whether the present one has the same content could not be worked out.', remedy: 'Ask again in a minute, or the reviewer approves again.' },
  'changes-requested': { meaning: 'A reviewer’s latest opinion asks for changes. Approvals of others do not outweigh it.', remedy: 'The author answers it and the reviewer approves; or someone with permission and no part in the change dismisses it with a reason.', needs: 'an objection to be settled' },
  'objection-withdrawn': { meaning: 'Whoever objected took it back.', remedy: null },
  'objection-dismissed': { meaning: 'The objection was dismissed by someone who may: with permission, and no part in the change.', remedy: null },
  'objection-dismissed-by-contributor': { meaning: 'The objection was dismissed by someone who had a part in the change or may not dismiss, so it still stands.', remedy: 'Whoever objected reviews again, or someone with permission and no part in the change dismisses it.', needs: 'an objection to be settled' },
  'not-an-objection': { meaning: 'The review does not ask for changes.', remedy: null },
  'sensitive-approvals-missing': { meaning: 'The change touches paths for which the policy, or Sallyport itself, asks for more approvals or those of a certain team.', remedy: 'The people named approve; or the change of those paths becomes a pull request of its own, so that the rest need not wait.', needs: 'more approvals for its sensitive paths' },
  'glob-not-supported': { meaning: 'A path pattern in the policy uses more than `*`, `**` and `?`, and what cannot be read matches nothing with certainty.', remedy: 'Whoever owns the policy writes it with those three.', needs: 'path patterns that can be read' },
  'link-unknown': { meaning: 'A symbolic link leads out of the repository, or it could not be learnt where to. It could be any sensitive path.', remedy: 'The author replaces the link with a file, or points it inside the repository.', needs: 'symbolic links that lead somewhere known' },
  'code-owner-missing': { meaning: 'Changed files have owners in the base branch’s code owners file, and none of them approved.', remedy: 'One of the owners named approves.', needs: 'approvals of code owners' },
  'code-owners-unreadable': { meaning: 'The base branch’s code owners file has lines that cannot be read with certainty, so who must approve is not known.', remedy: 'Whoever owns that file corrects the lines named.', needs: 'a code owners file that can be read' },
} as const satisfies Reasons;
