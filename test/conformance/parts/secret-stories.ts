import { connectGitHub, createGitHubClient } from '@sallyport/github';
import { parseKeeperKeys } from '@sallyport/pipeline';
import { testKeyPem } from '@sallyport/ledger/testing';
import { connectKeeper } from '../../../packages/actions/src/connect-keeper.ts';
import { describeError } from '../../../packages/actions/src/run-action.ts';
import { refused, seenIn } from './story.ts';
import type { PartStory } from './story.ts';

const token = `ghs_${'a1B2'.repeat(9)}`;

/** What people get to read when a request fails: the log, and what an action says of the error. */
async function saidOfFailure(answer: typeof fetch): Promise<string> {
  const said: string[] = [];
  const client = createGitHubClient({ baseUrl: 'https://api.github.example', auth: { kind: 'token', token }, userAgent: 'sallyport-conformance', fetch: answer, retries: 0, log: (line) => said.push(line) });
  try {
    await connectGitHub({ client, repository: { owner: 'acme', name: 'shop' }, localNow: () => 0 }).changes.repository();
  } catch (error) {
    return [...said, describeError(error)].join('\n');
  }
  throw new Error('The request did not fail.');
}

const failing = (id: string, name: string, attack: (authorization: string) => Response | Promise<Response>): PartStory => ({
  id,
  name,
  says: null,
  play: async (attacked) => {
    let sent = '';
    const said = await saidOfFailure((_url, init) => {
      sent = new Headers(init?.headers).get('authorization') ?? '';
      return Promise.resolve(attacked ? attack(sent) : Response.json({ message: 'Not Found' }, { status: 404 }));
    });
    if (!sent.includes(token)) throw new Error('The token was not sent, so nothing could repeat it.');
    return seenIn(said.includes(token) ? ['the token is said'] : []);
  },
});

const inputs = ['APP-ID', 'APP-KEY', 'LEDGER-KEY'].map((name) => `INPUT_${name}`);

/** What an action writes while it reads its inputs. Nothing else runs meanwhile, because nothing is awaited. */
function writtenWhile(values: readonly string[], act: () => void): string {
  const [write, before] = [process.stdout.write.bind(process.stdout), inputs.map((name) => process.env[name])];
  let written = '';
  try {
    inputs.forEach((name, place) => (process.env[name] = values[place] ?? ''));
    process.stdout.write = (text) => ((written += String(text)), true);
    act();
  } finally {
    process.stdout.write = write;
    inputs.forEach((name, place) => restore(name, before[place]));
  }
  return written;
}

function restore(name: string, value: string | undefined): void {
  if (value === undefined) Reflect.deleteProperty(process.env, name);
  else process.env[name] = value;
}

const runner: Parameters<typeof connectKeeper>[0] = { apiUrl: 'https://api.github.example', repository: { owner: 'acme', name: 'shop' }, event: { name: 'schedule', payload: {} }, ref: 'refs/heads/main', sha: 'a'.repeat(40), runId: 1, workflow: '.github/workflows/gatekeeper.yml', runUrl: 'https://github.example/acme/shop/actions/runs/1', workspace: '/' };

/** What a runner shows of a text once it was told what to mask. */
const masked = (text: string, told: string): string => [...told.matchAll(/^::add-mask::(.*)$/gm)].reduce((rest, [, secret = '']) => (secret === '' ? rest : rest.replaceAll(secret, '***')), text);

export const secretStories: readonly PartStory[] = [
  failing('X06.1', 'A server’s error repeats the token that it was sent.', (authorization) => Response.json({ message: `Bad credentials: ${authorization}` }, { status: 401 })),
  failing('X06.2', 'The connection breaks, and the error holds the request.', (authorization) => Promise.reject(new TypeError('fetch failed', { cause: new Error(`request with ${authorization} broke`) }))),
  failing('X06.3', 'The answer is no JSON, and holds the token.', (authorization) => new Response(`<html>${authorization}`, { status: 200, headers: { 'content-type': 'application/json' } })),
  {
    id: 'X06.4',
    name: 'A key was put where the App’s number belongs, and the complaint repeats what it read.',
    says: null,
    play: (attacked) => {
      const read = parseKeeperKeys({ appId: { name: '`app-id`', text: attacked ? token : 'x' }, appKey: { name: '`app-key`', text: attacked ? token : 'x' }, ledgerKey: { name: '`ledger-key`', text: attacked ? token : 'x' } });
      if (read.ok) throw new Error('They were taken for keys.');
      return seenIn(read.problems.filter((problem) => problem.includes(token)));
    },
  },
  {
    id: 'X06.5',
    name: 'A later step prints the keys of an action.',
    says: null,
    play: (attacked) => {
      const keys = [testKeyPem(7), testKeyPem(8)];
      const told = writtenWhile(['7', ...keys], () => void connectKeeper(runner, { ahead: null }));
      const log = attacked ? keys.join('\n') : 'a plain line';
      const secrets = keys.flatMap((key) => key.split('\n').filter((line) => line !== '' && !line.startsWith('-----')));
      if (masked(log, told) === log && attacked) return refused('nothing is masked');
      return seenIn(secrets.some((secret) => masked(log, told).includes(secret)) ? ['a key is shown'] : []);
    },
  },
];
