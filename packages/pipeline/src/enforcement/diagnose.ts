import type { Policy } from '@sallyport/policy';
import type { Context } from './context.ts';
import type { Enforcement } from './enforcement.ts';
import type { LockLevel } from './lock-level.ts';
import { together, weaknesses } from './weakness.ts';
import type { Findings, Unseen, Weakness } from './weakness.ts';
import { findAppWeaknesses } from './weaknesses/find-app-weaknesses.ts';
import { findBranchWeaknesses } from './weaknesses/find-branch-weaknesses.ts';
import { findBypasses } from './weaknesses/find-bypasses.ts';
import { findEnvironmentWeaknesses } from './weaknesses/find-environment-weaknesses.ts';
import { findLedgerWeaknesses } from './weaknesses/find-ledger-weaknesses.ts';
import { findSecretWeaknesses } from './weaknesses/find-secret-weaknesses.ts';
import { findSettingsWeaknesses } from './weaknesses/find-settings-weaknesses.ts';
import { findTagWeaknesses } from './weaknesses/find-tag-weaknesses.ts';
import { residualPower } from './residual-power.ts';
import type { ResidualPower } from './residual-power.ts';
import { findWorkflowWeaknesses } from './workflows/find-workflow-weaknesses.ts';

export type Diagnosis = {
  readonly level: LockLevel;
  readonly weaknesses: readonly Weakness[];
  readonly unseen: readonly Unseen[];
  readonly power: ResidualPower;
};

const finders: readonly ((context: Context) => Findings)[] = [findAppWeaknesses, findBranchWeaknesses, findTagWeaknesses, findLedgerWeaknesses, findEnvironmentWeaknesses, findSecretWeaknesses, findSettingsWeaknesses, findWorkflowWeaknesses, findBypasses];

/** Holds what is enforced against the policy. A policy of null is none that is valid: `why` says what is the matter with it. */
export function diagnose(enforcement: Enforcement, policy: Policy | null, why = ''): Diagnosis {
  const findings = policy === null ? withoutPolicy(why) : together(finders.map((find) => find({ enforcement, policy })));
  const level = levelOf(findings, enforcement, policy);
  return { level, ...findings, power: residualPower(enforcement, findings, level) };
}

const withoutPolicy = (why: string): Findings => ({
  weaknesses: [{ code: 'policy-missing', where: '.github/sallyport.yml', message: why, next: 'Run `sallyport init`, and commit what it writes to the default branch; `sallyport policy check` finds what is wrong in it.' }],
  unseen: [],
});

function levelOf({ weaknesses: found, unseen }: Findings, enforcement: Enforcement, policy: Policy | null): LockLevel {
  if (policy === null || found.some(({ code }) => weaknesses[code].lock)) return 'advisory';
  if (unseen.some(({ lock }) => lock)) return 'unknown';
  return isDoubleLocked(enforcement, policy) ? 'double-locked' : 'locked';
}

/** The App stands at the door of every environment that has a window. */
function isDoubleLocked({ environments, app }: Enforcement, policy: Policy): boolean {
  if (environments.state === 'hidden' || app === null) return false;
  const windowed = policy.environments.filter(({ window }) => window !== null);
  return windowed.length > 0 && windowed.every(({ name }) => environments.value.some((one) => one.name === name && one.gates.state === 'seen' && one.gates.value.includes(app.id)));
}
