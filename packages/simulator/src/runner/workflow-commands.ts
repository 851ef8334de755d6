import type { Masker } from './masker.ts';

export type Annotation = {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly annotation_level: 'notice' | 'warning' | 'failure';
  readonly message: string;
  readonly title: string;
};

export type LineReader = { line(text: string): void; annotations(): readonly Annotation[] };

const levels = new Map<string, Annotation['annotation_level']>([['notice', 'notice'], ['warning', 'warning'], ['error', 'failure']]);
/** Annotations of each kind that one step may leave (GitHub, "Usage limits", November 2026). */
const annotationLimit = 10;

/**
 * Reads what a step prints line by line: `::add-mask::` hides from then on, `::error::` and its kind become annotations,
 * everything else goes to the log, masked. Source: GitHub, "Workflow commands for GitHub Actions", November 2026.
 */
export function createLineReader(masker: Masker, log: (line: string) => void): LineReader {
  const found: Annotation[] = [];
  let stopped: string | null = null;
  const command = (name: string, properties: ReadonlyMap<string, string>, message: string): void => {
    const level = levels.get(name);
    if (name === 'add-mask') masker.add(message);
    else if (name === 'stop-commands') stopped = message;
    else if (name === 'group') log(`##[group]${masker.mask(message)}`);
    else if (name === 'endgroup') log('##[endgroup]');
    else if (name !== 'debug') log(`##[${name}]${masker.mask(message)}`);
    if (level === undefined || found.filter((entry) => entry.annotation_level === level).length >= annotationLimit) return;
    const line = Number(properties.get('line') ?? '1');
    found.push({ path: properties.get('file') ?? '.github', start_line: line, end_line: Number(properties.get('endLine') ?? line), annotation_level: level, message: masker.mask(message), title: masker.mask(properties.get('title') ?? '') });
  };
  return {
    annotations: () => found,
    line: (text) => {
      if (stopped !== null) {
        if (text === `::${stopped}::`) stopped = null;
        log(masker.mask(text));
        return;
      }
      const parts = splitCommand(text);
      if (parts === null) log(masker.mask(text));
      else command(parts.name, readProperties(parts.properties), unescapeData(parts.message));
    },
  };
}

/** `::name key=value,…::message`; null for a line that is no command. */
function splitCommand(text: string): { readonly name: string; readonly properties: string; readonly message: string } | null {
  const line = text.trimStart();
  const end = line.startsWith('::') ? line.indexOf('::', 2) : -1;
  if (end === -1) return null;
  const head = line.slice(2, end);
  const space = head.indexOf(' ');
  const name = space === -1 ? head : head.slice(0, space);
  return /^[a-z][\w-]*$/.test(name) ? { name, properties: space === -1 ? '' : head.slice(space + 1), message: line.slice(end + 2) } : null;
}

function readProperties(text: string): ReadonlyMap<string, string> {
  const pairs = text.split(',').flatMap((pair): [string, string][] => {
    const equals = pair.indexOf('=');
    return equals === -1 ? [] : [[pair.slice(0, equals).trim(), unescapeData(pair.slice(equals + 1)).replaceAll('%3A', ':').replaceAll('%2C', ',')]];
  });
  return new Map(pairs);
}

const unescapeData = (text: string): string => text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
