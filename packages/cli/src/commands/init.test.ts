import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parsePolicy } from '@sallyport/policy';
import type { Policy } from '@sallyport/policy';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runProgram } from '../run-program.ts';
import { testIo } from '../testing/test-io.ts';
import type { Io } from '../io.ts';
import { readWorkflow } from '../init/workflow-checks.ts';

const workflows = join(import.meta.dirname, '../../../../workflows');
const ci = 'name: tests\non: pull_request\njobs:\n  unit: { runs-on: ubuntu-24.04, steps: [{ run: npm test }] }\n  lint: { runs-on: ubuntu-24.04, steps: [{ run: npm run lint }] }\n';

/** As the bundled command has them beside it. */
let material: string;
let folder: string;
beforeAll(async () => {
  material = await mkdtemp(join(tmpdir(), 'sallyport-init-material-'));
  await cp(workflows, join(material, 'workflows'), { recursive: true, filter: (path) => !path.includes('issue-forms') });
  await cp(join(workflows, 'issue-forms'), join(material, 'issue-forms'), { recursive: true });
});
afterAll(() => rm(material, { recursive: true, force: true }));
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sallyport-init-'));
  return () => rm(folder, { recursive: true, force: true });
});

const git = (...args: readonly string[]): string => execFileSync('git', [...args], { cwd: folder, encoding: 'utf8', env: { PATH: process.env['PATH'], HOME: folder, GIT_CONFIG_NOSYSTEM: '1' } });

