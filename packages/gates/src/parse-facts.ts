import type * as z from 'zod';
import type { AnyFacts } from './decide.ts';
import { mergeFacts } from './facts/merge-facts.ts';
import type { MergeFacts } from './facts/merge-facts.ts';
import { overrideFacts } from './facts/override-facts.ts';
import type { OverrideFacts } from './facts/override-facts.ts';
import { releaseFacts } from './facts/release-facts.ts';
import type { ReleaseFacts } from './facts/release-facts.ts';
import { stageFacts } from './facts/stage-facts.ts';
import type { StageFacts } from './facts/stage-facts.ts';
import { seal } from './seal.ts';
import type { Sealed } from './seal.ts';
import { listed } from './wording.ts';

export type FactsOf = { readonly merge: MergeFacts; readonly stage: StageFacts; readonly release: ReleaseFacts; readonly override: OverrideFacts; readonly any: AnyFacts };

export type FactsProblem = { readonly path: string; readonly message: string };
export type FactsResult<Facts> = { readonly ok: true; readonly facts: Sealed<Facts> } | { readonly ok: false; readonly problems: readonly FactsProblem[] };

type GateName = AnyFacts['gate'];
type AnySchema = z.ZodType<AnyFacts>;

const schemas: ReadonlyMap<unknown, AnySchema> = new Map<GateName, AnySchema>([
  ['merge', mergeFacts],
  ['stage', stageFacts],
  ['release', releaseFacts],
  ['override', overrideFacts],
]);

/**
 * Reads a facts document, as parsed from JSON, for one gate or for whichever it names. Reports everything that is missing,
 * of the wrong kind or not in the schema, at once, with its path. Never throws.
 */
export function parseFacts<G extends keyof FactsOf>(gate: G, document: unknown): FactsResult<FactsOf[G]>;
export function parseFacts(gate: keyof FactsOf, document: unknown): FactsResult<AnyFacts> {
  const named = ownValue(document, 'gate');
  if (gate !== 'any' && schemas.has(named) && named !== gate) return refused('gate', `these are facts for the ${String(named)} gate; the ${gate} gate was asked`);
  const schema = schemas.get(gate === 'any' ? named : gate);
  if (schema === undefined) return refused(named === undefined ? '' : 'gate', `not a facts document: "gate" must be one of ${listed([...schemas.keys()].map(String))}`);
  return checked(schema, document);
}

/** A getter, a proxy or a depth no JSON file has may still throw in the schema's own code. */
function checked(schema: AnySchema, document: unknown): FactsResult<AnyFacts> {
  try {
    const parsed = schema.safeParse(document);
    return parsed.success ? { ok: true, facts: seal(schema, parsed.data) } : { ok: false, problems: parsed.error.issues.flatMap((issue) => problemsOf(issue, [])) };
  } catch {
    return refused('', 'the document cannot be read');
  }
}

const refused = (path: string, message: string): FactsResult<never> => ({ ok: false, problems: [{ path, message }] });

function ownValue(document: unknown, key: string): unknown {
  return typeof document === 'object' && document !== null ? Object.getOwnPropertyDescriptor(document, key)?.value : undefined;
}

/** One problem an issue names; of a choice that failed everywhere, the problems of the form that was closest. */
function problemsOf(issue: z.core.$ZodIssue, above: readonly PropertyKey[]): readonly FactsProblem[] {
  const path = [...above, ...issue.path];
  if (issue.code !== 'invalid_union') return [{ path: pathText(path), message: issue.message }];
  const closest = [...issue.errors].sort((a, b) => closeness(b) - closeness(a))[0];
  return closest === undefined ? [{ path: pathText(path), message: issue.message }] : closest.flatMap((inner) => problemsOf(inner, path));
}

/** How far into a form its checks came: deeper paths mean that the outer shape was right. */
const closeness = (issues: readonly z.core.$ZodIssue[]): number => issues.reduce((deepest, { path }) => Math.max(deepest, path.length), 0) * 100 - issues.length;

const pathText = (path: readonly PropertyKey[]): string => path.map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index === 0 ? '' : '.'}${String(part)}`)).join('');
