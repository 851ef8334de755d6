import * as z from 'zod';
import { withoutSecrets } from './without-secrets.ts';

/** What people write in issues and comments, read strictly: what is not exactly so does not count. */

export type OverrideBlock = { readonly build: string; readonly environment: string; readonly reason: string; readonly advisory: string | null };

const fields = ['build', 'environment', 'reason', 'advisory'] as const;
type Field = (typeof fields)[number];

/**
 * The one fenced block ```` ```sallyport-override ```` of an issue: lines of `key: value`, each key once, `#` lines and empty lines left out,
 * a value may stand in single or double quotes as in YAML. A string says what is wrong.
 */
export function parseOverrideBlock(body: string): OverrideBlock | string {
  const [block, second] = blocksIn(body.split(/\r\n?|\n/));
  if (block === undefined) return 'it holds no block ```sallyport-override';
  if (second !== undefined) return 'it holds more than one block ```sallyport-override';
  const values = parseLines(block);
  return typeof values === 'string' ? values : checkValues(values);
}

/** The lines of each block that is closed. Line by line: a pattern over the whole would try each of many openings to the end. */
function blocksIn(lines: readonly string[]): readonly (readonly string[])[] {
  const blocks: string[][] = [];
  let open: string[] | null = null;
  for (const line of lines) {
    if (open === null) {
      if (/^```sallyport-override[ \t]*$/.test(line)) open = [];
    } else if (/^```[ \t]*$/.test(line)) {
      blocks.push(open);
      open = null;
    } else {
      open.push(line);
    }
  }
  return blocks;
}

function parseLines(lines: readonly string[]): ReadonlyMap<Field, string> | string {
  const values = new Map<Field, string>();
  for (const line of lines.map((raw) => raw.trim())) {
    if (line === '' || line.startsWith('#')) continue;
    const match = /^([a-z]+):(?=\s|$)(.*)$/.exec(line);
    const field = fields.find((name) => name === match?.[1]);
    if (match === null || field === undefined) return `the line “${line.slice(0, 80)}” is none of ${fields.map((name) => `${name}: …`).join(', ')}`;
    if (values.has(field)) return `${field} is given twice`;
    const value = unquote((match[2] ?? '').trim());
    if (value === null) return `${field} is not quoted as it should be`;
    values.set(field, value);
  }
  return values;
}

/** null: what looks like a double-quoted value is none. */
function unquote(value: string): string | null {
  if (value.startsWith("'") && value.endsWith("'") && value.length > 1) return value.slice(1, -1).replaceAll("''", "'");
  if (!value.startsWith('"')) return value;
  try {
    // JSON strings are the part of YAML's double-quoted strings that is written by the command line.
    return z.string().parse(JSON.parse(value));
  } catch {
    return null;
  }
}

/** Control characters and the line breaks of Unicode: a value that holds one shows a person something else than it says. */
export const breaking = /[\p{Cc}\u2028\u2029]/u;

function checkValues(values: ReadonlyMap<Field, string>): OverrideBlock | string {
  const build = values.get('build') ?? '';
  const environment = values.get('environment') ?? '';
  if (!/^sha256:[0-9a-f]{64}$/.test(build)) return 'build is not sha256: and 64 hex digits';
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(environment)) return 'environment is not the name of an environment';
  const advisory = values.get('advisory') ?? '';
  for (const [field, value] of values) if (breaking.test(value)) return `${field} is not a single line`;
  return { build, environment, reason: withoutSecrets(values.get('reason') ?? ''), advisory: advisory === '' ? null : withoutSecrets(advisory) };
}

/** A comment whose first line is exactly `/approve <environment> sha256:<at least 12 hex digits>`; null for any other. */
export function parseApproval(body: string): { readonly environment: string; readonly digestPrefix: string } | null {
  const match = /^\/approve ([A-Za-z0-9][A-Za-z0-9_-]*) (sha256:[0-9a-f]{12,64})$/.exec(body.split(/\r\n|\r|\n/, 1)[0] ?? '');
  return match === null ? null : { environment: match[1] ?? '', digestPrefix: match[2] ?? '' };
}

/** Hidden in a review task's body, so that it is found again. */
export const reviewMark = (override: string): string => `<!-- sallyport-review:${override} -->`;
