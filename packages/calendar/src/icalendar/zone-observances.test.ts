import { expect, it } from 'vitest';
import { zoneObservances } from './zone-observances.ts';

const hour = 3_600_000;

it('changes on the second and on the third Sunday of a March are no rule of every year', () => {
  const starts = ['2025-03-09T02:00Z', '2026-03-15T02:00Z', '2027-03-21T02:00Z'].map((time) => Date.parse(time) - hour);
  const back = ['2025-10-01T02:00Z', '2026-10-01T02:00Z'].map((time) => Date.parse(time) - 2 * hour);
  const all = [-Infinity, starts[0], back[0], starts[1], back[1], starts[2]].map(Number);
  const forward = zoneObservances({ starts: all, offsets: [hour, 2 * hour, hour, 2 * hour, hour, 2 * hour] }, 2030).filter(({ after }) => after === 2 * hour);
  expect(forward.map(({ onset, yearly }) => [new Date(onset).toISOString().slice(0, 10), yearly?.nth])).toEqual([['2025-03-09', undefined], ['2026-03-15', 3]]);
});
