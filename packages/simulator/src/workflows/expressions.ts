import { data, Evaluator, ExpressionError, Lexer, Parser } from '@actions/expressions';

/** How the work before this point went: decides success(), failure() and cancelled(). 'skipped': something needed did not run. */
export type StatusSoFar = 'success' | 'failure' | 'cancelled' | 'skipped';
/** Contexts by name (`github`, `env`, `needs`, …) as plain data. */
export type Contexts = Readonly<Record<string, unknown>>;

/** An expression that cannot be read or evaluated; the job it stands in fails with this message. */
export class ExpressionFailure extends Error {
  readonly code = 'expression-failed';

  constructor(expression: string, reason: string, cause?: unknown) {
    super(`The expression "${expression}" cannot be evaluated: ${reason}`, { cause });
    this.name = 'ExpressionFailure';
  }
}

const contextNames = ['github', 'env', 'vars', 'job', 'steps', 'runner', 'secrets', 'strategy', 'matrix', 'needs', 'inputs'];

/**
 * Replaces every `${{ … }}` in a template by its value as text.
 * Source: GitHub, "Evaluate expressions in workflows and actions", November 2026.
 */
export function expandTemplate(template: string, contexts: Contexts, status: StatusSoFar = 'success'): string {
  return mapExpressions(template, (expression) => evaluate(expression, contexts, status).coerceString()).join('');
}

/** As `expandTemplate`, but a value that is one expression alone keeps its type (booleans, objects). */
export function expandValue(template: string, contexts: Contexts): unknown {
  const alone = /^\s*\$\{\{([\s\S]*)\}\}\s*$/.exec(template);
  if (alone?.[1] === undefined || alone[1].includes('${{')) return expandTemplate(template, contexts);
  return fromData(evaluate(alone[1], contexts, 'success'));
}

/**
 * Answers an `if:` condition, with or without `${{ }}`. A condition without a status function holds only when all before
 * it succeeded. No condition is success().
 */
export function evaluateCondition(condition: string | undefined, contexts: Contexts, status: StatusSoFar): boolean {
  const expression = condition === undefined ? 'success()' : bare(condition);
  const value = evaluate(expression, contexts, status);
  const holds = truthy(value);
  return mentionsStatus(expression) ? holds : holds && status === 'success';
}

function bare(condition: string): string {
  const alone = /^\s*\$\{\{([\s\S]*)\}\}\s*$/.exec(condition);
  if (alone?.[1] !== undefined && !alone[1].includes('${{')) return alone[1];
  if (!condition.includes('${{')) return condition.trim() === '' ? 'success()' : condition;
  // Text around an expression makes the whole condition one text, as at GitHub.
  const parts = mapExpressions(condition, (expression) => ({ expression }));
  const pieces = parts.map((part) => (typeof part === 'string' ? `'${part.replaceAll("'", "''")}'` : part.expression));
  return `format('${pieces.map((_, index) => `{${String(index)}}`).join('')}', ${pieces.join(', ')})`;
}

/** Literal text and mapped expressions in order; a `}}` inside a quoted text does not end an expression. */
function mapExpressions<T>(template: string, map: (expression: string) => T): (string | T)[] {
  const parts: (string | T)[] = [];
  let rest = template;
  for (let start = rest.indexOf('${{'); start !== -1; start = rest.indexOf('${{')) {
    const end = endOfExpression(rest, start + 3);
    if (end === -1) throw new ExpressionFailure(rest.slice(start), 'it is not closed with }}.');
    if (start > 0) parts.push(rest.slice(0, start));
    parts.push(map(rest.slice(start + 3, end)));
    rest = rest.slice(end + 2);
  }
  return rest === '' ? parts : [...parts, rest];
}

function endOfExpression(text: string, from: number): number {
  let quoted = false;
  for (let index = from; index < text.length; index += 1) {
    if (text[index] === "'") quoted = !quoted;
    if (!quoted && text.startsWith('}}', index)) return index;
  }
  return -1;
}

function evaluate(expression: string, contexts: Contexts, status: StatusSoFar): data.ExpressionData {
  try {
    const { tokens } = new Lexer(expression).lex();
    const functions = statusFunctions(status);
    const tree = new Parser(tokens, contextNames, [...functions.values()]).parse() as ReturnType<Parser['parse']> | undefined;
    if (tree === undefined) throw new ExpressionFailure(expression, 'it is empty.');
    const root = new data.Dictionary(...contextNames.map((name) => ({ key: name, value: toData(contexts[name] ?? {}) })));
    return new Evaluator(tree, root, functions).evaluate();
  } catch (error) {
    if (error instanceof ExpressionFailure) throw error;
    const reason = error instanceof ExpressionError || error instanceof Error ? error.message : String(error);
    throw new ExpressionFailure(expression.trim(), reason, error);
  }
}

type StatusFunction = { readonly name: string; readonly minArgs: number; readonly maxArgs: number; readonly call: () => data.ExpressionData };

function statusFunctions(status: StatusSoFar): Map<string, StatusFunction> {
  const answer = (name: string, value: () => boolean): [string, StatusFunction] => [name, { name, minArgs: 0, maxArgs: 255, call: () => new data.BooleanData(value()) }];
  return new Map([
    answer('always', () => true),
    answer('success', () => status === 'success'),
    answer('failure', () => status === 'failure'),
    answer('cancelled', () => status === 'cancelled'),
    answer('hashfiles', () => {
      throw new Error('not simulated: hashFiles().');
    }),
  ]);
}

const statusCall = /\b(?:always|success|failure|cancelled)\s*\(/i;

function mentionsStatus(expression: string): boolean {
  return statusCall.test(expression.replaceAll(/'[^']*'/g, ''));
}

function truthy(value: data.ExpressionData): boolean {
  switch (value.kind) {
    case data.Kind.Null:
      return false;
    case data.Kind.Boolean:
      return value.coerceString() === 'true';
    case data.Kind.Number:
      return value.number() !== 0 && !Number.isNaN(value.number());
    case data.Kind.String:
      return value.coerceString() !== '';
    default:
      return true;
  }
}

function toData(value: unknown): data.ExpressionData {
  if (value === null || value === undefined) return new data.Null();
  if (typeof value === 'string') return new data.StringData(value);
  if (typeof value === 'boolean') return new data.BooleanData(value);
  if (typeof value === 'number') return new data.NumberData(value);
  if (Array.isArray(value)) return new data.Array(...value.map(toData));
  if (typeof value === 'object') return new data.Dictionary(...Object.entries(value).map(([key, item]) => ({ key, value: toData(item) })));
  return new data.Null();
}

function fromData(value: data.ExpressionData): unknown {
  return JSON.parse(JSON.stringify(value, data.replacer)) as unknown;
}
