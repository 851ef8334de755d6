import { expect, it } from 'vitest';
import { OutsideError } from '../outside-error.ts';
import type { NoticeChannel } from '../ports.ts';
import type { Courtesy } from './effect.ts';
import { tellPeople } from './tell-people.ts';

const courtesies = [1, 2, 3].flatMap((run) => (['slack', 'teams'] as const).map((channel): Courtesy => ({ effect: 'give-notice', channel, notice: { id: `drift:staging:${run}:1`, event: 'drift', title: '', lines: [], issue: null }, mention: [] })));

async function asked(code: 'unreachable' | 'refused'): Promise<readonly NoticeChannel[]> {
  const heard: NoticeChannel[] = [];
  const nothing = (): never => {
    throw new Error('Only notices are given.');
  };
  const outside = {
    promotions: { createTag: nothing }, desk: {}, releases: { publish: nothing },
    notices: { give: (channel: NoticeChannel): Promise<void> => (heard.push(channel), channel === 'slack' ? Promise.reject(new OutsideError(code, 'no', { retryable: false })) : Promise.resolve()) },
  } as unknown as Parameters<typeof tellPeople>[0]['view']['outside'];
  await tellPeople({ view: { outside, at: 0 }, ledger: { read: nothing, append: () => Promise.resolve({ state: 'appended' as const, ledger: null as never }) } }, courtesies);
  return heard;
}

it('waits once for a place that does not answer, and tells the others', async () => {
  expect(await asked('unreachable')).toEqual(['slack', 'teams', 'teams', 'teams']);
});

it('asks a place again that only refused one message', async () => {
  expect(await asked('refused')).toEqual(['slack', 'teams', 'slack', 'teams', 'slack', 'teams']);
});
