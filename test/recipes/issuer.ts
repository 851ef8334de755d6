import { listen } from './listen.ts';
import type { Listening } from './listen.ts';

/** Stands in for the address at which GitHub gives a job its identity (GitHub Docs, "OpenID Connect reference", November 2026). The token is no real one. */
export const startIssuer = (): Promise<Listening> =>
  listen((request, response) => {
    const { searchParams } = new URL(request.url ?? '', 'http://issuer');
    const allowed = request.headers.authorization === 'bearer of-this-job' && searchParams.get('audience') === 'sts.amazonaws.com' && searchParams.get('api-version') === '2.0';
    response.writeHead(allowed ? 200 : 401, { 'content-type': 'application/json' }).end(JSON.stringify(allowed ? { count: 1, value: 'header.claims.signature' } : { message: 'no' }));
  });
