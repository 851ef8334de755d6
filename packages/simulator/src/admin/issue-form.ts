import { load } from 'js-yaml';
import * as z from 'zod';
import type { SimulatorContext } from '../context.ts';
import type { Issue, Repository, User } from '../world/world.ts';
import { asPerson } from './change.ts';

/** What is used of a form (GitHub Docs, "Syntax for GitHub's form schema", November 2026). */
const element = z.looseObject({ type: z.string(), id: z.string().optional(), attributes: z.looseObject({ label: z.string().optional(), options: z.array(z.union([z.string(), z.looseObject({ label: z.string() }).transform(({ label }) => label)])).optional() }) });
const form = z.looseObject({ title: z.string().default(''), labels: z.array(z.string()).default([]), body: z.array(element) });
type Element = z.output<typeof element>;

/** What somebody fills in, by the elements' ids: a text as typed, or the boxes that are ticked. Left out or empty: no answer. */
export type FormAnswers = Readonly<Record<string, string | readonly string[]>>;

/** The text of the issue that GitHub makes of a form: a heading for each field and the answer under it, nothing escaped. */
export function renderIssueForm(text: string, answers: FormAnswers): string {
  const { body } = form.parse(load(text));
  return body.filter(({ type }) => type !== 'markdown').map((one) => `### ${one.attributes.label ?? ''}\n\n${renderAnswer(one, answers[one.id ?? ''])}`).join('\n\n');
}

function renderAnswer({ type, attributes }: Element, answer: FormAnswers[string] = ''): string {
  if (type === 'checkboxes') return (attributes.options ?? []).map((label) => `- [${answer.includes(label) ? 'X' : ' '}] ${label}`).join('\n');
  const text = typeof answer === 'string' ? answer : answer.join(', ');
  return text.trim() === '' ? '_No response_' : text;
}

export type FormAdmin = {
  /** Somebody, whoever may see the repository, sends a form: GitHub sets the form's labels whatever role they have. */
  sendForm(repository: Repository, by: User, text: string, answers: FormAnswers): Issue;
};

export const createFormAdmin = (context: SimulatorContext): FormAdmin => ({
  sendForm: (repository, by, text, answers) => {
    const { title, labels } = form.parse(load(text));
    const at = context.clock.now();
    const number = repository.nextNumber;
    repository.nextNumber += 1;
    const issue: Issue = { id: context.nextId(), number, author: by, title, body: renderIssueForm(text, answers), state: 'open', labels: new Set(labels), assignees: [], createdAt: at, updatedAt: at, closedAt: null, comments: [], isPull: false };
    repository.issues.set(number, issue);
    context.announce(repository, { kind: 'issues', action: 'opened', number }, asPerson(by));
    return issue;
  },
});
