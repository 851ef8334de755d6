import type { RuleResult } from '@sallyport/gates';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startScene } from './gatekeeper-scene.ts';
import type { Scene } from './gatekeeper-scene.ts';
import { tamper } from './tamper.ts';

const calendars = `calendars:
  - { name: company, file: ops/freezes.ics, max-age: 30d, owner: "@ada", reason: the company says so }
`;
const file = (stamp: string, day = '20261118'): string =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//acme//freezes//EN', 'BEGIN:VEVENT', 'UID:1@acme', `DTSTAMP:${stamp}`, `DTSTART:${day}T060000Z`, `DTEND:${day}T120000Z`, 'SUMMARY:Inventory', 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n');

let scene: Scene;
beforeAll(async () => {
  scene = await startScene('staging');
  tamper(scene, 'main', '.github/sallyport.yml', (text) => `${text}${calendars}`);
  await scene.register('1.0.0-rc.1');
});
afterAll(() => scene.stop());

async function sweepAndSee(): Promise<{ readonly freeze: RuleResult | undefined; readonly tags: number }> {
  const end = await (await scene.start()).ended;
  expect(end, end.output).toMatchObject({ code: 0, state: 'swept' });
  const { state } = await scene.readRecord();
  const made = state.decisions.findLast(({ gate }) => gate === 'stage');
  const rules = (made?.decision['rules'] ?? []) as readonly RuleResult[];
  return { freeze: rules.find(({ rule }) => rule === 'freeze'), tags: scene.tags('staging').length };
}

it('the gatekeeper keeps everything closed while a calendar cannot be read, is old, or has a freeze, and goes on when that is over (W09)', async () => {
  expect(await sweepAndSee()).toMatchObject({ tags: 0, freeze: { outcome: 'wait', reason: 'calendar-unreadable', summary: expect.stringContaining('The default branch has no such file.') as string } });

  tamper(scene, 'main', 'ops/freezes.ics', () => file('20261101T000000Z').slice(0, 90));
  expect(await sweepAndSee()).toMatchObject({ tags: 0, freeze: { reason: 'calendar-unreadable' } });

  tamper(scene, 'main', 'ops/freezes.ics', () => file('20261001T000000Z', '20261001'));
  expect(await sweepAndSee()).toMatchObject({ tags: 0, freeze: { reason: 'calendar-stale', summary: expect.stringContaining('The calendar is 48 days old') as string } });

  tamper(scene, 'main', 'ops/freezes.ics', () => file('20261117T000000Z'));
  expect(await sweepAndSee()).toMatchObject({ tags: 0, freeze: { reason: 'freeze', summary: 'Freeze Inventory is in force until Wed 18 Nov 2026 04:00 PST (12:00 UTC): the company says so.' } });

  scene.simulator.clock.advance(Date.parse('2026-11-18T12:00:00Z') - scene.simulator.clock.now());
  expect(await sweepAndSee()).toMatchObject({ tags: 1, freeze: { outcome: 'allow' } });
  expect(scene.simulator.contractMismatches()).toEqual([]);
});
