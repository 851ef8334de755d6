// Hands an archive to the host of an environment and waits until it serves that version.
//   node deploy/deploy.mjs <archive> <version> <environment>
// DEPLOY_URL and DEPLOY_TOKEN exist only in the environment's secrets.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const timeoutSeconds = 60;
const [archivePath, version, environment] = process.argv.slice(2);
const { DEPLOY_URL: url, DEPLOY_TOKEN: token } = process.env;

function fail(message) {
  console.error(message);
  process.exit(1);
}

if (!archivePath || !version || !environment) fail('Say what goes where: node deploy/deploy.mjs <archive> <version> <environment>');
if (!url || !token) fail(`DEPLOY_URL and DEPLOY_TOKEN are not set, so this job has not entered the environment ${environment}. They are secrets of that environment.`);

const archive = readFileSync(archivePath);
const digest = `sha256:${createHash('sha256').update(archive).digest('hex')}`;

async function release() {
  const response = await fetch(`${url}/release`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/gzip', 'x-version': version, 'x-digest': digest },
    body: archive,
    signal: AbortSignal.timeout(30_000),
  }).catch((error) => fail(`The host of ${environment} cannot be reached: ${error.cause?.message ?? error.message}`));
  if (!response.ok) fail(`The host of ${environment} refused ${version} with status ${response.status}: ${(await response.text()).slice(0, 500)}`);
}

/** What the host says about itself; an unreachable host is an answer too. */
async function health() {
  try {
    const response = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(5_000) });
    const body = await response.json();
    return { healthy: response.ok, version: body.version, words: `status ${response.status}, version ${body.version}` };
  } catch (error) {
    return { healthy: false, words: error.message };
  }
}

async function untilHealthy() {
  // Measured by a clock that nobody sets.
  const startedAt = performance.now();
  for (;;) {
    const seen = await health();
    if (seen.healthy && seen.version === version) return;
    if (performance.now() - startedAt > timeoutSeconds * 1000) fail(`${environment} was not healthy with ${version} within ${timeoutSeconds} seconds; it last said: ${seen.words}`);
    await sleep(200);
  }
}

await release();
await untilHealthy();
console.log(`${environment} serves ${version} (${digest})`);
