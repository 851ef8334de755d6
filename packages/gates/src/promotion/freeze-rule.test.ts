import type { FreezePolicy } from '@sallyport/policy';
import { describe, expect, test } from 'vitest';
import { ask, policyOf, releaseFactsOf, ruleOf, saturdayAt } from '../testing/index.ts';

const terms = { name: 'stop', zone: 'America/Los_Angeles', owner: '@dia', reason: 'data loss' };
const asked = (...freezes: readonly FreezePolicy[]) => ruleOf(ask(releaseFactsOf(), { at: saturdayAt, policy: policyOf({ freezes }) }), 'freeze');

describe('the freeze rule', () => {
  test('waits for whoever declared a freeze without an end, and for no instant', () => {
    const rule = asked({ ...terms, from: '2026-11-01T00:00', to: null });
    expect(rule).toMatchObject({ outcome: 'wait', reason: 'freeze', summary: 'Freeze stop is in force until @dia ends it: data loss.' });
    expect(ask(releaseFactsOf(), { at: saturdayAt, policy: policyOf({ freezes: [{ ...terms, from: '2026-11-01T00:00', to: null }] }) }).next).toContainEqual(expect.objectContaining({ who: '@dia', what: 'end freeze stop in the policy' }));
  });

  test('does not wait for a freeze without an end that has not begun', () => {
    expect(asked({ ...terms, from: '2027-11-01T00:00', to: null }).outcome).toBe('allow');
  });

  test('waits for the end of a yearly freeze, in this year', () => {
    expect(asked({ ...terms, every: 'year', from: '11-20T00:00', to: '12-01T00:00' })).toMatchObject({ outcome: 'wait', summary: 'Freeze stop is in force until Tue 1 Dec 2026 00:00 PST (08:00 UTC): data loss.' });
  });

  test('does not wait for a yearly freeze of another season', () => {
    expect(asked({ ...terms, every: 'year', from: '06-20T00:00', to: '07-01T00:00' }).outcome).toBe('allow');
  });

  test('names every freeze in force, by name', () => {
    const summary = asked({ ...terms, name: 'b', from: '2026-11-01T00:00', to: null }, { ...terms, name: 'a', from: '2026-11-01T00:00', to: '2026-12-01T00:00' }, { ...terms, name: 'c', from: '2027-11-01T00:00', to: null }).summary;
    expect(summary).toMatch(/Freeze a .*Freeze b /s);
    expect(summary).not.toContain('Freeze c');
  });
});
