import { digest } from '@sallyport/gates';

/** What a person writes into an override request. */
export type OverrideBlock = { readonly build: string; readonly environment: string; readonly reason: string; readonly advisory: string | null };
export type ParsedBlock = { readonly ok: true; readonly block: OverrideBlock } | { readonly ok: false; readonly problem: string };

const fence = '```sallyport-override';
const keys = ['build', 'environment', 'reason', 'advisory'];
const environmentName = /^[A-Za-z0-9][A-Za-z0-9_-]*$/;
/** Control characters and the line breaks of Unicode. */
const breaking = /[\p{Cc}\u2028\u2029]/u;

export function renderOverrideBlock({ build, environment, reason, advisory }: OverrideBlock): string {
  const lines = [`build: ${build}`, `environment: ${environment}`, `reason: ${reason.trim()}`, ...(advisory === null ? [] : [`advisory: ${advisory.trim()}`])];
  return [fence, ...lines, '```'].join('\n');
}

/** Reads the one `sallyport-override` block of an issue's body, a `key: value` a line. Never guesses: a key twice, or two blocks, is no request. */
export function parseOverrideBlock(body: string): ParsedBlock {
  const lines = body.split('\n').map((line) => line.replace(/\r$/, ''));
  const starts = lines.flatMap((line, index) => (line.trimEnd() === fence ? [index] : []));
  const [start] = starts;
  if (start === undefined) return no('there is no sallyport-override block');
  if (starts.length > 1) return no('there is more than one sallyport-override block');
  const length = lines.slice(start + 1).findIndex((line) => line.trimEnd() === '```');
  if (length === -1) return no('the sallyport-override block does not end');
  return parseLines(lines.slice(start + 1, start + 1 + length));
}

function parseLines(lines: readonly string[]): ParsedBlock {
  const values = new Map<string, string>();
  for (const line of lines) {
    if (line.trim() === '') continue;
    const [, key, value] = /^([a-z]+):(?: (.*))?$/.exec(line) ?? [];
    if (key === undefined) return no(`"${shorten(line)}" is not written as key: value`);
    if (!keys.includes(key)) return no(`${shorten(key)} is not a key of an override request`);
    if (values.has(key)) return no(`${key} is there more than once`);
    values.set(key, (value ?? '').trim());
  }
  const [build = '', environment = '', reason = '', advisory = ''] = keys.map((key) => values.get(key));
  const block = { build, environment, reason, advisory: advisory === '' ? null : advisory };
  const [problem] = blockProblems(block);
  return problem === undefined ? { ok: true, block } : no(problem);
}

/** Everything that keeps a block from being a request; empty when it is one. */
export function blockProblems({ build, environment, reason, advisory }: OverrideBlock): readonly string[] {
  const problems: string[] = [];
  if (!digest.safeParse(build).success) problems.push('build is not sha256: and 64 hex digits');
  if (!environmentName.test(environment)) problems.push('environment is not the name of an environment');
  if (reason.trim() === '') problems.push('reason is empty');
  if (breaking.test(reason)) problems.push('reason is not a single line');
  if (advisory !== null && advisory.trim() === '') problems.push('advisory is empty');
  if (advisory !== null && breaking.test(advisory)) problems.push('advisory is not a single line');
  return problems;
}

const no = (problem: string): ParsedBlock => ({ ok: false, problem });
const shorten = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);