async function repository(files: Readonly<Record<string, string>> = { '.github/workflows/ci.yml': ci }): Promise<void> {
  git('init', '--quiet', '--initial-branch=trunk');
  git('remote', 'add', 'origin', 'https://github.com/acme/shop.git');
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

async function init(args: readonly string[], changes: Partial<Io> = {}) {
  const io = testIo({ cwd: folder, demoFolder: material, ...changes });
  const code = await runProgram(['init', ...args], io);
  return { code, out: io.out(), err: io.err() };
}

const read = (path: string): Promise<string> => readFile(join(folder, path), 'utf8');
const written = ['.github/sallyport.yml', ...['merge-gate', 'review-seen', 'gatekeeper', 'build', 'deploy', 'audit'].map((name) => `.github/workflows/${name}.yml`)];

async function policy() {
  const parsed = parsePolicy(await read('.github/sallyport.yml'), { file: 'sallyport.yml' });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.policy;
}

const namesOf = (tests: Policy['merge']['tests']): readonly string[] => tests.map((test) => (test.from === 'workflow' ? test.check : test.from));

describe('what comes next', () => {
  it('is to put in the release where the workflow files come from none', async () => {
    await repository();
    expect((await init(['--yes'])).out).toContain('in place of the forty zeros');
  });

  it('is to compare the release where they name theirs', async () => {
    await repository();
    const released = await mkdtemp(join(tmpdir(), 'sallyport-init-released-'));
    try {
      await cp(material, released, { recursive: true });
      for (const name of (await readdir(join(released, 'workflows'), { recursive: true })).filter((one) => one.endsWith('.yml'))) {
        const path = join(released, 'workflows', name);
        await writeFile(path, (await readFile(path, 'utf8')).replaceAll(/@0{40} # the commit of the release you adopt/g, `@${'1'.repeat(40)} # v1.0.0`));
      }
      const { out } = await init(['--yes'], { demoFolder: released, version: '1.0.0' });
      expect(out).toContain('See that the commit which the workflows name for Sallyport is that of its release 1.0.0.');
      expect(out).not.toContain('zeros');
      expect(await read('.github/workflows/build.yml')).toContain(`packages/actions/register-build@${'1'.repeat(40)} # v1.0.0`);
      expect(await read('.github/workflows/audit.yml')).toMatch(new RegExp(`sallyport-audit\\.yml@1{40} # v1\\.0\\.0\n    with:\n      version: 1\\.0\\.0\n`));
    } finally {
      await rm(released, { recursive: true, force: true });
    }
  });
});

describe('the commit that is asked for', () => {
  it('is in every workflow that uses Sallyport', async () => {
    await repository();
    const { code, out } = await init(['--yes', '--pin', '2'.repeat(40)]);
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining(`take Sallyport from its commit ${'2'.repeat(40)}`) as string });
    const texts = await Promise.all(written.slice(1).map(read));
    expect(texts.join('')).not.toContain('0'.repeat(40));
    expect(texts.filter((text) => text.includes(`@${'2'.repeat(40)} #`))).toHaveLength(5);
  });

  it('goes into workflows that are there, and leaves the rest of them', async () => {
    await repository();
    await init(['--yes', '--deploy', './go.sh', '--security-leads', 'acme/leads']);
    const own = (await read('.github/sallyport.yml')).replace('soak: 24h', 'soak: 48h').replace('keys: []', 'keys: ["shop+0+abc"]');
    await writeFile(join(folder, '.github/sallyport.yml'), own);
    const { out } = await init(['--yes', '--pin', '2'.repeat(40)]);
    expect(out).toContain('! .github/workflows/deploy.yml: pinned to the commit, and otherwise left as it is');
    expect(out).toContain('✓ .github/workflows/build.yml: written');
    expect(await read('.github/sallyport.yml')).toBe(own);
    const deploy = await read('.github/workflows/deploy.yml');
    expect(deploy).toContain('./go.sh');
    expect(deploy).toContain(`packages/actions/deploy@${'2'.repeat(40)} `);
    expect((await Promise.all(written.slice(1).map(read))).join('')).not.toContain('0'.repeat(40));
  });

  it('stays when it is not said again', async () => {
    await repository();
    const unreleased = { version: '0.0.0' };
    await init(['--yes', '--pin', '2'.repeat(40)], unreleased);
    const { out, err } = await init(['--yes', '--overwrite'], unreleased);
    expect({ err, states: out.match(/as it should be/g)?.length }).toEqual({ err: '', states: written.length });
    expect(out).toContain('See that the commit which the workflows name for Sallyport is the one you mean.');
  });

  it('is that of a fork as well, and of nothing else', async () => {
    await repository();
    await init(['--yes']);
    const path = '.github/workflows/gatekeeper.yml';
    const others = `# actions/checkout@${'3'.repeat(40)}\n# acme/tools/packages/actions/lint@${'4'.repeat(40)}\n`;
    await writeFile(join(folder, path), (await read(path)).replace('sallyport/sallyport/', 'acme/sallyport/') + others);
    await init(['--yes', '--pin', '2'.repeat(40)]);
    expect(await read(path)).toContain(`acme/sallyport/packages/actions/gatekeeper@${'2'.repeat(40)} `);
    expect(await read(path)).toContain(others);
  });

  it('may be that of a copy: then the workflows take everything from there, also those that are there, and go on to', async () => {
    await repository();
    await init(['--yes'], { version: '0.0.0' });
    const deploy = '.github/workflows/deploy.yml';
    await writeFile(join(folder, deploy), `${await read(deploy)}# mine\n`);
    const { out } = await init(['--yes', '--pin', `acme/sallyport@${'2'.repeat(40)}`], { version: '0.0.0' });
    expect(out).toContain(`take Sallyport from acme/sallyport, commit ${'2'.repeat(40)}`);
    const texts = await Promise.all(written.slice(1).map(read));
    expect(texts.join('')).not.toMatch(/sallyport\/sallyport\/(packages|\.github)/);
    expect(texts.filter((text) => /acme\/sallyport\/(packages\/actions|\.github\/workflows)\/[\w.-]+@2{40} /.test(text))).toHaveLength(5);
    expect(await read(deploy)).toContain('# mine');
    const again = await init(['--yes'], { version: '0.0.0' });
    expect(again.out.match(/as it should be/g)).toHaveLength(written.length - 1);
  });

  it.each(['main', 'v1.0.0', '2222222', '2'.repeat(41), 'A'.repeat(40), 'acme/sallyport@main'])('is refused when it is none: %s', async (pin) => {
    await repository();
    expect(await init(['--yes', '--pin', pin])).toMatchObject({ code: 2, err: expect.stringContaining('is not a whole commit') as string });
  });

  it.each(['acme', 'acme/shop/x', '-/x', '', 'acme/..'])('is refused of a copy that is none: %s', async (copy) => {
    await repository();
    expect(await init(['--yes', '--pin', `${copy}@${'2'.repeat(40)}`])).toMatchObject({ code: 2, err: expect.stringContaining('is not a repository') as string });
  });
});

describe('in a repository with tests', () => {
  it('writes a valid policy of its tests and branch, and workflows that can be read', async () => {
    await repository();
    const { code, out } = await init(['--yes']);
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('✓ .github/sallyport.yml: written') as string });
    const { repository: named, merge, environments } = await policy();
    expect(named).toBe('acme/shop');
    expect(merge.into).toEqual(['trunk']);
    expect(namesOf(merge.tests)).toEqual(['unit', 'lint']);
    expect(environments.map(({ name, override }) => [name, override])).toEqual([['staging', null], ['production', null]]);
    for (const path of written.slice(1)) expect(readWorkflow(path, await read(path)), path).not.toBeNull();
    expect(await read('.github/workflows/merge-gate.yml')).toContain('workflows: ["tests", review-seen]');
    await expect(read('.github/ISSUE_TEMPLATE/sallyport-override.yml'), 'nobody approves overrides').rejects.toThrow();
  });

  it('lets a team approve overrides, brings the form for them, and has the team told', async () => {
    await repository();
    expect(await init(['--yes', '--security-leads', '@acme/security-leads'])).toMatchObject({ code: 0 });
    expect((await policy()).environments.find(({ name }) => name === 'production')?.override).not.toBeNull();
    expect((await policy()).notify).toEqual([{ to: 'github', of: ['override-requested', 'override-used'], mention: ['acme/security-leads'] }]);
    expect(await read('.github/ISSUE_TEMPLATE/sallyport-override.yml')).toBe(await readFile(join(workflows, 'issue-forms/sallyport-override.yml'), 'utf8'));
  });

  it.each([
    ['npm and a build script', { 'package.json': '{"version":"2.1.0","scripts":{"test":"x","build":"y"}}', 'package-lock.json': '{}' }, ['run: npm ci', 'run: npm test', 'npm run build', 'tar -czf "release/$ARCHIVE" -C dist .', "require('./package.json').version"]],
    ['pnpm without a build', { 'package.json': '{"scripts":{"test":"x"}}', 'pnpm-lock.yaml': '' }, ['pnpm install --frozen-lockfile', 'run: pnpm test', 'git archive --format=tar.gz', 'version=0.1.0-rc']],
    ['no Node at all', {}, ['git archive --format=tar.gz', 'version=0.1.0-rc']],
  ])('builds with %s', async (_what, files, expected) => {
    await repository({ '.github/workflows/ci.yml': ci, ...files });
    await init(['--yes']);
    const build = await read('.github/workflows/build.yml');
    for (const text of expected) expect(build).toContain(text);
    expect(build.includes('setup-node')).toBe('package.json' in files);
    expect((await read('.github/workflows/deploy.yml')).includes('setup-node')).toBe('package.json' in files);
  });

  it('signs builds and asks for signatures, or neither', async () => {
    await repository();
    await init(['--yes']);
    expect([(await policy()).build.provenance, (await read('.github/workflows/build.yml')).includes('attest-build-provenance')]).toEqual(['required', true]);
    await init(['--yes', '--no-provenance', '--overwrite']);
    expect([(await policy()).build.provenance, (await read('.github/workflows/build.yml')).includes('attest-build-provenance')]).toEqual(['none', false]);
  });

  it('deploys by a command of several lines as it stands', async () => {
    await repository();
    const deploy = 'set -e\nkubectl set image "deploy/shop" shop=x:$VERSION # at once';
    await init(['--yes', '--deploy', deploy]);
    const text = await read('.github/workflows/deploy.yml');
    expect(text).toContain(`- run: |\n${deploy.split('\n').map((line) => `          ${line}`).join('\n')}\n        env:`);
  });

  it('takes only the tests that are named, and works from a folder below', async () => {
    await repository({ '.github/workflows/ci.yml': ci, 'packages/a/x': '' });
    expect(await init(['--yes', '--tests', 'unit'], { cwd: join(folder, 'packages/a') })).toMatchObject({ code: 0 });
    expect(namesOf((await policy()).merge.tests)).toEqual(['unit']);
  });
});

