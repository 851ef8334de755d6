import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runProgram } from './run-program.ts';
import { policyText, releaseFactsDocument, saturday, stageFactsDocument, wednesday } from './testing/example-documents.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';
import type { TemporaryFolder } from './testing/temporary-folder.ts';
import { testIo } from './testing/test-io.ts';

const megabyte = 1024 * 1024;
const { holds: _holds, ...factsWithoutHolds } = stageFactsDocument;
const caseWithout = { case: 1, facts: stageFactsDocument, now: wednesday };

let folder: TemporaryFolder;
beforeAll(async () => {
  folder = await temporaryFolder({
    'good.yml': policyText,
    'empty.yml': '\n  \n',
    'not-yaml.yml': 'version: [1\n',
    'unknown-field.yml': policyText.replace('merge:', 'mrege: 1\nmerge:'),
    'wrong-type.yml': policyText.replace('version: 1', 'version: one'),
    'bad-zone.yml': policyText.replace('America/Los_Angeles', 'America/Los_Angelos'),
    'deep.yml': '['.repeat(megabyte),
    'binary.yml': new Uint8Array([0xff, 0xfe, 0x00, 0x80]),
    'facts.json': JSON.stringify(stageFactsDocument),
    'empty.json': '',
    'half.json': JSON.stringify(stageFactsDocument).slice(0, 300),
    'deep.json': '['.repeat(megabyte),
    'closed-deep.json': '['.repeat(megabyte / 2) + ']'.repeat(megabyte / 2),
    'missing.json': JSON.stringify(factsWithoutHolds),
    'extra.json': JSON.stringify({ ...stageFactsDocument, mood: 'good' }),
    'list.json': '[]',
    'release.json': JSON.stringify(releaseFactsDocument),
    'case-without.json': JSON.stringify(caseWithout),
    'case-extra.json': JSON.stringify({ ...caseWithout, policy: policyText, trust: true }),
    'case-bad-policy.json': JSON.stringify({ ...caseWithout, policy: 'version: 2\n' }),
    'case.json': JSON.stringify({ ...caseWithout, policy: policyText, now: saturday }),
    'not-a-ledger/readme': 'nothing',
  });
});
afterAll(() => folder.remove());

const stage = (facts: string, ...more: readonly string[]): readonly string[] => ['gate', 'stage', '--facts', facts, '--policy', 'good.yml', '--at', '2026-12-02T18:00:00Z', ...more];

