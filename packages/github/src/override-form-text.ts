import type { FormProblems, OverrideForm } from '@sallyport/pipeline';
import { formLabels, holdsChoices, urgencyChoices, waiverBoxes } from './override-form.ts';
import { breaking } from './override-text.ts';
import { withoutSecrets } from './without-secrets.ts';

/** Far more than a form of our limits takes. */
const longestBody = 10_000;
const longestLine = 200;
const longestReason = 1000;

type Field = keyof typeof formLabels;
const fields = Object.keys(formLabels) as readonly Field[];
const fieldOf = new Map<string, Field>(fields.map((field) => [`### ${formLabels[field]}`, field]));

/** Whether a text begins as GitHub begins the text of an issue that was sent by our form. */
export const isOverrideForm = (body: string): boolean => /^\s{0,100}(### [^\r\n]{1,50}?)[ \t]*(?:[\r\n]|$)/.exec(body)?.[1] === `### ${formLabels.build}`;

/**
 * What an issue by the form for an override says. GitHub writes a form as a heading for each field, in the form's order, and the answer under it as it was
 * typed, nothing escaped (GitHub Docs, "Syntax for issue forms", November 2026). So an answer can hold what looks like another field: a field that is
 * there twice, or any heading that is not the form's, makes the whole unreadable. Every problem is named. Null: it is not written in the form.
 */
export function parseOverrideForm(body: string): OverrideForm | FormProblems | null {
  if (!isOverrideForm(body)) return null;
  if (body.length > longestBody) return { problems: [`The text has ${body.length} characters, and a form at most ${longestBody}. Write less.`] };
  const answers = splitAnswers(body.split(/\r\n?|\n/));
  return 'problems' in answers ? answers : readAnswers(answers);
}

type Answers = { readonly lines: ReadonlyMap<Field, readonly string[]> };

function splitAnswers(lines: readonly string[]): Answers | FormProblems {
  const answers = new Map<Field, string[]>();
  const problems = new Set<string>();
  let current: string[] = [];
  for (const line of lines) {
    const field = fieldOf.get(line.trimEnd());
    if (field === undefined) {
      if (/^ {0,3}#{1,6}(?:[ \t]|$)/.test(line)) problems.add(`A line begins like a heading (#) and is none of the form's. Write it otherwise: an answer must not look like a field.`);
      current.push(line);
      continue;
    }
    if (answers.has(field)) problems.add(`${formLabels[field]}: it is there more than once, so nobody knows which is meant. Leave lines like “### ${formLabels[field]}” out of your answers.`);
    current = [];
    answers.set(field, current);
  }
  for (const field of fields) if (!answers.has(field)) problems.add(`${formLabels[field]}: it is missing. Send the form whole.`);
  if (problems.size === 0 && [...answers.keys()].some((field, index) => field !== fields[index])) problems.add('The fields are not in the order of the form. Send the form as it is.');
  if (problems.size > 0) return { problems: [...problems] };
  return { lines: answers };
}

function readAnswers({ lines }: Answers): OverrideForm | FormProblems {
  const problems: string[] = [];
  const wrong = (field: Field, what: string): null => {
    problems.push(`${formLabels[field]}: ${what}`);
    return null;
  };
  const line = (field: Field): string | null => {
    const [text = '', ...more] = answered(lines.get(field));
    if (more.length > 0) return wrong(field, 'it is more than one line. Write one.');
    if (text.length > longestLine) return wrong(field, `it has ${text.length} characters; it takes at most ${longestLine}. Write less.`);
    return breaking.test(text) ? wrong(field, 'it holds a character that cannot be seen. Type it anew.') : text;
  };
  const matching = (field: Field, pattern: RegExp, wanted: string): string => {
    const text = line(field);
    if (text !== null && !pattern.test(text)) wrong(field, text === '' ? `it is empty. Write ${wanted}.` : `that is none. Write ${wanted}, and nothing else.`);
    return text ?? '';
  };
  const chosen = <Value>(field: Field, choices: ReadonlyMap<string, Value>): Value | null => {
    const text = line(field);
    if (text !== null && !choices.has(text)) wrong(field, `${text === '' ? 'nothing is chosen' : 'that is none of its choices'}. Choose one of: ${[...choices.keys()].join('; ')}.`);
    return choices.get(text ?? '') ?? null;
  };
  const build = matching('build', /^[0-9A-Za-z][0-9A-Za-z.+:-]{0,127}$/, 'a version, such as 1.8.1, or a digest');
  const environment = matching('environment', /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/, 'the name of one environment, such as production');
  const urgency = chosen('urgency', urgencyChoices);
  const advisory = line('advisory') ?? '';
  const reason = readReason(lines.get('reason'), wrong);
  const waives = readBoxes(lines.get('waives'), wrong);
  const holdsSeconds = chosen('holdsSeconds', holdsChoices);
  if (urgency === null || problems.length > 0) return { problems };
  return { build, environment, urgency, advisory: advisory === '' ? null : withoutSecrets(advisory), reason, waives, holdsSeconds };
}

type Wrong = (field: Field, what: string) => null;

/** On one line, as the record keeps it. */
function readReason(lines: readonly string[] | undefined, wrong: Wrong): string {
  const reason = answered(lines).join(' ').replace(/\s+/g, ' ').trim();
  if (reason === '') wrong('reason', 'it is empty. Say in a sentence what is at stake: it is what the approver judges.');
  if (reason.length > longestReason) wrong('reason', `it has ${reason.length} characters; it takes at most ${longestReason}. Write less.`);
  if (breaking.test(reason)) wrong('reason', 'it holds a character that cannot be seen. Type it anew.');
  return withoutSecrets(reason);
}

/** Each box once and in the form's order, ticked or not. */
function readBoxes(lines: readonly string[] | undefined, wrong: Wrong): OverrideForm['waives'] {
  const boxes = answered(lines).map((text) => /^- \[([ xX])\] (.{1,200})$/.exec(text));
  const names = [...waiverBoxes.keys()];
  if (boxes.length !== names.length || boxes.some((box, index) => box?.[2] !== names[index])) wrong('waives', 'the boxes are not those of the form. Send the form as it is.');
  const ticked = boxes.flatMap((box) => (box === null || box[1] === ' ' ? [] : (waiverBoxes.get(box[2] ?? '') ?? [])));
  if (ticked.length === 0) wrong('waives', 'no box is ticked. Tick what stands in the way.');
  return ticked;
}

/** What GitHub writes where nothing was answered. */
const noAnswers: ReadonlySet<string> = new Set(['_No response_', 'None']);

/** The lines of an answer that hold something. */
function answered(lines: readonly string[] = []): readonly string[] {
  const held = lines.map((line) => line.trim()).filter((line) => line !== '');
  return held.length === 1 && noAnswers.has(held[0] ?? '') ? [] : held;
}
