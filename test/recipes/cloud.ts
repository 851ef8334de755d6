import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Expectations } from './expect.ts';
import { startIssuer } from './issuer.ts';
import type { Listening } from './listen.ts';
import { startMoto } from './moto.ts';
import type { Moto } from './moto.ts';
import { run, runScript } from './run-script.ts';
import type { Machine, ScriptEnd } from './run-script.ts';

/** The recipes for a static site and a function, with the real AWS command line; moto keeps buckets and functions. It checks no identity. */
export async function tryCloud(machine: Machine, expectations: Expectations): Promise<void> {
  const cloud = await startMoto(machine);
  const issuer = await startIssuer();
  const scene = { machine, cloud, issuer, stage: mkdtempSync(join(machine.scratch, 'cloud-')), expect: expectations.expect };
  try {
    await trySite(scene);
    await tryFunction(scene);
  } finally {
    await Promise.all([cloud.stop(), issuer.stop()]);
  }
}

type Scene = { readonly machine: Machine; readonly cloud: Moto; readonly issuer: Listening; readonly stage: string; readonly expect: Expectations['expect'] };

async function trySite(scene: Scene): Promise<void> {
  const { cloud, issuer, stage, expect } = scene;
  const archive = await pack(stage, { 'index.html': '<p>new</p>\n', 'app.js': 'let version = 2;\n', 'docs/a b.html': 'page\n', 'version.json': '{"version":"1.8.0-rc.1"}\n', 'empty/folder/': '' });
  await aws(scene, ['s3', 'mb', 's3://shop-site']);
  // As long as the new one, and newer than it: a comparison by size and date would leave it.
  await put(scene, 'app.js', 'let version = 1;\n');
  await put(scene, 'gone.html', 'of an older build\n');
  const deploy = (more: Readonly<Record<string, string>> = {}): Promise<ScriptEnd> => runScript(scene.machine, 'static-site', { ...login(scene), ARCHIVE: archive, BUCKET: 'shop-site', ...more });

  const empty = await deploy({ ARCHIVE: await pack(stage, { 'site/index.html': 'a folder too deep\n' }) });
  expect('an archive without a page is refused before anything is written', empty.status === 1 && (await keys(scene)).join() === 'app.js,gone.html', empty.output);
  const linked = await deploy({ ARCHIVE: await pack(stage, { 'index.html': 'page\n' }, { 'leak.txt': '../identity' }) });
  expect('an archive with a link is refused before what it leads to on the runner is published', linked.status === 1 && linked.output.includes('something else than files') && (await keys(scene)).join() === 'app.js,gone.html', linked.output);
  const unknown = await deploy({ ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'another' });
  expect('without an identity of the job there is no login, and nothing is written', unknown.status !== 0 && (await keys(scene)).join() === 'app.js,gone.html', unknown.output);

  const done = await deploy();
  expect('the bucket holds the files of the archive and no other', done.status === 0 && (await keys(scene)).join() === 'app.js,docs/a b.html,index.html,version.json', `${done.output}${(await keys(scene)).join()}`);
  expect('also where the file before was as long, and newer', (await aws(scene, ['s3', 'cp', 's3://shop-site/app.js', '-'])).output === 'let version = 2;\n');
  expect('pages were written after what they name', cloud.written.indexOf('/shop-site/app.js') < cloud.written.indexOf('/shop-site/index.html'));
  expect('and the login is not in the log', !done.output.includes('AWS_SECRET') && !done.output.includes(issuer.address), done.output);

  await put(scene, 'gone.html', 'of an older build\n');
  cloud.between = { after: async (method) => { if (method === 'DELETE') await fetch(`${cloud.address}/shop-site/intruder.html`, { method: 'PUT', body: 'from somebody else' }); } };
  const disturbed = await deploy();
  cloud.between = {};
  expect('a file that somebody else writes meanwhile fails the deploy', disturbed.status === 1 && disturbed.output.includes('intruder.html'), disturbed.output);
}