describe('bad input is said in one clear message, ends with 2, and never allows', () => {
  it.each([
    ['no policy file', ['policy', 'check'], '.github/sallyport.yml cannot be read: there is no such file'],
    ['a folder for a policy', ['policy', 'check', '.'], 'it is a folder'],
    ['an empty policy', ['policy', 'check', 'empty.yml'], 'empty.yml is empty'],
    ['a policy that is not YAML', ['policy', 'check', 'not-yaml.yml'], 'not-yaml.yml:'],
    ['a policy with an unknown field', ['policy', 'check', 'unknown-field.yml'], 'unknown-field.yml:3:1: error:'],
    ['a policy with a wrong type', ['policy', 'check', 'wrong-type.yml'], 'wrong-type.yml:1:10: error:'],
    ['a policy with a zone that is nowhere', ['policy', 'check', 'bad-zone.yml'], 'bad-zone.yml:20:11: error:'],
    ['a policy of a megabyte of nesting', ['policy', 'check', 'deep.yml'], 'deep.yml:'],
    ['a policy that is no text', ['policy', 'check', 'binary.yml'], 'not text in UTF-8'],
    ['a window asked of a policy that is not valid', ['window', 'check', '--policy', 'unknown-field.yml'], 'is not valid'],
    ['an instant without offset', ['window', 'next', '--policy', 'good.yml', '--at', '2026-12-05T06:00'], 'is not an instant'],
    ['an environment that is not there', ['window', 'next', '--policy', 'good.yml', '--environment', 'prod'], 'no environment "prod"'],
    ['a count that is none', ['window', 'next', '--policy', 'good.yml', '-n', '0'], 'a number from 1 to 50'],
    ['no facts file', stage('nowhere.json'), 'nowhere.json cannot be read: there is no such file'],
    ['an empty facts file', stage('empty.json'), 'empty.json is empty'],
    ['half a facts file', stage('half.json'), 'half.json is not JSON'],
    ['facts of a megabyte of nesting', stage('deep.json'), 'nests deeper than 64 levels'],
    ['facts of a megabyte of nesting that closes', stage('closed-deep.json'), 'nests deeper than 64 levels'],
    ['facts with a part missing', stage('missing.json'), 'holds: it is missing'],
    ['facts with a part too many', stage('extra.json'), '"mood"'],
    ['facts that are a list', stage('list.json'), 'list.json does not have the shape of facts'],
    ['facts for another gate', stage('release.json'), 'holds facts for the release gate, and the stage gate was asked'],
    ['facts with a policy that is not valid', ['gate', 'stage', '--facts', 'facts.json', '--policy', 'wrong-type.yml'], 'is not valid'],
    ['facts without any policy', ['gate', 'stage', '--facts', 'facts.json'], '.github/sallyport.yml cannot be read'],
    ['a case without its policy', ['gate', 'stage', '--facts', 'case-without.json'], 'policy: it is missing'],
    ['a case with a part too many', ['gate', 'stage', '--facts', 'case-extra.json'], '"trust"'],
    ['a case whose policy is not valid', ['gate', 'stage', '--facts', 'case-bad-policy.json'], 'policy in case-bad-policy.json is not valid'],
    ['a case without a decision to check', ['gate', 'stage', '--facts', 'case.json', '--check'], 'records no decision to compare with'],
    ['--check with another time', ['gate', 'stage', '--facts', 'case.json', '--check', '--at', '2026-12-05T06:00:00Z'], 'neither --policy nor --at'],
    ['--policy without --facts', ['gate', 'merge', '12', '--policy', 'good.yml'], '--policy only go with --facts'],
    ['a pull request and facts', ['gate', 'stage', '1.8.0', '--facts', 'facts.json'], 'were both given'],
    ['no pull request', ['gate', 'merge'], 'Which pull request is not said'],
    ['a pull request that is no number', ['gate', 'merge', 'twelve', '--repo', 'acme/shop'], '"twelve" is not a pull request'],
    ['a repository that is none', ['gate', 'merge', '12', '--repo', 'acme/shop/../x'], 'is not a repository'],
    ['no repository', ['gate', 'merge', '12'], 'Which repository is not said'],
    ['no token', ['gate', 'merge', '12', '--repo', 'acme/shop'], 'neither GITHUB_TOKEN nor GH_TOKEN is set'],
    ['no token for the status', ['status', '--repo', 'acme/shop'], 'neither GITHUB_TOKEN nor GH_TOKEN is set'],
    ['no keys for the gatekeeper', ['gatekeeper', '--repo', 'acme/shop'], 'SALLYPORT_APP_ID is not the number of a GitHub App'],
    ['an address that is none', ['status', '--repo', 'acme/shop', '--api-url', 'github'], 'is not an address'],
    ['an address in the clear', ['status', '--repo', 'acme/shop', '--api-url', 'http://github.example.com'], 'a token is sent over https only'],
    ['an approval without a terminal', ['override', 'approve', '3', '--repo', 'acme/shop'], 'there is no terminal to ask'],
    ['a folder that is no ledger', ['ledger', 'verify', '--directory', 'not-a-ledger'], 'holds no ledger'],
    ['a ledger folder that is not there', ['ledger', 'verify', '--directory', 'nowhere'], 'cannot be read'],
    ['a demo without its material', ['demo'], "The story's material is missing"],
    ['a command that is none', ['polcy'], 'Did you mean policy?'],
    ['an option that is none', ['policy', 'check', '--jsno'], 'Did you mean --json?'],
    ['an argument too many', ['policy', 'check', 'good.yml', 'other.yml'], 'too many arguments'],
    ['a required option left out', ['override', 'request', '--build', '1.8.1'], 'required option'],
  ])('%s', async (_name, argv, message) => {
    const io = testIo({ cwd: folder.path });
    const exitCode = await runProgram(argv, io);
    expect({ exitCode, said: io.out() + io.err() }).toEqual({ exitCode: 2, said: expect.stringContaining(message) as string });
    expect(io.out() + io.err()).not.toMatch(/\n {4}at |undefined|\[object/);
  });
});

type Answer = (request: IncomingMessage, response: ServerResponse) => void;
const json = (status: number, body: unknown): Answer => (_request, response) => void response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', date: new Date().toUTCString() }).end(JSON.stringify(body));

/** A GitHub that has a repository and a policy, and answers anything else with `rest`. */
const withRepository = (rest: Answer): Answer => (request, response) => {
  if (request.url === '/repos/acme/shop') return json(200, { id: 7, name: 'shop', full_name: 'acme/shop', owner: { login: 'acme', id: 1, type: 'Organization' }, default_branch: 'main', private: false })(request, response);
  return rest(request, response);
};

describe('a GitHub that fails is said, ends with 3, and never allows', () => {
  const failures: readonly (readonly [string, Answer, string])[] = [
    ['a wrong token', json(401, { message: 'Bad credentials' }), 'GITHUB_TOKEN or GH_TOKEN'],
    ['a token that may not', json(403, { message: 'Resource not accessible by personal access token' }), 'permission'],
    ['a repository that is not there', json(404, { message: 'Not Found' }), 'not there|Not Found'],
    ['an error of the server', json(500, { message: 'Server Error' }), '500'],
    ['a page instead of an answer', (_request, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Welcome</html>'), 'not JSON|cannot be used'],
    ['half an answer', (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
      response.write('{"id": 7, "name"');
      setImmediate(() => response.destroy());
    }, 'did not answer'],
    ['an answer of another shape', json(200, { hello: 'world' }), 'cannot be used'],
  ];

  it.each(failures)('%s', async (_name, answer, message) => {
    const { exitCode, said } = await askServer(answer, ['gate', 'merge', '12']);
    expect([exitCode, said]).toEqual([3, expect.stringMatching(message)]);
    expect(said).not.toMatch(/\n {4}at |github_token_of_the_test/);
  });

  it.each(failures)('%s, once the repository is known', async (_name, answer) => {
    const { exitCode } = await askServer(withRepository(answer), ['gate', 'release', '1.8.0']);
    expect([2, 3]).toContain(exitCode);
  });

  it('no network', async () => {
    const server = await listen(json(200, {}));
    const { port } = server.address() as AddressInfo;
    await new Promise<void>((resolve) => server.close(() => resolve()));
    const io = testIo({ env: { GITHUB_TOKEN: 'github_token_of_the_test' } });
    const exitCode = await runProgram(['status', '--repo', 'acme/shop', '--api-url', `http://127.0.0.1:${port}`], io);
    expect([exitCode, io.err()]).toEqual([3, expect.stringContaining('did not answer')]);
  });
});

async function askServer(answer: Answer, argv: readonly string[]): Promise<{ readonly exitCode: number; readonly said: string }> {
  const server = await listen(answer);
  try {
    const { port } = server.address() as AddressInfo;
    const io = testIo({ env: { GITHUB_TOKEN: 'github_token_of_the_test' } });
    const exitCode = await runProgram([...argv, '--repo', 'acme/shop', '--api-url', `http://127.0.0.1:${port}`], io);
    return { exitCode, said: io.out() + io.err() };
  } finally {
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  }
}

async function listen(answer: Answer): Promise<Server> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
