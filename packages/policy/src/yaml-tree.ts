import { CORE_SCHEMA, EVENT_ID, SCALAR_STYLE, YAMLException, getScalarValue, parseEvents } from 'js-yaml';
import type { Event, ScalarEvent } from 'js-yaml';
import { quote } from './problem.ts';
import { positionsIn } from './text-position.ts';
import type { PositionOf, TextPosition } from './text-position.ts';

/** A YAML value with the offset at which it is written. Only what a policy may contain: no tags, anchors or aliases. */
export type YamlNode =
  | { readonly kind: 'scalar'; readonly offset: number; readonly value: unknown }
  | { readonly kind: 'list'; readonly offset: number; readonly items: readonly YamlNode[] }
  | { readonly kind: 'map'; readonly offset: number; readonly entries: ReadonlyMap<string, YamlEntry> };

export type YamlEntry = { readonly keyOffset: number; readonly value: YamlNode };

export type YamlComplaint = TextPosition & { readonly code: string; readonly message: string };

export type YamlResult =
  | { readonly ok: true; readonly root: YamlNode; readonly positionOf: PositionOf }
  | { readonly ok: false; readonly complaints: readonly YamlComplaint[] };

const MAX_BYTES = 256 * 1024;
const MAX_DEPTH = 32;

type OpenList = { readonly kind: 'list'; readonly offset: number; readonly items: YamlNode[] };
type OpenMap = {
  readonly kind: 'map';
  readonly offset: number;
  readonly entries: Map<string, YamlEntry>;
  key: { readonly name: string; readonly offset: number } | null;
};
type Refuse = (offset: number, code: string, message: string) => void;

/**
 * Reads one YAML 1.2 document in the core schema, in which dates and times of day stay text.
 * Refuses whatever a policy has no use for and readers disagree about: tags, anchors, aliases, directives, repeated
 * keys, several documents, more than 256 KiB and more than 32 levels of nesting. Never throws.
 */
export function readYaml(source: string): YamlResult {
  if (source.length > MAX_BYTES || new TextEncoder().encode(source).length > MAX_BYTES) {
    return refused({ line: 1, column: 1, code: 'too-large', message: 'The file is larger than 256 KiB, which no policy needs; remove what does not belong in it.' });
  }
  const text = source.replace(/^\uFEFF/, '');
  let events: readonly Event[];
  try {
    events = parseEvents(text, { maxDepth: MAX_DEPTH });
  } catch (error) {
    return refused(syntaxComplaint(error));
  }
  return buildTree(text, events);
}

function refused(...complaints: YamlComplaint[]): YamlResult {
  return { ok: false, complaints };
}

function syntaxComplaint(error: unknown): YamlComplaint {
  if (!(error instanceof YAMLException)) {
    return { line: 1, column: 1, code: 'unreadable', message: 'The YAML reader gave up on this file; simplify it until it can be read.' };
  }
  const place = { line: (error.mark?.line ?? 0) + 1, column: (error.mark?.column ?? 0) + 1 };
  if (error.reason.includes('maxDepth')) {
    return { ...place, code: 'too-deep', message: `The file nests more than ${MAX_DEPTH} levels deep, which no policy needs; flatten it.` };
  }
  return { ...place, code: 'syntax', message: `This is not valid YAML: ${oneLine(error.reason)}. Nothing in the file counts until this is mended.` };
}

/** The reader's own words can hold a piece of the file, which must not break out of the line. */
function oneLine(reason: string): string {
  return reason.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ');
}

