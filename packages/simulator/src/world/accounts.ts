// People and Apps, what they sign in with, and secrets.

export type User = { readonly id: number; login: string; readonly type: 'User' | 'Bot' | 'Organization'; suspended: boolean; /** The account is gone: reviews show nobody, the rest shows the ghost. */ deleted?: true };
/** A secret in plain text. */
export type Secret = { readonly value: string; readonly createdAt: number; readonly updatedAt: number };
/** Secrets by name, and the key pair they are sealed for, made when it is first asked for. */
export type SecretStore = { readonly values: Map<string, Secret>; key: SealingKey | null };
export type SealingKey = { readonly id: string; readonly publicKey: Uint8Array; readonly privateKey: Uint8Array };
/** Key in `World.teams`: `organisation/slug`. */
export type Team = { readonly id: number; readonly organization: string; readonly slug: string; readonly members: Map<number, 'active' | 'pending'> };
export type App = {
  readonly id: number;
  readonly slug: string;
  readonly publicKeyPem: string;
  readonly installationId: number;
  readonly permissions: Readonly<Record<string, 'read' | 'write' | 'admin'>>;
  readonly bot: User;
  /** Where it is installed: null is nowhere yet; absent is everywhere, as the stage hand's Apps are. */
  installation?: Installation | null;
  /** What its owner said of it; absent for the stage hand's. */
  readonly registration?: Registration;
};
export type Registration = {
  readonly name: string;
  /** Login of a person or an organisation. */
  readonly owner: string;
  readonly description: string;
  readonly externalUrl: string;
  readonly clientId: string;
  /** Anybody may see and install it. */
  readonly isPublic: boolean;
  readonly events: readonly string[];
  /** Where whoever has installed it is sent. */
  readonly setupUrl: string | null;
  readonly createdAt: number;
};
/** An App made from a manifest, until its code is turned in. */
export type Conversion = { readonly app: number; readonly privateKeyPem: string; readonly clientSecret: string; readonly webhookSecret: string; readonly expiresAt: number };
export type Installation = { readonly account: string; /** `owner/name` of each, or all that the account has. */ readonly repositories: 'all' | Set<string>; readonly createdAt: number };
/** A personal token, an App installation's token, or a job's built-in token. */
export type Token =
  | { readonly kind: 'user'; readonly user: User }
  | { readonly kind: 'installation'; readonly app: number; readonly permissions: Readonly<Record<string, string>>; readonly expiresAt: number }
  | { readonly kind: 'job'; readonly repository: string; readonly runId: number; readonly permissions: Readonly<Record<string, string>>; revoked: boolean };
