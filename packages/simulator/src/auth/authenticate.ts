import type { SimulatorContext } from '../context.ts';
import { GitHubError } from '../http/github-error.ts';
import { readAppJwt } from './app-jwt.ts';
import { viewerOfToken, type Viewer } from './viewer.ts';

/**
 * Reads an Authorization header: `token X`, `Bearer X`, or Basic with the token as password (any user name).
 * No header is the anonymous viewer; credentials that do not hold are a 401, never anonymous.
 */
export function authenticate(context: Pick<SimulatorContext, 'world' | 'clock'>, authorization: string | undefined): Viewer {
  if (authorization === undefined || authorization === '') return { kind: 'anonymous' };
  const credential = readCredential(authorization);
  if (credential === null) throw new GitHubError(401, 'Bad credentials');
  if (credential.split('.').length === 3) {
    const reading = readAppJwt(context.world, credential, context.clock.now());
    if (reading.kind === 'refused') throw new GitHubError(401, reading.message);
    return { kind: 'app', app: reading.app };
  }
  const viewer = viewerOfToken(context.world, credential, context.clock.now());
  if (viewer === null) throw new GitHubError(401, 'Bad credentials');
  return viewer;
}

function readCredential(authorization: string): string | null {
  const space = authorization.indexOf(' ');
  const scheme = authorization.slice(0, space).toLowerCase();
  const value = authorization.slice(space + 1).trim();
  if (scheme === 'bearer' || scheme === 'token') return value;
  if (scheme !== 'basic') return null;
  const decoded = Buffer.from(value, 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  return colon === -1 ? null : decoded.slice(colon + 1);
}
