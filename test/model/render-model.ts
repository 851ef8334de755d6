import type { ModelFailure, ModelReport } from './run-model.ts';

/** A failure as a story in plain words, and how to see it again. */
export function renderFailure({ law, message, stack, lines, seed, path }: ModelFailure): string {
  const unexpected = message.startsWith(`${law}: L`) || /^L[1-9]$/.test(law) ? '' : `\n${stack}\n`;
  return [`Broken: ${message}`, unexpected, 'The smallest story that was found:', ...lines.map((line, index) => `${String(index + 1).padStart(4)}. ${line}`), '', `See it again: npm run soak -- --seed ${seed} --path ${path}`, ''].join('\n');
}

export function renderReport({ steps, stories, milliseconds, seen, failure }: ModelReport): string {
  const heading = `${steps} steps in ${stories} stories, ${(milliseconds / 1000).toFixed(0)} s, ${(milliseconds / Math.max(1, steps)).toFixed(1)} ms a step`;
  const table = Object.entries(seen).map(([what, times]) => `${String(times).padStart(7)}  ${what}`);
  return [heading, ...table, failure === null ? 'L1 to L9 held after every step.' : '', ''].join('\n');
}
