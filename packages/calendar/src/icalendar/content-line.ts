import { quote } from './feed-problem.ts';
import type { Report } from './feed-problem.ts';
import type { UnfoldedLine } from './unfold-lines.ts';

/** `NAME;PARAMETER=value:value` (RFC 5545 §3.1). Names are in capitals. */
export type ContentLine = {
  readonly line: number;
  readonly name: string;
  /** Without the quotes. A parameter given twice has the values of both. */
  readonly parameters: ReadonlyMap<string, readonly string[]>;
  readonly value: string;
};

/** null after a report. Takes time in proportion to the line. */
export function parseContentLine({ line, text }: UnfoldedLine, report: Report): ContentLine | null {
  const name = nameAt(text, 0);
  const parameters = new Map<string, readonly string[]>();
  let at = name.length;
  while (text[at] === ';') {
    const key = nameAt(text, at + 1);
    at += 1 + key.length;
    if (key === '' || text[at] !== '=') return complain(line, text, report);
    const values: string[] = [];
    do {
      const value = valueAt(text, at + 1);
      values.push(value.text);
      at = value.end;
    } while (text[at] === ',');
    parameters.set(key.toUpperCase(), [...(parameters.get(key.toUpperCase()) ?? []), ...values]);
  }
  if (name === '' || text[at] !== ':') return complain(line, text, report);
  return { line, name: name.toUpperCase(), parameters, value: text.slice(at + 1) };
}

function complain(line: number, text: string, report: Report): null {
  report('content-line', line, `${quote(text)} is not of the form NAME:value. If it continues the line before, it must begin with a space; else export the calendar again.`);
  return null;
}

function nameAt(text: string, start: number): string {
  const name = /[A-Za-z0-9-]*/y;
  name.lastIndex = start;
  return name.exec(text)?.[0] ?? '';
}

/** A quote that is never closed is no part of a value, so that what follows the value is not what may follow one. */
function valueAt(text: string, start: number): { readonly text: string; readonly end: number } {
  const value = /"([^"]*)"|[^";:,]*/y;
  value.lastIndex = start;
  const [whole = '', quoted] = value.exec(text) ?? [];
  return { text: quoted ?? whole, end: start + whole.length };
}

/** The one value of a parameter; null when it is not there or not alone. */
export function parameter({ parameters }: ContentLine, name: string): string | null {
  const values = parameters.get(name);
  return values?.length === 1 ? (values[0] ?? null) : null;
}