describe('a way around the window', () => {
  const says = 'No team approves urgent fixes';

  it('is missed in a policy that names nobody for it, and not in one that is there already', async () => {
    await repository();
    expect((await init(['--yes'])).out).toContain(says);
    expect((await init(['--yes'])).out).not.toContain(says);
  });

  it('is not missed where somebody is named', async () => {
    await repository();
    expect((await init(['--yes', '--security-leads', 'acme/leads'])).out).not.toContain(says);
  });
});

describe('what the files do not settle', () => {
  const unclear = `on: { pull_request: { paths: ['src/**'] } }\njobs:\n  unit: {}\n  called: { uses: ./.github/workflows/other.yml }\n`;

  it('is said: jobs that are not required, and filters that keep tests away', async () => {
    await repository({ '.github/workflows/ci.yml': unclear, '.github/workflows/odd.yml': 'jobs: [' });
    const { code, out } = await init(['--yes']);
    expect(code).toBe(0);
    expect(out).toContain('Not among the tests of the draft, because the checks cannot be told from the file:\n  called of .github/workflows/ci.yml: its checks are those of the workflow that it calls\n  .github/workflows/odd.yml is no workflow that can be read\n');
    expect(out).toContain('Path filters keep .github/workflows/ci.yml from some pull requests');
    expect(JSON.parse((await init(['--yes', '--json'])).out)).toMatchObject({ untold: [expect.stringMatching(/^called of /), expect.any(String)] });
  });

  it('is not said of jobs to somebody who named the tests, nor where there is nothing', async () => {
    await repository({ '.github/workflows/ci.yml': unclear });
    expect((await init(['--yes', '--tests', 'unit'])).out).not.toContain('Not among the tests');
    await writeFile(join(folder, '.github/workflows/ci.yml'), ci);
    expect((await init(['--yes', '--overwrite'])).out).not.toMatch(/Not among the tests|Path filters/);
  });
});

