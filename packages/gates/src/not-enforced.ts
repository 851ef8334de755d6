import type { Finding } from './ruling.ts';

/** The finding for a policy field whose value no gate can judge yet. */
export function notEnforced(field: string, value: string, instead: string): Finding {
  return {
    outcome: 'unknown',
    reason: 'not-enforced',
    summary: `The policy sets ${field}: ${value}, which is not enforced yet, so this cannot be judged.`,
    next: [{ who: 'whoever owns the policy', what: `set ${field}: ${instead} until it is` }],
  };
}
