import { clockReading, decide, parseFacts } from '@sallyport/gates';
import type { ClockReading, Decision, Sealed } from '@sallyport/gates';
import type { Policy } from '@sallyport/policy';
import * as z from 'zod';
import { InputError } from '../input-error.ts';
import { plain } from '../render/plain.ts';
import { notOfShape, refuse } from './not-of-shape.ts';

export type GateName = Decision['gate'];

/** Decides offline: the same gate, on facts from a document. Throws InputError when the document is not such facts. */
export function decideOn(gate: GateName, policy: Sealed<Policy>, document: unknown, now: ClockReading, name: string): Decision {
  checkGate(gate, document, name);
  const parsed = parseFacts(gate, document);
  if (!parsed.ok) throw refuse(parsed.problems, name, 'facts');
  return decide(policy, parsed.facts, now);
}

function checkGate(gate: GateName, document: unknown, name: string): void {
  const { data } = z.object({ gate: z.string() }).safeParse(document);
  if (data === undefined || data.gate === gate) return;
  throw new InputError(`${name} holds facts for the ${plain(data.gate)} gate, and the ${gate} gate was asked.`, { next: `Ask \`sallyport gate ${plain(data.gate)} --facts …\`, or give the facts of the ${gate} gate.` });
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
