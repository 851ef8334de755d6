import type { Role } from '@sallyport/gates';
import { ben, cho } from '@sallyport/gates/testing';
import { parseReleaseCommand } from '@sallyport/github';
import { testLedgerOf } from '@sallyport/ledger/testing';
import { readState } from '@sallyport/pipeline';
import type { ReleaseComment } from '@sallyport/pipeline';
import { parsePolicy } from '@sallyport/policy';
import { judgeCommand } from '../../../packages/pipeline/src/release/judge-command.ts';
import type { Suite } from '../scenario.ts';
import { healthyCase } from '../scenario.ts';
import { readIntact } from './ledger-scene.ts';
import { refused, sound } from './story.ts';
import type { PartStory } from './story.ts';

const at = Date.parse('2026-11-28T15:00:00Z');
const hour = 3_600_000;

type Given = { readonly text?: string; readonly role?: Role; readonly edited?: boolean; readonly age?: number };

/** A command on a release issue, as it is judged: a hold by somebody who may write, an hour old, unless the attack says otherwise. */
const commanded = (suite: Suite, id: string, name: string, says: string, attack: Given): PartStory => ({
  id,
  name,
  says,
  play: async (attacked) => {
    const { text = '/hold production the queue is full', role = 'write', edited = false, age = hour }: Given = attacked ? attack : {};
    const policy = parsePolicy(healthyCase(suite, 'release', 'release').policy);
    const command = parseReleaseCommand(text);
    if (!policy.ok || command === null) throw new Error('There is nothing to judge.');
    const comment: ReleaseComment = { id: 1, person: role === 'write' ? ben : cho, commentedAt: at - age, edited, command };
    const { outcome, answer } = judgeCommand({ policy: policy.policy, state: readState(await readIntact(await testLedgerOf(1))), at, comment, role, lead: false, openings: () => [], requests: [] });
    return outcome === 'accepted' ? sound : refused(answer);
  },
});

export const commandStories = (suite: Suite): readonly PartStory[] => [
  commanded(suite, 'X08.5', 'An outsider gives a command on the release issue.', 'the write role is needed', { role: 'read' }),
  commanded(suite, 'X08.6', 'A command is changed after it was written.', 'was changed after it was written', { edited: true, text: '/status' }),
  commanded(suite, 'X08.7', 'A command of yesterday is read today.', 'only a day after it was written', { age: 24 * hour, text: '/status' }),
  commanded(suite, 'X08.8', 'A writer schedules a release, which a maintainer has to.', 'the maintain or admin role is needed', { text: '/schedule production next' }),
];
