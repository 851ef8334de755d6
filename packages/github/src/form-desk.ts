import { known, unknown } from '@sallyport/gates';
import type { Fact, Person } from '@sallyport/gates';
import type { Desk } from '@sallyport/pipeline';
import * as z from 'zod';
import { instant } from './answers/shared.ts';
import { readComments } from './list-issues.ts';
import { holdsLine, markedBody } from './marked-issue.ts';
import { of } from './repository.ts';
import type { Place } from './repository.ts';

type IsOurs = (author: Person | null) => Promise<boolean>;

/** Issues by the form for an override: whether they are as they were sent, and what is said of them. */
export const createFormDesk = (place: Place, isOurs: IsOurs): Pick<Desk, 'isEdited' | 'isFormAnswered' | 'answerForm'> => ({
  isEdited: (number) => isEdited(place, number),
  isFormAnswered: (number) => isFormAnswered(place, isOurs, number),
  answerForm: (answer) => answerForm(place, isOurs, answer),
});

/** The REST interface does not tell when an issue's text was changed (GitHub Docs, "Objects", Issue, November 2026). */
const query = 'query editedAt($owner: String!, $name: String!, $number: Int!) { repository(owner: $owner, name: $name) { issue(number: $number) { lastEditedAt } } }';

/** Refusals come with status 200. */
const editedAnswer = z.looseObject({
  data: z.looseObject({ repository: z.looseObject({ issue: z.looseObject({ lastEditedAt: instant.nullable() }).nullable() }).nullable() }).nullish(),
  errors: z.array(z.looseObject({ message: z.string() })).optional(),
});

async function isEdited(place: Place, number: number): Promise<Fact<boolean>> {
  const { owner, repo: name } = of(place);
  const answer = await place.client.askOr([403, 404], { route: 'POST /graphql', parameters: { query, variables: { owner, name, number } }, shape: editedAnswer, why: `to see whether the text of #${number} was changed`, safeToRepeat: true });
  if (!answer.ok) return unknown(`whether the text of #${number} was changed cannot be read: ${answer.message}`);
  const { data, errors = [] } = answer.data;
  const issue = data?.repository?.issue;
  if (issue == null || errors.length > 0) return unknown(`whether the text of #${number} was changed cannot be read: ${errors.map(({ message }) => message).join('; ') || 'GitHub shows no such issue'}`);
  return known(issue.lastEditedAt !== null);
}

const formMark = (number: number): string => `<!-- sallyport-form:${number} -->`;

async function isFormAnswered(place: Place, isOurs: IsOurs, number: number): Promise<boolean> {
  const { comments } = await readComments(place, number, 'to see whether a form was answered');
  for (const { body, user } of comments) if (holdsLine(body, formMark(number)) && (await isOurs(user))) return true;
  return false;
}

async function answerForm(place: Place, isOurs: IsOurs, { issue: number, accepted, body }: Parameters<Desk['answerForm']>[0]): Promise<void> {
  const why = 'to answer the form for an override';
  const parameters = { ...of(place), issue_number: number };
  if (!(await isFormAnswered(place, isOurs, number))) await place.client.ask({ route: 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments', parameters: { ...parameters, body: markedBody({ body, mark: formMark(number) }) }, shape: z.unknown(), why });
  if (!accepted) await place.client.ask({ route: 'PATCH /repos/{owner}/{repo}/issues/{issue_number}', parameters: { ...parameters, state: 'closed', state_reason: 'not_planned' }, shape: z.unknown(), why, safeToRepeat: true });
}
