import type { Enforcement } from './enforcement.ts';
import type { SetupEffect } from './setup-effect.ts';

/** What GitHub itself enforces, as the caller may see it. */
export type EnforcementSource = { read(question: EnforcementQuestion): Promise<Enforcement> };

export type EnforcementQuestion = {
  /** The gatekeeper by its number or its name in addresses; null: whom the rulesets name. */
  readonly app: number | string | null;
  /** Bypasses at this time (epoch milliseconds) or later; GitHub keeps them for a month at most. */
  readonly since: number;
};

/** Changes what GitHub enforces. Each may be made twice: the second changes nothing. */
export type EnforcementWriter = {
  apply(effect: SetupEffect): Promise<void>;
  /** Puts a secret into an environment that is there. The value leaves the machine sealed for GitHub. */
  putSecret(secret: { readonly environment: string; readonly name: string; readonly value: string }): Promise<void>;
};

/** The gatekeeper as GitHub made it, with the one copy of its key. */
export type NewApp = { readonly id: number; readonly slug: string; readonly privateKeyPem: string; /** Where people see and install it. */ readonly page: string };
