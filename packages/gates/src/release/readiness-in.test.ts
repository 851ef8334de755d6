import { expect, it } from 'vitest';
import { completeList, partialList } from '../facts/fact.ts';
import type { ProbeFact, ProbesFact } from '../facts/probe-facts.ts';
import { readinessIn } from './readiness-in.ts';

const minute = 60_000;
const hour = 60 * minute;
const from = Date.parse('2026-11-28T14:00:00Z');
const workflow = '.github/workflows/probe.yml';

const probe = (minutes: number, healthy = true, run = 1000 + minutes): ProbeFact => ({ run, attempt: 1, startedAt: from + minutes * minute - 1000, endedAt: from + minutes * minute, healthy });
/** Healthy ones each quarter of an hour, from one minute of the opening to another, both included. */
const steady = (first: number, last: number): readonly ProbeFact[] => Array.from({ length: (last - first) / 15 + 1 }, (_, index) => probe(first + index * 15));

type Found = readonly ProbeFact[] | ProbesFact['found'];

/** An opening of six hours, a soak of four; deployed ten hours before unless told. */
const readiness = (found: Found, deployedAt = from - 10 * hour) =>
  readinessIn({ environment: 'staging', health: { workflow, everySeconds: 900 }, probes: { environment: 'staging', workflow, found: 'complete' in found ? found : completeList(found) }, deployedAt, soakSeconds: 4 * 3600, interval: { from, to: from + 6 * hour }, zone: 'America/Los_Angeles' });

it.each<[string, Found, number | undefined, number]>([
  ['from the start when it was healthy long before', steady(-600, 400), undefined, 0],
  ['when the soak ends, between two probes', steady(-600, 400), from - 2 * hour + 7 * minute, 127],
  ['when the soak ends after a bad time', [...steady(-600, -75), probe(-60, false), ...steady(-45, 400)], undefined, 195],
  ['until it fell ill', [...steady(-600, 0), probe(15, false), probe(30, false)], undefined, 0],
  ['in the last moment', [...steady(-600, 105), probe(119, false), ...steady(120, 400).map((one) => ({ ...one, endedAt: one.endedAt - 1, startedAt: one.startedAt - 1 }))], from - 8 * hour, 0],
])('it was ready %s', (_name, found, deployedAt, minutes) => {
  expect(readiness(found, deployedAt)).toEqual({ state: 'ready', at: from + minutes * minute });
});

it.each<[string, Found, string]>([
  ['when a probe failed and none came later', [...steady(-600, -60), probe(-45, false)], 'staging is not healthy: the probe of run 955 failed, Sat 28 Nov 2026 05:15 PST (13:15 UTC).'],
  ['when each probe failed', [...steady(-600, -15), ...Array.from({ length: 25 }, (_, index) => probe(index * 15, false))], 'staging is not healthy: the probe of run 1345 failed, Sat 28 Nov 2026 11:45 PST (19:45 UTC).'],
  ['when one failed half-way, and the soak could not end in time', [...steady(-600, -75), probe(-60, false), ...steady(-45, 135), probe(150, false), ...steady(165, 400)], 'staging is not healthy: the probe of run 1150 failed, Sat 28 Nov 2026 08:30 PST (16:30 UTC).'],
  ['when probes stopped', steady(-600, -60), 'Nothing was heard from the probes of staging since Sat 28 Nov 2026 05:00 PST (13:00 UTC), more than 30 min.'],
])('it was not healthy %s', (_name, found, reason) => {
  expect(readiness(found)).toEqual({ state: 'unhealthy', reason });
});

it.each<[string, Found, number | undefined]>([
  ['was deployed too late', steady(-600, 400), from + 2 * hour],
  ['was ill before it opened, and healthy from then on', [...steady(150 - 600, -150), probe(-15, false), ...steady(0, 105), probe(119), ...steady(120, 400)].map((one) => ({ ...one })), from - 3 * hour],
])('it soaked beyond the end when it %s', (_name, found, deployedAt) => {
  const late = readinessIn({ environment: 'staging', health: { workflow, everySeconds: 900 }, probes: { environment: 'staging', workflow, found: completeList(found as readonly ProbeFact[]) }, deployedAt: deployedAt ?? 0, soakSeconds: 6 * 3600, interval: { from, to: from + 6 * hour }, zone: 'UTC' });
  expect(late).toEqual({ state: 'soaking' });
});

it('it is not known when not every probe could be read (L5)', () => {
  expect(readiness(partialList(steady(-600, 400), 'more than 1,000'))).toEqual({ state: 'unknown', reason: 'What the probes of staging found is not known: more than 1,000.' });
});
