import type { SetupStep } from '@sallyport/pipeline';
import type { Colors } from 'picocolors/types.js';
import { plain } from './plain.ts';

const words: Readonly<Record<SetupStep['state'], string>> = { held: 'as it should be', make: 'will be made', change: 'will be changed', unseen: 'cannot be seen, so it is left alone', 'not-here': 'cannot be had here' };

/** A plan as a list: each step with what comes and goes. */
export function renderPlan(repository: string, steps: readonly SetupStep[], colors: Colors): string {
  return `${[colors.bold(plain(repository)), ...steps.flatMap((step) => stepLines(step, colors))].join('\n')}\n`;
}

function stepLines({ what, state, lines }: SetupStep, colors: Colors): readonly string[] {
  return [`${mark(state, colors)} ${plain(what)}: ${words[state]}`, ...lines.map((line) => `    ${paintLine(plain(line), colors)}`)];
}

function mark(state: SetupStep['state'], colors: Colors): string {
  switch (state) {
    case 'held':
      return colors.green('✓');
    case 'make':
      return colors.green('+');
    case 'change':
      return colors.yellow('~');
    case 'unseen':
    case 'not-here':
      return colors.magenta('?');
    default:
      return state satisfies never;
  }
}

const paintLine = (line: string, colors: Colors): string => (line.startsWith('+') ? colors.green(line) : line.startsWith('-') ? colors.red(line) : line);
