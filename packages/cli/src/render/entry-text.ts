import { describeInstant } from '@sallyport/calendar';
import type { EntryBody } from '@sallyport/ledger';
import { plain } from './plain.ts';

/** What an entry says happened, in a sentence. Names and reasons in it are made fit for one line. */
export function describeEntry(body: EntryBody): string {
  switch (body.type) {
    case 'policy-adopted':
      return `The policy of commit ${short(body.commit)} was recorded: ${body.digest}.`;
    case 'decision-made':
      return `The ${body.gate} gate decided ${body.outcome}: ${plain(body.subject)}.`;
    case 'build-registered':
      return `Build ${plain(body.version)} of commit ${short(body.commit)} was registered: ${body.digest}.`;
    case 'promotion-intended':
      return `Promotion ${plain(body.tag)} of ${plain(body.version)} was to be made, by the decision in entry ${body.decisionIndex}${body.override === null ? '' : ` and under override ${plain(body.override)}`}.`;
    case 'promotion-ended':
      return `Promotion ${body.number} to ${plain(body.environment)} ${outcomeText[body.outcome]}: ${plain(body.reason)}.`;
    case 'override-granted':
      return `Override ${plain(body.id)} to ${plain(body.environment)} was granted to ${plain(body.requester.login)} by ${body.approvers.map(({ login }) => plain(login)).join(', ')}: ${plain(body.reason)}.`;
    case 'review-opened':
      return `A review of override ${plain(body.override)} was asked for in issue #${body.issue}, due ${describeInstant(Date.parse(body.dueAt), 'UTC')}.`;
    case 'release-opened':
      return `Issue #${body.issue} was opened for what comes to ${plain(body.environment)} next.`;
    case 'release-published':
      return `${plain(body.version)} was published as release ${plain(body.tag)}, by promotion ${body.number} to ${plain(body.environment)}.`;
    case 'command-handled':
      return `${plain(body.person.login)} gave ${commandText(body.command)} in #${body.issue}, which was ${body.outcome}: ${plain(body.answer)}`;
    case 'override-requested':
      return `Issue #${body.issue} was opened for the override that comment ${body.comment} asked for.`;
    case 'form-handled':
      return `${plain(body.person.login)} asked for an override by the form in #${body.issue}, which was ${body.outcome}: ${plain(body.answer)}`;
    case 'window-missed':
      return `The opening from ${describeInstant(Date.parse(body.from), 'UTC')} to ${describeInstant(Date.parse(body.to), 'UTC')} passed without a release to ${plain(body.environment)}: ${plain(body.reason)}`;
    case 'drift-found':
      return `Run ${body.run} found ${plain(body.environment)} running something else than promotion ${body.promotion} brought there, ${describeInstant(Date.parse(body.at), 'UTC')}.`;
    case 'notice-given':
      return `People were told by ${body.channel}: ${plain(body.notice)}.`;
    default:
      return body satisfies never;
  }
}

const outcomeText = { succeeded: 'succeeded', failed: 'failed', abandoned: 'was abandoned', refused: 'was refused at its start', 'not-started': 'was not seen to start' } as const satisfies Readonly<Record<Extract<EntryBody, { type: 'promotion-ended' }>['outcome'], string>>;

type Command = Extract<EntryBody, { type: 'command-handled' }>['command'];

const commandText = (command: Command): string => (command.name === 'refused' ? 'a command' : `/${command.name}${'environment' in command ? ` ${plain(command.environment)}` : ''}`);

const short = (commit: string): string => commit.slice(0, 12);
