import type { ReasonCode } from './reason-codes.ts';
import { commonReasons } from './reasons/common.ts';
import { mergePeopleReasons } from './reasons/merge-people.ts';
import { mergeReviewReasons } from './reasons/merge-reviews.ts';
import { mergeTargetReasons } from './reasons/merge-target.ts';
import { mergeTestReasons } from './reasons/merge-tests.ts';
import { overrideReasons } from './reasons/override.ts';
import { promotionReasons } from './reasons/promotion.ts';
import type { Reason } from './reasons/reason.ts';

/** What every reason code means and what to do about it, in one place: the command, the check and the documentation take it from here. */
export const reasons: Readonly<Record<ReasonCode, Reason>> = {
  ...commonReasons,
  ...mergeTargetReasons,
  ...mergeTestReasons,
  ...mergePeopleReasons,
  ...mergeReviewReasons,
  ...promotionReasons,
  ...overrideReasons,
} satisfies Record<ReasonCode, Reason>;

export type { Reason } from './reasons/reason.ts';
