import { readFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { renderPage } from './page.mjs';

/** Answers `/`, `/version` and `/healthz`. */
export function createServer({ version, commit }) {
  return createHttpServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://shop.invalid');
    const answer = request.method === 'GET' || request.method === 'HEAD' ? find(pathname, { version, commit }) : { status: 405, type: 'text/plain', body: 'Only GET.\n' };
    response.writeHead(answer.status, { 'content-type': `${answer.type}; charset=utf-8`, 'cache-control': 'no-store' });
    response.end(answer.body);
  });
}

function find(pathname, release) {
  switch (pathname) {
    case '/':
      return { status: 200, type: 'text/html', body: renderPage(release.version) };
    case '/version':
      return { status: 200, type: 'application/json', body: `${JSON.stringify(release)}\n` };
    case '/healthz':
      return { status: 200, type: 'application/json', body: `${JSON.stringify({ status: 'ok', version: release.version })}\n` };
    default:
      return { status: 404, type: 'text/plain', body: 'Nothing here.\n' };
  }
}

/** A built archive says what it is in `version.json`; a checkout has none. */
function readRelease() {
  try {
    return JSON.parse(readFileSync(new URL('../version.json', import.meta.url), 'utf8'));
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    return { version: 'unbuilt', commit: 'unbuilt' };
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const server = createServer(readRelease());
  server.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => console.log(`listening on http://127.0.0.1:${server.address().port}`));
  for (const signal of ['SIGTERM', 'SIGINT']) {
    process.once(signal, () => {
      server.close();
      server.closeAllConnections();
    });
  }
}
