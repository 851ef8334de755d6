import type { App, Actor, Token, User, World } from '../world/world.ts';

/** Who asks, learnt from the credentials of one request. */
export type Viewer =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'user'; readonly user: User }
  | { readonly kind: 'app'; readonly app: App }
  | { readonly kind: 'installation'; readonly app: App; readonly permissions: Readonly<Record<string, string>> }
  | { readonly kind: 'job'; readonly repository: string; readonly runId: number; readonly user: User; readonly permissions: Readonly<Record<string, string>> };

/** Who changes something: `builtIn` is true for a job's own token, whose changes start no workflow. */
export type ActingUser = Actor & { readonly builtIn: boolean };

/** GitHub Actions: the App behind jobs, their tokens and their checks. */
export const actionsAppId = 15368;
export const actionsBotLogin = 'github-actions[bot]';

export function actorOf(viewer: Viewer): ActingUser | null {
  switch (viewer.kind) {
    case 'anonymous':
    case 'app':
      return null;
    case 'user':
      return { user: viewer.user, app: null, builtIn: false };
    case 'installation':
      return { user: viewer.app.bot, app: viewer.app.id, builtIn: false };
    case 'job':
      return { user: viewer.user, app: actionsAppId, builtIn: true };
    default:
      return viewer satisfies never;
  }
}

/** The viewer a stored token stands for; null when the token is unknown, expired or revoked. */
export function viewerOfToken(world: World, token: string, now: number): Viewer | null {
  const known: Token | undefined = world.tokens.get(token);
  if (known === undefined) return null;
  switch (known.kind) {
    case 'user':
      return known.user.suspended ? null : { kind: 'user', user: known.user };
    case 'installation': {
      const app = world.apps.get(known.app);
      return app === undefined || now >= known.expiresAt ? null : { kind: 'installation', app, permissions: known.permissions };
    }
    case 'job': {
      const user = world.users.get(actionsBotLogin);
      return user === undefined || known.revoked ? null : { kind: 'job', repository: known.repository, runId: known.runId, user, permissions: known.permissions };
    }
    default:
      return known satisfies never;
  }
}
