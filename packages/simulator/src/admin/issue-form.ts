import type { SimulatorContext } from '../context.ts';
import type { Issue, Repository, User } from '../world/world.ts';
import { asPerson } from './change.ts';
import { fieldsOf, parseIssueForm, type FormField } from './issue-form-schema.ts';

/** What somebody fills in, by the elements' ids: a text as typed, or the boxes that are ticked. Left out or empty: no answer. */
export type FormAnswers = Readonly<Record<string, string | readonly string[]>>;

/** The text of the issue that GitHub makes of a form: a heading for each field and the answer under it, nothing escaped. */
export function renderIssueForm(text: string, answers: FormAnswers): string {
  return fieldsOf(parseIssueForm(text).body).map((field) => `### ${field.attributes.label}\n\n${renderAnswer(field, answers[field.id ?? ''])}`).join('\n\n');
}

function renderAnswer(field: FormField, answer: FormAnswers[string] = ''): string {
  if (field.type === 'checkboxes') return field.attributes.options.map(({ label }) => `- [${answer.includes(label) ? 'X' : ' '}] ${label}`).join('\n');
  const text = typeof answer === 'string' ? answer : answer.join(', ');
  return text.trim() === '' ? '_No response_' : text;
}

export type FormAdmin = {
  /** Somebody, whoever may see the repository, sends a form: GitHub sets the form's labels whatever role they have. */
  sendForm(repository: Repository, by: User, text: string, answers: FormAnswers): Issue;
};

export const createFormAdmin = (context: SimulatorContext): FormAdmin => ({
  sendForm: (repository, by, text, answers) => {
    const { title = '', labels = [] } = parseIssueForm(text);
    const at = context.clock.now();
    const number = repository.nextNumber;
    repository.nextNumber += 1;
    const issue: Issue = { id: context.nextId(), number, author: by, title, body: renderIssueForm(text, answers), state: 'open', labels: new Set(labels), assignees: [], createdAt: at, updatedAt: at, closedAt: null, comments: [], isPull: false };
    repository.issues.set(number, issue);
    context.announce(repository, { kind: 'issues', action: 'opened', number }, asPerson(by));
    return issue;
  },
});
