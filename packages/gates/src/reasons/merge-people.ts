import type { Reasons } from './reason.ts';

/** Who had a part in the change, and may this person judge it? */
export const mergePeopleReasons = {
  'contributor-unknown': {
    meaning: 'Someone who had a part in the change belongs to no account that is known, and might be the one who approved it.',
    remedy: 'The author links the commit’s e-mail address to an account, or makes the commit again under one. A policy that requires signatures settles it too.',
    needs: 'every contributor to be known',
  },
  'machine-unexplained': {
    meaning: 'A machine account had a part in the change, and nobody is known who set it to work. That person would be a contributor.',
    remedy: 'Whoever set it to work says so by assigning it. A machine that acts on nobody’s word is named in the policy under `machines`.',
    needs: 'to know who set a machine account to work',
  },
  'signature-missing': { meaning: 'The policy requires signed commits, and a commit has no signature that GitHub verifies as valid.', remedy: 'Sign it and push again, for example with `git rebase --exec "git commit --amend --no-edit -S"`. Approvals carry over when the content stays the same.', needs: 'every commit to be signed' },
  'signer-did-not-push': { meaning: 'A commit is signed by someone who never pushed to this branch, so the signature does not say who brought the commit here.', remedy: 'Its signer pushes it, or the pusher makes the commit again under their own signature.', needs: 'commits signed by those who pushed them' },
  'authorship-unverified': { meaning: 'A commit names an author, and nothing proves it: anyone can write any e-mail address into a commit.', remedy: null },
  'reviewer-contributed': { meaning: 'The reviewer had a part in the change: as author, committer, co-author, pusher, or by setting a machine to work. A second person must approve.', remedy: 'Someone who had no part in it approves.' },
  'reviewer-same-person': { meaning: 'The policy lists this account as one of several that belong to one person, who contributed or has approved already.', remedy: 'Another person approves.' },
  'reviewer-not-a-person': { meaning: 'The review came from a bot or a workflow. Only people review.', remedy: 'A person approves.' },
  'reviewer-not-permitted': { meaning: 'The reviewer does not have the permission that the policy asks for, as of now.', remedy: 'Someone with that permission approves, or an administrator grants it.' },
  'reviewer-unknown': { meaning: 'Who gave the review could not be learnt.', remedy: 'Ask again in a minute; otherwise somebody else approves.' },
  'role-unknown': { meaning: 'The reviewer’s permission in the repository could not be read.', remedy: 'Ask again in a minute; if it stays, whoever runs Sallyport checks that the App may read it.' },
  'membership-unknown': { meaning: 'Whether the person belongs to the team could not be read.', remedy: 'Whoever runs Sallyport gives the App the permission to read the members of the organisation.' },
  'not-in-team': { meaning: 'The approval counts, but not as one of the team that must approve these paths.', remedy: 'A member of that team approves.' },
} as const satisfies Reasons;
