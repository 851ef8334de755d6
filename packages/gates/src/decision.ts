import * as z from 'zod';
import { instant } from './facts/instant.ts';
import { digest } from './facts/shared.ts';
import { reasonCodes } from './reason-codes.ts';

export const outcome = z.enum(['allow', 'wait', 'deny', 'unknown']);
/** Worst of a decision's rules: deny > unknown > wait > allow. */
export type Outcome = z.infer<typeof outcome>;

/**
 * The two clocks as read: the server's from GitHub's `Date` header (null when there was none), the machine's to compare;
 * and the version of the time zone database that the machine reads wall clocks by.
 */
export const clockReading = z.strictObject({ serverAt: instant.nullable(), localAt: instant, tzdata: z.string().min(1).optional() }).readonly();
export type ClockReading = z.infer<typeof clockReading>;

const reason = z.enum(reasonCodes);

/** One approval, check or other thing that a rule looked at: counted or not, why, what shows it, and what would make it count. */
const judged = z
  .strictObject({
    what: z.string(),
    counted: z.boolean(),
    reason,
    summary: z.string(),
    /** Ids and values behind it, each a few words: `run 7000, attempt 2`, `given 2026-11-23T11:00:00Z`. */
    evidence: z.array(z.string()).readonly().optional(),
    /** What would make it count, for whoever can do it; left out when nothing would, or when it counts. */
    remedy: z.string().optional(),
    url: z.string().optional(),
  })
  .readonly();
export type Judged = z.infer<typeof judged>;

/** A file of the change that a rule objects to. */
const concern = z.strictObject({ path: z.string().min(1), outcome, reason, summary: z.string() }).readonly();
export type Concern = z.infer<typeof concern>;

const ruleResult = z
  .strictObject({
    rule: z.string(),
    outcome,
    reason,
    /** One sentence for a person. */
    summary: z.string(),
    /** Links, ids and values that show it; never e-mail addresses or secrets. */
    evidence: z.array(z.string()).readonly(),
    judged: z.array(judged).readonly(),
    /** What it lacks, each a few words that follow “it needs”: `one more approval`, `test unit to pass`. Left out: the reason's own words do. */
    needs: z.array(z.string()).readonly().optional(),
    /** Files of the change that stand in the way, each with why: for annotations. */
    files: z.array(concern).readonly().optional(),
  })
  .readonly();
export type RuleResult = z.infer<typeof ruleResult>;

/** From cheapest to dearest: let time pass, press a button, read the change, change the change, change settings or access. */
const effort = z.enum(['wait', 'click', 'review', 'change', 'administer']);
export type Effort = z.infer<typeof effort>;

const nextStep = z
  .strictObject({
    /** Who can take it, in words that name people or teams; where only waiting helps, what is waited for. */
    who: z.string(),
    what: z.string(),
    /** A command or comment that does it, when there is one. */
    command: z.string().optional(),
    /** What it costs whoever takes it; left out: as much as changing the change. */
    effort: effort.optional(),
  })
  .readonly();
export type NextStep = z.infer<typeof nextStep>;

export const decision = z
  .strictObject({
    schema: z.literal(1),
    gate: z.enum(['merge', 'stage', 'release', 'override']),
    /** What was judged, for reading: e.g. `acme/shop#12 at 1a2b3c4` or `1.8.0-rc.3 to production`. */
    subject: z.string(),
    outcome,
    rules: z.array(ruleResult).min(1).readonly(),
    next: z.array(nextStep).readonly(),
    recheckAt: instant.optional(),
    inputs: z.strictObject({ policy: digest, facts: digest, now: clockReading }).readonly(),
  })
  .readonly();

/** Made by a gate; the same inputs make the same decision, to the byte of its document. */
export type Decision = z.infer<typeof decision>;
