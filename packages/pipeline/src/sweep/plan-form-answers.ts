import { shortDigest } from '@sallyport/gates';
import type { RecordedForm } from '../ledger-state.ts';
import { answerLines, code } from '../markdown-text.ts';
import type { Courtesy } from './effect.ts';
import { overridePage } from './override-page.ts';
import type { Forms } from './plan-forms.ts';
import type { View } from './view.ts';

/** Forms that nobody has answered yet, and those that were refused and are still open; also those whose answer was lost in a crash. */
export async function planFormAnswers(view: View, { open, turnedAway }: Forms): Promise<readonly Courtesy[]> {
  const away = turnedAway.map(({ issue, answer }): Courtesy => ({ effect: 'answer-form', issue, accepted: false, body: answerLines(answer) }));
  const answers = await Promise.all(open.handled.map((issue) => answerTo(view, view.state.askedOverrides.get(issue))));
  return [...away, ...answers.flat()];
}

async function answerTo(view: View, form: ReturnType<View['state']['askedOverrides']['get']>): Promise<readonly Courtesy[]> {
  if (form?.type !== 'form-handled') return [];
  const { issue, outcome, answer } = form;
  if (outcome === 'refused') return [{ effect: 'answer-form', issue, accepted: false, body: answerLines(answer) }];
  if (view.state.grants.has(String(issue)) || (await view.outside.desk.isFormAnswered(issue))) return [];
  return [{ effect: 'answer-form', issue, accepted: true, body: [answerLines(answer), ...(await pageOf(view, form))].join('\n\n') }];
}

async function pageOf(view: View, { command, person }: RecordedForm): Promise<readonly string[]> {
  const build = command.name === 'override' ? view.state.builds.get(command.build) : undefined;
  if (command.name !== 'override' || build === undefined) return [];
  const page = await overridePage(view, { environment: command.environment, build, requester: person.login, form: command });
  const approval = `/approve ${command.environment} ${shortDigest(command.build)}`;
  return page === null ? [] : [`To approve, somebody of the approving team comments ${code(approval)}, as its first line.`, page];
}