function buildTree(text: string, events: readonly Event[]): YamlResult {
  const positionOf = positionsIn(text);
  const complaints: YamlComplaint[] = [];
  const refuse: Refuse = (offset, code, message) => complaints.push({ ...positionOf(offset), code, message });
  const open: (OpenList | OpenMap)[] = [];
  const roots: YamlNode[] = [];
  let lastOffset = 0;

  const place = (node: YamlNode): void => {
    const parent = open.at(-1);
    if (parent === undefined) roots.push(node);
    else if (parent.kind === 'list') parent.items.push(node);
    else if (parent.key === null) parent.key = keyFrom(node, refuse);
    else addEntry(parent, parent.key, node, refuse);
  };

  for (const event of events) {
    refuseProperties(event, refuse);
    switch (event.type) {
      case EVENT_ID.DOCUMENT:
        if (event.directives.length > 0) refuse(0, 'directive', 'A policy has no YAML directives; remove the line that starts with %.');
        break;
      case EVENT_ID.SEQUENCE:
        open.push({ kind: 'list', offset: event.start, items: [] });
        lastOffset = event.start;
        break;
      case EVENT_ID.MAPPING:
        open.push({ kind: 'map', offset: event.start, entries: new Map(), key: null });
        lastOffset = event.start;
        break;
      case EVENT_ID.SCALAR:
        // An empty value has no place of its own, so it is reported where the text before it begins.
        lastOffset = scalarOffset(event) ?? lastOffset;
        place({ kind: 'scalar', offset: lastOffset, value: scalarValue(text, event) });
        break;
      case EVENT_ID.ALIAS:
        refuse(event.anchorStart - 1, 'alias', 'A policy has no aliases, because readers expand them differently; write the value out.');
        place({ kind: 'scalar', offset: event.anchorStart, value: null });
        break;
      case EVENT_ID.POP: {
        // The pop of a document finds nothing open.
        const closed = open.pop();
        if (closed !== undefined) place(closed);
        break;
      }
      default:
        event satisfies never;
    }
  }

  const [root, second] = roots;
  if (root === undefined || (root.kind === 'scalar' && root.value === null && complaints.length === 0)) {
    return refused({ line: 1, column: 1, code: 'empty', message: 'The policy is empty, and nothing can pass a gate without one; start with "version: 1" and "merge: { tests: [...] }".' });
  }
  if (second !== undefined) refuse(second.offset, 'several-documents', 'A policy is one YAML document; remove what follows the "---" line.');
  return complaints.length > 0 ? { ok: false, complaints } : { ok: true, root, positionOf };
}

function refuseProperties(event: Event, refuse: Refuse): void {
  if ('tagStart' in event && event.tagStart !== -1) {
    refuse(event.tagStart, 'tag', 'A policy has no YAML tags; remove the word that starts with an exclamation mark.');
  }
  if ('tagStart' in event && event.anchorStart !== -1) {
    refuse(event.anchorStart - 1, 'anchor', 'A policy has no anchors, because readers expand them differently; remove the word that starts with &.');
  }
}

function scalarOffset(event: ScalarEvent): number | undefined {
  if (event.valueStart === -1) return undefined;
  const quoted = event.style === SCALAR_STYLE.DOUBLE_QUOTED || event.style === SCALAR_STYLE.SINGLE_QUOTED;
  return quoted ? event.valueStart - 1 : event.valueStart;
}

function scalarValue(text: string, event: ScalarEvent): unknown {
  const written = getScalarValue(text, event);
  return event.style === SCALAR_STYLE.PLAIN ? CORE_SCHEMA.resolveImplicitScalarTag(written).value : written;
}

function keyFrom(node: YamlNode, refuse: Refuse): { name: string; offset: number } {
  if (node.kind === 'scalar' && typeof node.value === 'string' && node.value !== '__proto__') {
    return { name: node.value, offset: node.offset };
  }
  refuse(node.offset, 'bad-key', 'A field name in a policy is plain text; put it in quotes if it looks like a number, or remove it.');
  return { name: '', offset: node.offset };
}

function addEntry(map: OpenMap, key: { readonly name: string; readonly offset: number }, value: YamlNode, refuse: Refuse): void {
  map.key = null;
  if (map.entries.has(key.name)) {
    refuse(key.offset, 'repeated-field', `${quote(key.name)} is written twice here, and only one could count; remove one.`);
    return;
  }
  map.entries.set(key.name, { keyOffset: key.offset, value });
}

/** The plain JavaScript value of a tree. At most 32 levels deep, so it may recurse. */
export function valueOf(node: YamlNode): unknown {
  switch (node.kind) {
    case 'scalar':
      return node.value;
    case 'list':
      return node.items.map(valueOf);
    case 'map':
      return Object.fromEntries([...node.entries].map(([name, entry]) => [name, valueOf(entry.value)]));
    default:
      return node satisfies never;
  }
}

/** The offset of what `path` leads to, or of the nearest thing on the way there that is written in the file. */
export function offsetOf(root: YamlNode, path: readonly (string | number)[], aim: 'key' | 'value'): number {
  let node = root;
  let offset = root.offset;
  for (const [index, step] of path.entries()) {
    const last = index === path.length - 1;
    if (node.kind === 'map' && typeof step === 'string') {
      const entry = node.entries.get(step);
      if (entry === undefined) return offset;
      offset = last && aim === 'value' ? entry.value.offset : entry.keyOffset;
      node = entry.value;
    } else if (node.kind === 'list' && typeof step === 'number') {
      const item = node.items[step];
      if (item === undefined) return offset;
      node = item;
      offset = item.offset;
    } else return offset;
  }
  return offset;
}
