import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { createServer } from '../../src/server.mjs';

const release = { version: '1.8.0-rc.1', commit: 'feedfacefeedfacefeedfacefeedfacefeedface' };
const server = createServer(release);
let url;

before(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${server.address().port}`;
});
after(() => {
  server.close();
  server.closeAllConnections();
});

test('the front page is HTML with prices', async () => {
  const response = await fetch(`${url}/`);
  assert.equal(response.status, 200);
  assert.match(response.headers.get('content-type'), /^text\/html/);
  assert.match(await response.text(), /Lantern/);
});

test('/version says which build is served', async () => {
  const response = await fetch(`${url}/version`);
  assert.deepEqual(await response.json(), release);
});

test('/healthz is healthy and names the version', async () => {
  const response = await fetch(`${url}/healthz`);
  assert.deepEqual(await response.json(), { status: 'ok', version: release.version });
});

test('other pages do not exist, and nothing can be written', async () => {
  assert.equal((await fetch(`${url}/admin`)).status, 404);
  assert.equal((await fetch(`${url}/version`, { method: 'PUT' })).status, 405);
});