describe('what is there already', () => {
  it('is left when it differs, with the difference shown, and the second run changes nothing', async () => {
    await repository({ '.github/workflows/ci.yml': ci, '.github/workflows/deploy.yml': 'name: mine\non: push\njobs: {}\n' });
    const first = await init(['--yes']);
    expect(first).toMatchObject({ code: 0, out: expect.stringContaining('! .github/workflows/deploy.yml: left as it is') as string, err: expect.stringContaining('-name: mine') as string });
    expect(await read('.github/workflows/deploy.yml')).toContain('name: mine');
    const again = await init(['--yes', '--json']);
    expect((JSON.parse(again.out) as { files: readonly { state: string }[] }).files.map(({ state }) => state).sort()).toEqual(['left', 'same', 'same', 'same', 'same', 'same', 'same']);
  });

  it('is replaced with --overwrite, and by somebody who says yes', async () => {
    await repository({ '.github/workflows/ci.yml': ci, '.github/workflows/deploy.yml': 'name: mine\n', '.github/workflows/gatekeeper.yml': 'name: mine\n' });
    const questions: string[] = [];
    const ask = async (question: string): Promise<string> => {
      questions.push(question);
      return question.startsWith('Replace .github/workflows/deploy.yml') ? 'y' : '';
    };
    expect(await init([], { isTerminal: true, ask })).toMatchObject({ code: 0 });
    expect(questions.filter((question) => question.startsWith('Replace'))).toHaveLength(2);
    expect([await read('.github/workflows/deploy.yml'), await read('.github/workflows/gatekeeper.yml')].map((text) => text.includes('mine'))).toEqual([false, true]);
    await init(['--yes', '--overwrite']);
    expect(await read('.github/workflows/gatekeeper.yml')).not.toContain('mine');
  });

  it.each<[string, readonly string[], boolean]>([
    ['no terminal', [], false],
    ['--yes', ['--yes'], true],
  ])('is left with %s, where nobody is asked', async (_what, args, isTerminal) => {
    await repository({ '.github/workflows/ci.yml': ci, '.github/workflows/deploy.yml': 'name: mine\n' });
    expect(await init(args, { isTerminal, ask: () => Promise.reject(new Error('Somebody was asked.')) })).toMatchObject({ code: 0 });
    expect(await read('.github/workflows/deploy.yml')).toBe('name: mine\n');
  });

  it('is not touched by --dry-run', async () => {
    await repository();
    expect(await init(['--yes', '--dry-run'])).toMatchObject({ code: 0, out: expect.stringContaining('would be written') as string });
    for (const path of written) await expect(read(path)).rejects.toThrow();
  });

  it('is not written through a link', async () => {
    await repository();
    await rm(join(folder, '.github'), { recursive: true });
    await mkdir(join(folder, 'elsewhere/workflows'), { recursive: true });
    await writeFile(join(folder, 'elsewhere/workflows/ci.yml'), ci);
    await symlink('elsewhere', join(folder, '.github'));
    expect(await init(['--yes'])).toMatchObject({ code: 2, err: expect.stringContaining('.github is a link') as string });
  });
});

