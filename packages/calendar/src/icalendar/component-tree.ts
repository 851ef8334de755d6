import { parseContentLine } from './content-line.ts';
import type { ContentLine } from './content-line.ts';
import { quote } from './feed-problem.ts';
import type { Report } from './feed-problem.ts';
import type { UnfoldedLine } from './unfold-lines.ts';

/** What stands between a BEGIN and its END (RFC 5545 §3.6). `line` is that of the BEGIN. */
export type Component = {
  readonly name: string;
  readonly line: number;
  readonly properties: readonly ContentLine[];
  readonly components: readonly Component[];
};

type Open = { readonly name: string; readonly line: number; readonly properties: ContentLine[]; readonly components: Component[] };

/** The calendars of a file. A BEGIN without END, an END without BEGIN, and nesting deeper than `maximumDepth` are reported. */
export function parseComponents(lines: readonly UnfoldedLine[], maximumDepth: number, report: Report): readonly Component[] {
  const root: Open = { name: '', line: 0, properties: [], components: [] };
  const open: Open[] = [root];
  for (const unfolded of lines) {
    const line = parseContentLine(unfolded, report);
    const inner = open.at(-1) ?? root;
    const name = line?.value.trim().toUpperCase() ?? '';
    if (line?.name === 'BEGIN') {
      if (open.length > maximumDepth) {
        report('nesting', line.line, `Components lie more than ${maximumDepth} deep here, which no calendar needs. The rest was not read.`);
        return root.components;
      }
      if (name === 'VEVENT' && inner !== root && inner.name !== 'VCALENDAR') report('nesting', line.line, `An event begins within ${quote(inner.name)}, where none can be. Export the calendar again.`);
      open.push({ name, line: line.line, properties: [], components: [] });
    } else if (line?.name === 'END') {
      if (inner === root || inner.name !== name) {
        report('nesting', line.line, `END:${quote(name)} ends nothing that is open here${inner === root ? '' : `; ${quote(inner.name)} of line ${inner.line} is`}. The rest was not read. Export the calendar again.`);
        return root.components;
      }
      open.pop();
      open.at(-1)?.components.push(inner);
    } else if (line !== null) {
      if (inner === root) report('nesting', line.line, `${quote(unfolded.text)} stands outside any calendar. Put it between BEGIN:VCALENDAR and END:VCALENDAR, or remove it.`);
      inner.properties.push(line);
    }
  }
  for (const { name, line } of open.slice(1)) report('nesting', line, `${quote(name)} begins here and never ends: the file was cut off. Fetch or export it again.`);
  return root.components;
}

/** The only property of a name; null when there is none, and after a report when there are several. */
export function onlyProperty(component: Component, name: string, report: Report): ContentLine | null {
  const [first, second] = component.properties.filter((property) => property.name === name);
  if (second !== undefined) report('repeated-property', second.line, `${name} is given a second time in the ${component.name} of line ${component.line}, so which one holds is unknown. Remove one.`);
  return second === undefined ? (first ?? null) : null;
}
