import { createPublicKey, verify } from 'node:crypto';
import * as z from 'zod';
import type { App, World } from '../world/world.ts';

const claims = z.object({ iss: z.union([z.string(), z.number()]), iat: z.number(), exp: z.number() });
const header = z.object({ alg: z.literal('RS256') });

/** The longest life of an App's JWT (GitHub, "Generating a JSON Web Token for a GitHub App", November 2026). */
const longestLifeSeconds = 600;
/** GitHub allows the issuer's clock to be a little ahead. */
const clockDriftSeconds = 60;

export type JwtReading = { readonly kind: 'app'; readonly app: App } | { readonly kind: 'refused'; readonly message: string };

/** Checks an App's JWT (RS256) against the App's public key and the simulated time. */
export function readAppJwt(world: World, token: string, now: number): JwtReading {
  const refused = (message: string): JwtReading => ({ kind: 'refused', message });
  const [head, body, signature, ...rest] = token.split('.');
  if (head === undefined || body === undefined || signature === undefined || rest.length > 0) return refused('A JSON web token could not be decoded');
  const parsedHead = header.safeParse(decode(head));
  const parsed = claims.safeParse(decode(body));
  if (!parsedHead.success || !parsed.success) return refused('A JSON web token could not be decoded');
  const issuer = String(parsed.data.iss);
  const app = world.apps.get(Number(issuer)) ?? [...world.apps.values()].find(({ registration }) => registration?.clientId === issuer);
  if (app === undefined || app.publicKeyPem === '') return refused('Integration not found');
  if (!verify('RSA-SHA256', Buffer.from(`${head}.${body}`), createPublicKey(app.publicKeyPem), Buffer.from(signature, 'base64url'))) {
    return refused('A JSON web token could not be decoded');
  }
  const seconds = now / 1000;
  const { iat, exp } = parsed.data;
  if (exp <= seconds) return refused("'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires");
  // Clients correct their clock by the Date header when they read one of these two messages.
  if (iat > seconds + clockDriftSeconds) return refused("'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued");
  if (exp - seconds > longestLifeSeconds + clockDriftSeconds) return refused("'Expiration time' claim ('exp') is too far in the future");
  return { kind: 'app', app };
}

function decode(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as unknown;
  } catch {
    return null;
  }
}
