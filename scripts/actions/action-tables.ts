import type { ActionFile } from './action-file.ts';

const begin = '<!-- From action.yml: node scripts/generate-action-tables.mjs -->';
const end = '<!-- End of what is from action.yml -->';

/** Inputs and outputs of an action as the Markdown tables of its README. */
export function renderActionTables({ inputs, outputs }: Pick<ActionFile, 'inputs' | 'outputs'>): string {
  const inputRows = Object.entries(inputs).map(([name, { description, default: value }]) => `| \`${name}\` | ${cell(description)} | ${shownDefault(value)} |`);
  const outputRows = Object.entries(outputs).map(([name, { description }]) => `| \`${name}\` | ${cell(description)} |`);
  return ['| input | | default |', '|---|---|---|', ...inputRows, ...(outputRows.length === 0 ? [] : ['', '| output | |', '|---|---|', ...outputRows])].join('\n');
}

/** The README with its tables made anew between their two marks; null when it has not both, once and in order. */
export function withActionTables(readme: string, action: Pick<ActionFile, 'inputs' | 'outputs'>): string | null {
  const [before, rest, ...more] = readme.split(begin);
  const [old, after, ...others] = (rest ?? '').split(end);
  if (before === undefined || old === undefined || after === undefined || more.length + others.length > 0) return null;
  return `${before}${begin}\n\n${renderActionTables(action)}\n\n${end}${after}`;
}

const cell = (text: string): string => text.trim().replace(/\s*\n\s*/g, ' ').replaceAll('|', '\\|');

function shownDefault(value: string | undefined): string {
  if (value === undefined) return 'required';
  return value === '' ? 'empty' : `\`${value.replaceAll('|', '\\|')}\``;
}
