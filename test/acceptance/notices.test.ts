import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { User } from '@sallyport/simulator';
import { soakMilliseconds } from './gatekeeper-repository.ts';
import type { GatekeeperEnd } from './gatekeeper-process.ts';
import { startScene } from './gatekeeper-scene.ts';
import type { Scene } from './gatekeeper-scene.ts';
import { tamper } from './tamper.ts';

const form = readFileSync(new URL('../../workflows/issue-forms/sallyport-override.yml', import.meta.url), 'utf8');
const rules = `overrides:
  security-fix:
    approvers: { team: acme/security-leads, approvals: 1 }
    review-within: 9d
notify:
  - { to: github, of: [override-requested], mention: [acme/security-leads] }
  - { to: slack }
  - { to: teams, of: [override-used] }
`;

let scene: Scene;
let lena: User;
let server: Server;
/** First words of what was heard, by channel. */
let heard: { readonly slack: string[]; readonly teams: string[] };
let slackIsDown = false;

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => void chunks.push(chunk));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { readonly text: string; readonly attachments: readonly { readonly content: { readonly body: readonly { readonly inlines: readonly { readonly text: string }[] }[] } }[] };
      if (request.url === '/slack' && !slackIsDown) heard.slack.push(body.text);
      if (request.url === '/teams') heard.teams.push(body.attachments[0]?.content.body[0]?.inlines[0]?.text ?? '');
      response.writeHead(request.url === '/slack' && slackIsDown ? 503 : 200).end('ok');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  scene = await startScene('production');
  lena = scene.simulator.admin.createUser('lena');
  scene.simulator.admin.createTeam('acme', 'security-leads', [lena]);
  scene.simulator.admin.setRole(scene.repository, lena, 'write');
  tamper(scene, 'main', '.github/sallyport.yml', (text) => `${text.replace('window: anytime', 'window: saturday-morning\n    override: security-fix')}${rules}`);
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  expect(scene.simulator.contractMismatches()).toEqual([]);
  await scene.stop();
});

/** The real bundle, until what it started has ended and was seen. Gives what was said meanwhile. */
async function sweep(times = 2): Promise<{ readonly slack: readonly string[]; readonly teams: readonly string[]; readonly last: GatekeeperEnd }> {
  heard = { slack: [], teams: [] };
  let last: GatekeeperEnd | null = null;
  for (let done = 0; done < times; done += 1) {
    const hook = (path: string): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
    last = await (await scene.start({ inputs: { slackWebhook: hook('/slack'), teamsWebhook: hook('/teams') } })).ended;
    expect(last, last.output).toMatchObject({ code: 0, state: 'swept' });
    await scene.simulator.idle();
  }
  if (last === null) throw new Error('Nothing was swept.');
  return { ...heard, last };
}

async function comment(by: User, issue: number, body: string): Promise<void> {
  const answer = await fetch(`${scene.simulator.url}/repos/acme/shop/issues/${issue}/comments`, { method: 'POST', headers: { authorization: `Bearer ${scene.simulator.admin.createToken(by)}`, 'content-type': 'application/json' }, body: JSON.stringify({ body }) });
  expect(answer.status).toBe(201);
}

it('people are told once of what the policy says, where it says, and a place that is down keeps nobody from the others', async () => {
  const build = await scene.register('1.0.0-rc.1');
  expect((await sweep(3)).slack, 'a build in staging is no news').toEqual([]);

  const answers = { build: '1.0.0-rc.1', environment: 'production', urgency: 'It is being exploited', advisory: 'GHSA-9f4x-2v7m-5c3p', reason: 'stored script is being exploited', waives: ['The release window', 'The soak time before it'], holds: 'At most 1 hour' };
  const request = scene.simulator.admin.sendForm(scene.repository, lena, form, answers);
  const asked = await sweep();
  expect(asked).toMatchObject({ slack: ['acme/shop: lena asks for an override: 1.0.0-rc.1 to production'], teams: [] });
  expect(request.comments.map(({ body }) => body).filter((body) => body.includes('@acme/security-leads'))).toHaveLength(1);

  const maya = scene.simulator.admin.createUser('maya');
  scene.simulator.admin.createTeam('acme', 'security-leads', [lena, maya]);
  scene.simulator.admin.setRole(scene.repository, maya, 'write');
  scene.simulator.clock.advance(60_000);
  await comment(maya, request.number, `/approve production ${build.slice(0, 30)}`);
  slackIsDown = true;
  const used = await sweep(3);
  expect(used).toMatchObject({ slack: [], teams: ['1.0.0-rc.1 goes to production under an override'] });
  expect(used.last.output).toContain('Slack took no message (status 503, ok)');
  expect(used.last.output.replace(/^::add-mask::.*$/gm, ''), 'the address is a secret').not.toContain('/slack');
  slackIsDown = false;
  expect(await sweep()).toMatchObject({ slack: ['acme/shop: 1.0.0-rc.1 goes to production under an override'], teams: [] });
  expect((await sweep()).slack, 'once is enough').toEqual([]);
}, 240_000);

it('people are told when the window opens and something waits, and of what came past the gate', async () => {
  await scene.register('1.0.0-rc.2');
  await sweep(2);
  scene.simulator.clock.advance(soakMilliseconds);
  expect((await sweep(1)).slack, 'it is Wednesday').toEqual([]);
  scene.simulator.clock.set(Date.parse('2026-11-21T14:07:00Z'));
  const mend = scene.simulator.faults.add({ when: ({ method, path }) => method === 'PATCH' && /\/issues\/\d+$/.test(path), kind: 'server-error' });
  const { slack, last } = await sweep(1);
  expect(last.output, 'the release issue could not be kept current').toContain('What people read could not be brought up to date');
  expect(slack, 'when GitHub breaks off, its notices would not get through either, and each would wait as long').toEqual([]);
  mend();
  expect((await sweep(3)).slack).toEqual(['acme/shop: The window of production is open']);

  tamper(scene, 'main', 'backdoor.txt', () => 'open\n');
  await scene.register('1.0.0-rc.3', scene.git(['rev-parse', 'refs/heads/main']));
  expect((await sweep()).slack).toEqual(['acme/shop: Something landed past the merge gate: 1.0.0-rc.3 to staging is refused']);

  const told = (await scene.readRecord()).ledger.entries.flatMap(({ body }) => (body.type === 'notice-given' ? [`${body.channel} ${body.notice}`] : []));
  expect(told.map((text) => text.replace(/-(requested|used):\d+/, '-$1:n').replace(/T.*|:[0-9a-f]{12}$/, ''))).toEqual([
    'github override-requested:n', 'slack override-requested:n', 'teams override-used:n:production:1', 'slack override-used:n:production:1',
    'slack window-opens:production:2026-11-21', 'slack bypass-seen:staging:sha256',
  ]);
}, 240_000);
