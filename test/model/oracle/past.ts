import type { RawEntry } from '../record.ts';

export type Intent = { readonly index: number; readonly environment: string; readonly number: number; readonly tag: string; readonly build: string; readonly commit: string; readonly decisionIndex: number; readonly override: string | null; readonly rollback: { readonly id: string } | null };
export type Grant = { readonly index: number; readonly id: string; readonly environment: string; readonly build: string; readonly requester: string; readonly approvers: readonly string[]; readonly waives: readonly string[]; readonly grantedAt: number; readonly expiresAt: number };
/** An override that was asked for by a form, or by a command on a release issue, as it is recorded. */
export type Asked = { readonly by: string; readonly environment: string; readonly build: string; /** null: a command asks for all that the policy allows. */ readonly waives: readonly string[] | null; readonly holdsMilliseconds: number | null };
export type RawBuild = { readonly index: number; readonly digest: string; readonly version: string; readonly commit: string };

const textIn = (entry: RawEntry, field: string): string => String(entry.body[field]);
const login = (person: unknown): string => (person as { readonly login: string }).login;

export const intentOf = (entry: RawEntry): Intent => ({
  index: entry.index,
  environment: textIn(entry, 'environment'),
  number: Number(entry.body['number']),
  tag: textIn(entry, 'tag'),
  build: textIn(entry, 'build'),
  commit: textIn(entry, 'commit'),
  decisionIndex: Number(entry.body['decisionIndex']),
  override: (entry.body['override'] as string | null) ?? null,
  rollback: (entry.body['rollback'] as { readonly id: string } | undefined) ?? null,
});

export const grantOf = (entry: RawEntry): Grant => ({
  index: entry.index,
  id: textIn(entry, 'id'),
  environment: textIn(entry, 'environment'),
  build: textIn(entry, 'build'),
  requester: login(entry.body['requester']),
  approvers: (entry.body['approvers'] as readonly unknown[]).map(login),
  waives: entry.body['waives'] as readonly string[],
  grantedAt: Date.parse(textIn(entry, 'grantedAt')),
  expiresAt: Date.parse(textIn(entry, 'expiresAt')),
});

/** The ledger's entries that the oracle has looked at, sorted out by itself. */
export type Past = {
  /** Holds by command that stand: environment and person's id, and who. */
  readonly holds: Map<string, string>;
  readonly intents: Intent[];
  /** Outcome by `environment/number`. */
  readonly ends: Map<string, string>;
  readonly grants: Map<string, Grant>;
  readonly builds: Map<string, RawBuild>;
  /** Texts by digest. */
  readonly policies: Map<string, string>;
  /** Outcome of the last merge decision by `number head`. */
  readonly merges: Map<string, string>;
  readonly keys: Set<string>;
  readonly reviews: Set<string>;
  /** Overrides that commands asked for, by the comment. */
  readonly commands: Map<number, Asked>;
  /** Requests by the number of their issue; null: the form was refused. */
  readonly asked: Map<string, Asked | null>;
};

export const startPast = (): Past => ({ intents: [], ends: new Map(), grants: new Map(), builds: new Map(), policies: new Map(), merges: new Map(), keys: new Set(), holds: new Map<string, string>(), reviews: new Set(), commands: new Map(), asked: new Map<string, Asked | null>() });