describe('what cannot be used', () => {
  it.each<[string, readonly string[], Readonly<Record<string, string>>, string]>([
    ['no workflow with tests', [], { 'README.md': '' }, 'without a test nothing could be required'],
    ['a test that nobody runs', ['--tests', 'e2e'], { '.github/workflows/ci.yml': ci }, 'has the check "e2e". There are: unit, lint'],
    ['a workflow that is no YAML', [], { '.github/workflows/ci.yml': 'jobs: [' }, '.github/workflows/ci.yml is no workflow that can be read'],
    ['a team without an organisation', ['--security-leads', 'leads'], { '.github/workflows/ci.yml': ci }, 'is not a team'],
    ['a folder outside', ['--build', 'make', '--output', '../x'], { '.github/workflows/ci.yml': ci }, 'is not a folder of this repository'],
    ['a repository that is none', ['--repo', 'shop'], { '.github/workflows/ci.yml': ci }, 'is not a repository'],
  ])('%s is said, and nothing is written', async (_what, args, files, message) => {
    await repository(files);
    expect(await init(['--yes', ...args])).toMatchObject({ code: 2, err: expect.stringContaining(message) as string });
    await expect(read('.github/sallyport.yml')).rejects.toThrow();
  });

  it('a folder that is in no repository', async () => {
    expect(await init(['--yes'])).toMatchObject({ code: 2, err: expect.stringContaining('is in no git repository') as string });
  });

  it('a name that would be YAML stays a name', async () => {
    await repository({ '.github/workflows/ci.yml': 'on: pull_request\njobs:\n  one: { name: "a: {b}, #c" }\n  two: { name: "true" }\n' });
    expect(await init(['--yes'])).toMatchObject({ code: 0 });
    expect(namesOf((await policy()).merge.tests)).toEqual(['a: {b}, #c', 'true']);
  });
});
