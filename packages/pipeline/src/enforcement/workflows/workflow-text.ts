import { load } from 'js-yaml';

/** What YAML text says; null where it is none. Never throws. */
export function loadYaml(text: string): unknown {
  try {
    return load(text);
  } catch {
    return null;
  }
}

/** Names of the events under a workflow's `on`, in each of its three spellings. */
export function triggersOf(on: unknown): readonly string[] {
  if (typeof on === 'string') return [on];
  if (Array.isArray(on)) return on.filter((one) => typeof one === 'string');
  return typeof on === 'object' && on !== null ? Object.keys(on) : [];
}
