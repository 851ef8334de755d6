import type { Role } from '@sallyport/gates';
import { writes } from '../release/judge-command.ts';
import { judgeForm } from '../release/judge-form.ts';
import { openRequests } from '../release/open-requests.ts';
import type { OpenRequests, WrittenForm } from '../release/open-requests.ts';
import type { Draft } from './draft.ts';
import type { View } from './view.ts';

/** At most so many forms in a round; those that are refused are closed, and the next sweep takes up the others. */
const formsAtOnce = 30;

/** Somebody who may not ask. Nothing of it is recorded: on a public repository anybody can send the form, and the record forgets nothing. */
export type TurnedAway = { readonly issue: number; readonly answer: string };

export type Forms = {
  readonly open: OpenRequests;
  /** How many were handled now: what they ask for is in force once it is recorded. */
  readonly handled: number;
  readonly turnedAway: readonly TurnedAway[];
};

/** Handles every form for an override that was not handled before, in the order they were sent. */
export async function planForms(view: View, draft: Draft): Promise<Forms> {
  const open = await openRequests(view.outside.desk, view.state);
  const fresh = [...open.forms].sort((one, other) => one.issue - other.issue).slice(0, formsAtOnce);
  const turnedAway: TurnedAway[] = [];
  let handled = 0;
  for (const written of fresh) {
    const outcome = await handle(view, written, draft);
    if (outcome === 'recorded') handled += 1;
    else if (outcome !== 'unjudged') turnedAway.push({ issue: written.issue, answer: outcome.refused });
  }
  return { open, handled, turnedAway };
}

const notYours = 'Nothing is recorded, and this issue is closed.';

async function handle({ outside: { desk }, policy, state, at }: View, written: WrittenForm, draft: Draft): Promise<'recorded' | 'unjudged' | { readonly refused: string }> {
  const { issue, author, askedAt } = written;
  if (author === null) return { refused: `The account that opened this issue is gone, so nobody asks for an override here. ${notYours}` };
  if (author.kind !== 'user') return { refused: `${author.login} is no person, and only people ask for an override. ${notYours} Somebody with the write role sends the form.` };
  const [role, edited] = await Promise.all([desk.readRole(author), desk.isEdited(issue)]);
  if ('known' in role && !writes(role.known)) return { refused: mayNotAsk(role.known) };
  if ('unknown' in role || 'unknown' in edited) {
    const why = 'unknown' in role ? role.unknown : 'unknown' in edited ? edited.unknown : '';
    draft.note({ code: 'request-unreadable', message: `The form of ${author.login} in #${issue} cannot be judged: ${why}. It is looked at again at the next sweep.` });
    return 'unjudged';
  }
  const verdict = judgeForm({ policy: policy.sealed.value, state, at, written, person: author, edited: edited.known });
  draft.record({ key: `override-form:${issue}`, body: { type: 'form-handled', issue, person: author, role: role.known, askedAt: new Date(askedAt).toISOString(), ...verdict } });
  return 'recorded';
}

const mayNotAsk = (role: Role): string => `The ${role} role asks for no override here; the write role is needed. ${notYours} Ask somebody who has it to send the form.`;
