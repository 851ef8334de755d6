import type { User, World } from '../world/world.ts';
import { toSeconds } from './objects.ts';

/** The one e-mail address every simulated user has verified. */
export const noreplyEmail = (user: User): string => `${String(user.id)}+${user.login}@users.noreply.github.com`;

/** Whose verified address it is; null for any other. The number in it decides: addresses outlive a login. */
export function userOfEmail(world: World, email: string): User | null {
  if (email === webFlow.email) return world.users.get(webFlowLogin) ?? null;
  const at = /^(\d+)\+.+@users\.noreply\.github\.com$/.exec(email);
  if (at === null) return null;
  for (const user of world.users.values()) if (String(user.id) === at[1]) return user;
  return null;
}

/** Environment that makes git sign its commits as `user` at an instant. */
export function gitIdentity(author: User, at: number, committer: { readonly name: string; readonly email: string } = { name: author.login, email: noreplyEmail(author) }): Record<string, string> {
  const date = toSeconds(at);
  return {
    GIT_AUTHOR_NAME: author.login,
    GIT_AUTHOR_EMAIL: noreplyEmail(author),
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_NAME: committer.name,
    GIT_COMMITTER_EMAIL: committer.email,
    GIT_COMMITTER_DATE: date,
  };
}

/** GitHub's own committer for merges made on the site or through REST. */
export const webFlow = { name: 'GitHub', email: 'noreply@github.com' } as const;

/** The account it commits as, with GitHub's own number (api.github.com/users/web-flow). */
export const webFlowLogin = 'web-flow';
export const webFlowId = 19_864_447;
