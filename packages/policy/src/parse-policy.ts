import { checkMeaning } from './check-meaning.ts';
import { explainIssue } from './explain-issue.ts';
import type { Policy } from './policy.ts';
import { policyFileSchema } from './policy-schema.ts';
import type { PolicyProblem } from './policy-problem.ts';
import type { PlacedProblem } from './problem.ts';
import { resolvePolicy } from './resolve-policy.ts';
import type { PositionOf } from './text-position.ts';
import { offsetOf, readYaml, valueOf } from './yaml-tree.ts';
import type { YamlComplaint, YamlNode } from './yaml-tree.ts';

export type PolicyResult =
  | { readonly ok: true; readonly policy: Policy; readonly problems: readonly PolicyProblem[] }
  | { readonly ok: false; readonly problems: readonly PolicyProblem[] };

/**
 * Reads the text of a policy file. Reports every problem at once, in the order of the file; a syntax error hides what
 * follows it, so then it is alone. `ok` is true only without errors: warnings and what is not enforced yet leave it true.
 * Never throws, whatever the text is. `options.file` is the name used in messages about the file as a whole.
 */
export function parsePolicy(text: string, options: { readonly file?: string } = {}): PolicyResult {
  const file = options.file ?? '.github/sallyport.yml';
  const read = readYaml(text);
  if (!read.ok) return { ok: false, problems: read.complaints.map((complaint) => fromYaml(complaint, file)) };

  const raw = valueOf(read.root);
  const parsed = policyFileSchema.safeParse(raw, { reportInput: true });
  const placed = [...(parsed.success ? [] : parsed.error.issues.flatMap(explainIssue)), ...checkMeaning(raw)];
  if (!parsed.success || placed.some(({ severity }) => severity === 'error')) {
    return { ok: false, problems: inFileOrder(placed, read.root, read.positionOf) };
  }
  return { ok: true, policy: resolvePolicy(parsed.data), problems: inFileOrder(placed, read.root, read.positionOf) };
}

function fromYaml({ code, line, column, message }: YamlComplaint, file: string): PolicyProblem {
  return { severity: 'error', code, path: [], line, column, message: `${file}: ${message}` };
}

function inFileOrder(placed: readonly PlacedProblem[], root: YamlNode, positionOf: PositionOf): readonly PolicyProblem[] {
  return placed
    .map(({ aim, ...problem }) => ({ ...problem, ...positionOf(offsetOf(root, problem.path, aim)) }))
    .sort((one, other) => one.line - other.line || one.column - other.column);
}
