import type { StandingYes } from './attacks.ts';
import { adminMerge, branchLikeTag, checkByHand, deploymentByHand, directPush, ledgerByHand, statusByHand, tagByHand } from './attacks.ts';
import { judgePull, mergePull, openPulls, propose, proposePolicy, push, review, test } from './changes.ts';
import { end, rerun, start } from './deploys.ts';
import { goOn } from './go-on.ts';
import { lateWrite, overtaken, sweep, sweepInFog, sweepThatDies, sweepThatFails, sweepWithWrongClock, twoSweeps } from './keeper.ts';
import { approveOverride, askForRollback, changeTeam, closeReview, command, editComment, hold, registerAny, requestOverride, resume } from './release.ts';
import { choose, pick } from './step.ts';
import type { Step } from './step.ts';
import { daysPass, minutesPass, toAnEdge } from './time.ts';
import { headOf } from '../truth.ts';
import type { RunOptions } from '../world.ts';

/** Every step by name, with how often it is drawn. The first is what most of a story is made of, and what it shrinks to. */
export const stepsOf = (yes: StandingYes): ReadonlyMap<string, Step> =>
  new Map<string, Step>(Object.entries({
    goOn: goOn(yes),
    sweep,
    sweepThatDies,
    sweepThatFails,
    sweepInFog,
    sweepWithWrongClock,
    twoSweeps,
    lateWrite,
    overtaken,
    start,
    end,
    rerun,
    minutesPass,
    daysPass,
    toAnEdge,
    propose,
    proposePolicy,
    push,
    review,
    test,
    judge: async (world, { n, m }) => {
      const pull = pick(openPulls(world), n);
      return pull === undefined ? null : judgePull(world, pull, choose(gateTroubles, m));
    },
    merge: async (world, { n, m }) => {
      const pull = pick(openPulls(world), n);
      return pull === undefined ? null : mergePull(world, pull, choose([pull.author, 'ben'], m), yes(pull.number, headOf(pull)), m % 2 === 0 ? 'merge' : 'squash');
    },
    registerAny,
    hold,
    resume,
    command,
    requestOverride,
    approveOverride,
    editComment,
    changeTeam,
    askForRollback,
    closeReview,
    tagByHand,
    branchLikeTag,
    ledgerByHand,
    statusByHand,
    checkByHand,
    deploymentByHand,
    directPush,
    adminMerge: adminMerge(yes),
  } satisfies Record<string, Step>));

const gateTroubles: readonly [RunOptions, ...RunOptions[]] = [
  {},
  {},
  {},
  { trouble: { kind: 'dies', write: 3, moment: 'after' } },
  { trouble: { kind: 'dies', write: 4, moment: 'before' } },
  { trouble: { kind: 'write-fails', write: 3, effect: 'done' } },
  { trouble: { kind: 'reads-fail', path: /\/reviews$/ } },
  { trouble: { kind: 'reads-fail', path: /\/permission$/ } },
  { trouble: { kind: 'reads-fail', path: /\/check-runs$/ } },
  { trouble: { kind: 'reads-fail', path: /\/compare\// } },
];

/** How often each step is drawn, out of their sum. */
export const weights: Readonly<Record<string, number>> = {
  goOn: 60, sweep: 4, sweepThatDies: 5, sweepThatFails: 2, sweepInFog: 2, sweepWithWrongClock: 1, twoSweeps: 3, lateWrite: 2, overtaken: 2,
  start: 3, end: 2, rerun: 4, minutesPass: 3, daysPass: 1, toAnEdge: 4,
  propose: 1, proposePolicy: 1, push: 2, review: 2, test: 1, judge: 2, merge: 2, registerAny: 2,
  hold: 2, resume: 3, command: 3, requestOverride: 3, approveOverride: 5, editComment: 2, changeTeam: 1, askForRollback: 3, closeReview: 1,
  tagByHand: 1, branchLikeTag: 1, ledgerByHand: 1, statusByHand: 1, checkByHand: 1, deploymentByHand: 1, directPush: 1, adminMerge: 1,
};
