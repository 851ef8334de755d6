import { clockReading, decideMerge, decideOverride, decideRelease, decideStage, mergeFacts, overrideFacts, releaseFacts, seal, stageFacts } from '@sallyport/gates';
import type { ClockReading, Decision, Sealed } from '@sallyport/gates';
import type { Policy } from '@sallyport/policy';
import * as z from 'zod';
import { InputError } from '../input-error.ts';
import { plain } from '../render/plain.ts';

export type GateName = Decision['gate'];

/** At most this many problems of a facts file are listed. */
const shownIssues = 20;

/** Decides offline: the same gate, on facts from a document. Throws InputError when the document is not such facts. */
export function decideOn(gate: GateName, policy: Sealed<Policy>, document: unknown, now: ClockReading, name: string): Decision {
  checkGate(gate, document, name);
  switch (gate) {
    case 'merge':
      return decideMerge(policy, seal(mergeFacts, read(mergeFacts, document, name)), now);
    case 'stage':
      return decideStage(policy, seal(stageFacts, read(stageFacts, document, name)), now);
    case 'release':
      return decideRelease(policy, seal(releaseFacts, read(releaseFacts, document, name)), now);
    case 'override':
      return decideOverride(policy, seal(overrideFacts, read(overrideFacts, document, name)), now);
    default:
      return gate satisfies never;
  }
}

function checkGate(gate: GateName, document: unknown, name: string): void {
  const { data } = z.object({ gate: z.string() }).safeParse(document);
  if (data === undefined || data.gate === gate) return;
  throw new InputError(`${name} holds facts for the ${plain(data.gate)} gate, and the ${gate} gate was asked.`, { next: `Ask \`sallyport gate ${plain(data.gate)} --facts …\`, or give the facts of the ${gate} gate.` });
}

function read<S extends z.ZodType>(schema: S, document: unknown, name: string): z.output<S> {
  const parsed = schema.safeParse(document);
  if (!parsed.success) throw notOfShape(parsed.error, name, 'facts');
  return parsed.data;
}

/** A decision with all that made it, as `sallyport demo --json` prints them. */
const caseDocument = z.strictObject({ case: z.literal(1), policy: z.string(), facts: z.unknown(), now: clockReading, decision: z.unknown().optional() });
export type CaseDocument = z.infer<typeof caseDocument>;

/** null: not a case but facts alone. Throws InputError for a case that is not whole. */
export function readCase(document: unknown, name: string): CaseDocument | null {
  if (typeof document !== 'object' || document === null || !('case' in document)) return null;
  const parsed = caseDocument.safeParse(document);
  if (!parsed.success) throw notOfShape(parsed.error, name, 'a case');
  return parsed.data;
}

function notOfShape(error: z.ZodError, name: string, what: string): InputError {
  const issues = error.issues.flatMap(flatten);
  const lines = issues.slice(0, shownIssues).map(({ path, message }) => `  ${plain(path.length === 0 ? 'the whole' : path.map(String).join('.'))}: ${plain(sayMissing(message))}`);
  const more = issues.length > shownIssues ? [`  and ${issues.length - shownIssues} more`] : [];
  return new InputError(`${name} does not have the shape of ${what}, so nothing is decided on it:\n${[...lines, ...more].join('\n')}`, {
    next: 'Missing parts are not taken for no, and parts nobody knows are not passed over. Take the document as `--json` prints it.',
  });
}

/** What is not there has no type to speak of. */
const sayMissing = (message: string): string => message.replace(/^Invalid input: expected (.+), received undefined$/, 'it is missing; it must be $1');

/** A union says only that nothing fitted; what fitted best says why. */
function flatten(issue: z.core.$ZodIssue): readonly { readonly path: readonly PropertyKey[]; readonly message: string }[] {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue];
  const nearest = [...issue.errors].sort((one, other) => one.length - other.length)[0] ?? [];
  return nearest.flatMap(flatten).map(({ path, message }) => ({ path: [...issue.path, ...path], message }));
}
