import * as z from 'zod';
import { nearestSpelling } from './nearest.ts';
import { OPEN_ENDED } from './policy-fields.ts';
import { policyFileSchema } from './policy-schema.ts';
import type { Complaint } from './complaint.ts';
import { renderChoice, renderNearest, renderPath, renderValue } from './problem.ts';
import type { PlacedProblem, PolicyPath } from './problem.ts';

type Issue = z.core.$ZodIssue;

/** Says in words what zod found. One issue can name several unknown fields, hence the list. */
export function explainIssue(issue: Issue): readonly PlacedProblem[] {
  const path = issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
  const place = renderPath(path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownField(path, key));
    case 'invalid_key':
      return issue.issues.map((inner) => complained(path, 'key', inner, path.at(-1)));
    case 'custom':
      return [complained(path, 'value', issue, issue.input)];
    case 'invalid_value':
      return [issue.input === undefined ? missing(path) : notAllowed(path, issue.input, issue.values.map(String), issue.values)];
    case 'invalid_type':
      return [issue.input === undefined ? missing(path) : wrongType(path, issue.input, issue.expected)];
    case 'too_small':
      return [issue.origin === 'array' ? tooFew(path, issue.input, Number(issue.minimum)) : problem('too-small', path, `${place} is ${renderValue(issue.input)}; it must be at least ${issue.minimum}.`)];
    case 'too_big':
    case 'invalid_format':
    case 'not_multiple_of':
    case 'invalid_union':
    case 'invalid_element':
      return [problem('bad-value', path, `${place} is ${renderValue(issue.input)}, which is not accepted here: ${issue.message}.`)];
    default:
      return [problem('bad-value', path, `${place} is not accepted here.`)];
  }
}

function problem(code: string, path: PolicyPath, message: string): PlacedProblem {
  return { severity: 'error', code, path, message, aim: 'value' };
}

function tooFew(path: PolicyPath, input: unknown, minimum: number): PlacedProblem {
  const place = renderPath(path);
  if (!Array.isArray(input) || input.length === 0) {
    return problem('too-few', path, `${place} is an empty list; ${name(path) === 'tests' ? 'without a test nothing is ever green, so name at least one' : `name at least ${minimum === 1 ? 'one' : minimum}`}.`);
  }
  const single = name(path) === 'accounts' ? ' A person with one account needs no entry: add the other account, or remove the entry.' : '';
  return problem('too-few', path, `${place} names ${input.length}; it must name at least ${minimum}.${single}`);
}

function name(path: PolicyPath): string | number | undefined {
  return path.at(-1);
}

function complained(path: PolicyPath, aim: 'key' | 'value', issue: Issue, input: unknown): PlacedProblem {
  const complaint = issue.code === 'custom' ? (issue.params?.['complaint'] as Complaint | undefined) : undefined;
  const { code, message, nearest } = complaint ?? { code: 'bad-value', message: 'is not accepted here' };
  const shown = typeof input === 'string' ? ` ${renderValue(input)}` : '';
  return {
    severity: 'error',
    code,
    path,
    aim,
    message: `${renderPath(aim === 'key' ? path.slice(0, -1) : path)}:${shown} ${message}.${renderNearest(nearest)}`.replace(':  ', ': '),
    ...(nearest === undefined ? {} : { nearest }),
  };
}

function unknownField(path: PolicyPath, key: string): PlacedProblem {
  const allowed = fieldsAt(path);
  const nearest = nearestSpelling(key, allowed);
  const hint = nearest === undefined ? ` Remove it, or use one of ${renderChoice(allowed)}.` : renderNearest(nearest);
  return {
    severity: 'error',
    code: 'unknown-field',
    path: [...path, key],
    aim: 'key',
    message: `${renderPath(path)} has no field ${renderValue(key)}, and what is not understood is not ignored.${hint}`,
    allowed,
    ...(nearest === undefined ? {} : { nearest }),
  };
}

function missing(path: PolicyPath): PlacedProblem {
  const field = String(path.at(-1));
  const why = path.join('.') === 'version' ? ' Add "version: 1".' : path.join('.') === 'merge' ? ' Add "merge" with the tests a change must pass.' : isFreezeEnd(path) ? ` Add it; "to: ${OPEN_ENDED}" means until somebody takes the freeze out.` : ' Add it.';
  return { ...problem('missing-field', path, `${renderPath(path.slice(0, -1))} lacks the field ${renderValue(field)}, which has no default.${why}`), aim: 'key' };
}

function notAllowed(path: PolicyPath, input: unknown, allowed: readonly string[], values: readonly unknown[]): PlacedProblem {
  const nearest = typeof input === 'string' ? nearestSpelling(input, allowed) : undefined;
  const choice = values.every((value) => typeof value === 'string') ? renderChoice(allowed) : allowed.join(' or ');
  return {
    ...problem('not-allowed', path, `${renderPath(path)} is ${renderValue(input)}; it must be ${choice}.${renderNearest(nearest)}`),
    allowed,
    ...(nearest === undefined ? {} : { nearest }),
  };
}

const TYPE_NAMES: ReadonlyMap<string, string> = new Map([
  ['string', 'text'],
  ['number', 'a number'],
  ['int', 'a whole number'],
  ['boolean', 'true or false'],
  ['array', 'a list'],
  ['object', 'a group of fields'],
  ['record', 'a group of named entries'],
]);

function wrongType(path: PolicyPath, input: unknown, expected: string): PlacedProblem {
  const wanted = TYPE_NAMES.get(expected) ?? expected;
  const brackets = expected === 'array' && (typeof input === 'string' || typeof input === 'number') ? ' Put it in brackets.' : '';
  const quote = expected === 'string' && (typeof input === 'number' || typeof input === 'boolean') ? ' Put it in quotes.' : '';
  const id = typeof input === 'string' && isAccount(path) ? ' Logins change hands, numbers do not: `gh api users/<login> --jq .id` tells the number.' : '';
  const remove = input === null ? ' Fill it in or remove the field.' : '';
  return problem('wrong-type', path, `${renderPath(path)} is ${renderValue(input)}; it must be ${wanted}.${brackets}${quote}${id}${remove}`);
}

const isFreezeEnd = (path: PolicyPath): boolean => path.length === 3 && path[0] === 'freezes' && path[2] === 'to';

const isAccount = (path: PolicyPath): boolean => ['status-by', 'account', 'accounts'].some((field) => field === path.at(-1) || (field === path.at(-2) && typeof path.at(-1) === 'number'));

/** The fields a strict group at `path` of the schema has; empty when there is none. */
function fieldsAt(path: PolicyPath): readonly string[] {
  let schema: unknown = policyFileSchema;
  for (const step of path) {
    const inner = unwrap(schema);
    if (inner instanceof z.ZodObject) schema = (inner.shape as Readonly<Record<string, unknown>>)[step];
    else if (inner instanceof z.ZodRecord) schema = inner.valueType;
    else if (inner instanceof z.ZodArray) schema = inner.element;
    else return [];
  }
  const found = unwrap(schema);
  return found instanceof z.ZodObject ? Object.keys(found.shape) : [];
}

function unwrap(schema: unknown): unknown {
  let inner = schema;
  while (inner instanceof z.ZodOptional || inner instanceof z.ZodDefault || inner instanceof z.ZodPrefault) inner = inner.unwrap();
  return inner;
}
