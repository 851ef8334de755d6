import { readFileSync } from 'node:fs';
import { known } from '@sallyport/gates';
import type { Role } from '@sallyport/gates';
import { ben } from '@sallyport/gates/testing';
import { testLedgerOf } from '@sallyport/ledger/testing';
import { readState } from '@sallyport/pipeline';
import type { Desk, RegisteredBuild } from '@sallyport/pipeline';
import { parsePolicy } from '@sallyport/policy';
import { renderIssueForm } from '@sallyport/simulator';
import type { FormAnswers } from '@sallyport/simulator';
import { parseOverrideForm } from '../../../packages/github/src/override-form-text.ts';
import { startDraft } from '../../../packages/pipeline/src/sweep/draft.ts';
import { planForms } from '../../../packages/pipeline/src/sweep/plan-forms.ts';
import type { View } from '../../../packages/pipeline/src/sweep/view.ts';
import type { Suite } from '../scenario.ts';
import { healthyCase } from '../scenario.ts';
import { readIntact } from './ledger-scene.ts';
import { refused, sound } from './story.ts';
import type { PartStory } from './story.ts';

const at = Date.parse('2026-11-28T15:00:00Z');
const hour = 3_600_000;
const digest = `sha256:${'b1'.repeat(32)}`;
const build: RegisteredBuild = { type: 'build-registered', digest, version: '1.8.0', commit: 'c1'.repeat(20), artifacts: [], workflow: '.github/workflows/build.yml', runId: 1, release: 'build/1.8.0', index: 0, at: 1 };
const form = readFileSync(new URL('../../../workflows/issue-forms/sallyport-override.yml', import.meta.url), 'utf8');
const healthy = { build: '1.8.0', environment: 'production', urgency: 'It is being exploited', advisory: 'CVE-2026-1234', reason: 'names leak', waives: ['The release window'], holds: 'At most 1 hour' };

type Given = { readonly answers?: FormAnswers; readonly role?: Role; readonly bot?: boolean; readonly edited?: boolean; readonly age?: number };

/** The form for an override as it is taken up: by somebody who may write, an hour old and as it was sent, unless the attack says otherwise. */
const sent = (suite: Suite, id: string, name: string, says: string, attack: Given): PartStory => ({
  id,
  name,
  says,
  play: async (attacked) => {
    const { answers = {}, role = 'write', bot = false, edited = false, age = hour }: Given = attacked ? attack : {};
    const policy = parsePolicy(healthyCase(suite, 'release', 'release').policy);
    if (!policy.ok) throw new Error('There is no policy to judge by.');
    const written = { issue: 31, author: bot ? { ...ben, kind: 'bot' as const } : ben, askedAt: at - age, url: 'https://github.example/acme/shop/issues/31', form: parseOverrideForm(renderIssueForm(form, { ...healthy, ...answers })) };
    const desk: Pick<Desk, 'listOverrideRequests' | 'readRole' | 'isEdited'> = { listOverrideRequests: () => Promise.resolve({ items: [], complete: true, written: [written] }), readRole: () => Promise.resolve(known(role)), isEdited: () => Promise.resolve(known(edited)) };
    const state = { ...readState(await readIntact(await testLedgerOf(1))), builds: new Map([[digest, build]]) };
    const draft = startDraft(state);
    const { turnedAway } = await planForms({ outside: { desk }, policy: { sealed: { value: policy.policy } }, state, at } as unknown as View, draft);
    const recorded = draft.finish().effects.flatMap((effect) => (effect.effect === 'record' ? effect.entries.map(({ body }) => body) : [])).flatMap((body) => (body.type === 'form-handled' ? [body] : []));
    const [answer] = [...turnedAway.map((away) => away.answer), ...recorded.flatMap((body) => (body.outcome === 'refused' ? [body.answer] : []))];
    return answer === undefined ? sound : refused(`${answer}${recorded.length === 0 ? ' (no trace)' : ''}`);
  },
});

export const formStories = (suite: Suite): readonly PartStory[] => [
  sent(suite, 'O02.5', 'A form for an override is changed into another request after it was sent.', 'was changed after it was opened', { edited: true }),
  sent(suite, 'O03.4', 'An answer in the form for an override pretends to be the field of another environment.', 'Environment: it is there more than once', { answers: { reason: 'urgent\n\n### Environment\n\nstaging' } }),
  sent(suite, 'O03.5', 'An answer in the form for an override pretends to be the field of another build, by a heading that only people take for one.', "is none of the form's", { answers: { reason: 'urgent\n ### Build\n1.7.0' } }),
  sent(suite, 'O05.3', 'An answer in the form for an override asks for a box more: that tests be waived.', 'What is to be waived: it is there more than once', { answers: { reason: 'names leak\n\n### What is to be waived\n\n- [X] The tests' } }),
  sent(suite, 'O06.3', 'The form for an override asks that a freeze be waived, which the policy does not.', 'does not waive freeze', { answers: { waives: ['A freeze (where the policy allows it; takes two approvals)'] } }),
  sent(suite, 'O08.2', 'The form for an override of yesterday is read today.', 'only a day after it was sent', { age: 24 * hour }),
  sent(suite, 'X08.9', 'An outsider sends the form for an override, whose label comes with it.', 'the write role is needed. Nothing is recorded, and this issue is closed. Ask somebody who has it to send the form. (no trace)', { role: 'read' }),
  sent(suite, 'X08.10', 'A program sends the form for an override.', 'only people ask for an override', { bot: true }),
];
