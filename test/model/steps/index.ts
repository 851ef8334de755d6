import type { StandingYes } from './attacks.ts';
import { adminMerge, branchLikeTag, checkByHand, deploymentByHand, directPush, ledgerByHand, statusByHand, tagByHand } from './attacks.ts';
import { judgePull, mergePull, openPulls, propose, proposePolicy, push, review, test } from './changes.ts';
import { end, rerun, start } from './deploys.ts';
import { editRequest, overrideByCommand, sendForm } from './forms.ts';
import { goOn } from './go-on.ts';
import { lateWrite, overtaken, sweep, sweepInFog, sweepThatDies, sweepThatFails, sweepWithWrongClock, twoSweeps } from './keeper.ts';
import { approveOverride, askForRollback, changeTeam, closeReview, command, editComment, hold, registerAny, requestOverride, resume } from './release.ts';
import { choose, pick } from './step.ts';
import type { Step } from './step.ts';
import { daysPass, minutesPass, toAnEdge, toFreeze, toWindow } from './time.ts';
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
    toWindow,
    toFreeze,
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
    sendForm,
    editRequest,
    overrideByCommand,
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
  { trouble: { kind: 'reads-fail', path: /\/activity$/ } },
  { trouble: { kind: 'reads-fail', path: /\/files$/ } },
];

/** How often each step is drawn, out of their sum. */
export const weights: Readonly<Record<string, number>> = {
  goOn: 100, sweep: 5, sweepThatDies: 6, sweepThatFails: 3, sweepInFog: 4, sweepWithWrongClock: 2, twoSweeps: 4, lateWrite: 3, overtaken: 4,
  start: 4, end: 4, rerun: 7, minutesPass: 6, daysPass: 1, toAnEdge: 7, toWindow: 2, toFreeze: 1,
  propose: 1, proposePolicy: 1, push: 4, review: 4, test: 1, judge: 3, merge: 3, registerAny: 3,
  hold: 4, resume: 4, command: 4, requestOverride: 5, approveOverride: 7, sendForm: 4, editRequest: 3, overrideByCommand: 2, editComment: 3, changeTeam: 1, askForRollback: 7, closeReview: 1,
  tagByHand: 1, branchLikeTag: 1, ledgerByHand: 1, statusByHand: 1, checkByHand: 1, deploymentByHand: 1, directPush: 1, adminMerge: 1,
};
