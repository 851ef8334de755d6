import type { Reasons } from './reason.ts';

/** Does a check count as a test of the policy? */
export const mergeTestReasons = {
  'test-missing': {
    meaning: 'No check that the policy would accept has come for this test.',
    remedy: 'See whether its workflow starts for this pull request: a path filter, a conflict with the base branch or a syntax error keeps it from starting. If it is right that it does not run, the policy can say so with `paths`.',
    needs: 'a test that has not come',
  },
  'test-not-needed': { meaning: 'The policy asks for this test only when certain paths change, and none of them does.', remedy: null },
  'test-needs-approval': {
    meaning: 'The run that would test the change waits until a maintainer lets it start, as runs of first-time contributors do.',
    remedy: 'A maintainer reads the change, workflows above all, and approves the run on the pull request’s page.',
    needs: 'a maintainer to approve its workflow run',
  },
  'test-running': { meaning: 'The test, or a re-run of it, has not ended. An older result does not stand in for it.', remedy: 'Wait for it to end.', needs: 'a test that has not ended' },
  'test-failed': { meaning: 'The test ended in something other than success.', remedy: 'The author makes it succeed with a new commit, or runs it again when the fault was not in the change.', needs: 'a test to succeed that failed' },
  'only-success-counts': {
    meaning: 'The test was skipped or neutral. GitHub takes that for passing; it shows nothing about the change, so it does not count here.',
    remedy: 'Let the job run: look at its `if:` and at the jobs it needs. A test that some changes do not need belongs under `paths` in the policy.',
    needs: 'a test to succeed that was skipped',
  },
  'too-many-attempts': { meaning: 'The test was run again more often than the policy allows, so that success by patience does not pass for success.', remedy: 'The author makes the test reliable and pushes a new commit, which starts the count again.', needs: 'a test to succeed in fewer attempts' },
  'workflow-changed': {
    meaning: 'The workflow file that defines the test is not the one of the base branch, so the pull request decided itself what its test checks.',
    remedy: 'Bring the new definition in as a new workflow file, name it in the policy, then remove the old one. Or take the change of the file out of this pull request.',
    needs: 'tests as the base branch defines them',
  },
  'check-other-app': { meaning: 'A check of the right name was posted by another App, or by hand. Anyone who may write can post a check of any name.', remedy: 'Let it come from where the policy says.' },
  'check-other-workflow': { meaning: 'A check of the right name belongs to another workflow file, or to none.', remedy: 'Let it come from the workflow file that the policy names.' },
  'check-other-event': { meaning: 'Its run was started by another event. A push or dispatched run does not test what would be merged.', remedy: 'Let the workflow run on `pull_request`, and on `merge_group` where there is a queue.' },
  'check-other-head': { meaning: 'It ran on another commit than the one that is judged.', remedy: 'Wait for the run on the present head, or start one.' },
  'check-other-branch': { meaning: 'Its run was for another branch that holds the same commit.', remedy: 'Run it for the branch of this pull request.' },
  'check-other-pull-request': { meaning: 'Its run was for another pull request with the same commit.', remedy: 'Run it for this pull request.' },
  'check-other-base': { meaning: 'Its run was for a merge into another base branch.', remedy: 'Run it again now that the base is the right one.' },
  'check-before-base-move': { meaning: 'Its run was created before the pull request was pointed at another base, or before the base was rewritten; it tested another merge.', remedy: 'Push to the branch, or close and reopen the pull request: re-running keeps the old event.' },
  'check-not-a-job': { meaning: 'It lies among a workflow run’s checks but is none of its jobs: a step or a person posted it under that name.', remedy: 'Name a job of the workflow in the policy.' },
  'check-superseded': { meaning: 'A later attempt of the same run has its own result, and that one counts.', remedy: null },
  'status-other-creator': { meaning: 'The commit status was posted by another account than the policy names. Anyone who may write can post any status.', remedy: 'Let the account that the policy names post it.' },
  'status-superseded': { meaning: 'A later status of the same name from the same account counts in its place.', remedy: null },
} as const satisfies Reasons;