async function tryFunction(scene: Scene): Promise<void> {
  const { cloud, expect } = scene;
  const zip = { old: packZip(scene, 'old'), now: packZip(scene, 'now') };
  const role = 'arn:aws:iam::123456789012:role/shop';
  await aws(scene, ['iam', 'create-role', '--role-name', 'shop', '--assume-role-policy-document', '{}']);
  await aws(scene, ['lambda', 'create-function', '--function-name', 'shop', '--runtime', 'nodejs24.x', '--handler', 'index.handler', '--role', role, '--zip-file', `fileb://${zip.old}`, '--publish']);
  await aws(scene, ['lambda', 'create-alias', '--function-name', 'shop', '--name', 'live', '--function-version', '1']);
  const live = async (): Promise<string> => (await aws(scene, ['lambda', 'get-alias', '--function-name', 'shop', '--name', 'live', '--query', 'FunctionVersion', '--output', 'text'])).output.trim();
  const deploy = (more: Readonly<Record<string, string>> = {}): Promise<ScriptEnd> => runScript(scene.machine, 'serverless', { ...login(scene), ARCHIVE: zip.now, ...more });
  expect('the function is there, and live is its first version', (await live()) === '1', await live());

  const unknown = await deploy({ ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'another' });
  expect('without an identity of the job there is no login, and live stays', unknown.status !== 0 && (await live()) === '1', unknown.output);
  cloud.between = { answer: (method, path, body) => (method === 'GET' && path.includes('/configuration') ? body.replace(/"CodeSha256": ?"[^"]*"/, '"CodeSha256": "c29tZXRoaW5nIGVsc2U="') : body) };
  const other = await deploy();
  cloud.between = {};
  expect('a version with another digest than the verified zip is not made live', other.status === 1 && other.output.includes('c29tZXRoaW5nIGVsc2U=') && (await live()) === '1', `${other.output}${await live()}`);

  const done = await deploy();
  const version = await live();
  const digest = (await aws(scene, ['lambda', 'get-function-configuration', '--function-name', 'shop', '--qualifier', 'live', '--query', 'CodeSha256', '--output', 'text'])).output.trim();
  expect('live is a new version, with the digest of the verified zip', done.status === 0 && version !== '1' && digest === digestOf(zip.now), `${done.output}${version} ${digest}`);
}

const login = ({ cloud, issuer }: Scene): Readonly<Record<string, string>> => ({ AWS_ENDPOINT_URL: cloud.address, AWS_DEFAULT_REGION: 'eu-central-1', ROLE: 'arn:aws:iam::123456789012:role/deploy', ACTIONS_ID_TOKEN_REQUEST_URL: `${issuer.address}/token?api-version=2.0`, ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'of-this-job' });

function aws({ machine, cloud, stage }: Scene, args: readonly string[]): Promise<ScriptEnd> {
  const env = { PATH: `${machine.programs}:${process.env['PATH'] ?? ''}`, HOME: stage, AWS_ENDPOINT_URL: cloud.address, AWS_DEFAULT_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'testing', AWS_SECRET_ACCESS_KEY: 'testing' };
  return run('aws', args, env, stage);
}

const keys = async (scene: Scene): Promise<readonly string[]> => (JSON.parse((await aws(scene, ['s3api', 'list-objects-v2', '--bucket', 'shop-site', '--query', 'Contents[].Key', '--output', 'json'])).output) as readonly string[]).toSorted();

async function put(scene: Scene, key: string, text: string): Promise<void> {
  const file = join(scene.stage, 'one-file');
  writeFileSync(file, text);
  const { status, output } = await aws(scene, ['s3', 'cp', file, `s3://shop-site/${key}`, '--only-show-errors']);
  if (status !== 0) throw new Error(output);
}

/** A path that ends in `/` is an empty folder. */
async function pack(stage: string, files: Readonly<Record<string, string>>, links: Readonly<Record<string, string>> = {}): Promise<string> {
  const folder = mkdtempSync(join(stage, 'site-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, path, path.endsWith('/') ? '.' : '..'), { recursive: true });
    if (!path.endsWith('/')) writeFileSync(join(folder, path), text);
  }
  for (const [path, target] of Object.entries(links)) symlinkSync(target, join(folder, path));
  // An old date in the archive, as reproducible builds have it.
  execFileSync('tar', ['-czf', `${folder}.tar.gz`, '--mtime=2020-01-01', '-C', folder, '.']);
  return `${folder}.tar.gz`;
}

function packZip({ machine, stage }: Scene, text: string): string {
  const source = join(stage, 'index.mjs');
  writeFileSync(source, `export const handler = async () => '${text}';\n`);
  execFileSync(join(machine.programs, 'python'), ['-m', 'zipfile', '-c', join(stage, `${text}.zip`), source]);
  return join(stage, `${text}.zip`);
}

const digestOf = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('base64');
