import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mergeFacts, seal } from '@sallyport/gates';
import { mergeFactsOf } from '@sallyport/gates/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const cli = join(import.meta.dirname, '../../packages/cli');
const policy = ['version: 1', 'merge:', '  tests: [{ check: unit, workflow: .github/workflows/ci.yml }]', 'build: { provenance: none }'].join('\n');
const ciWorkflow = ['name: ci', 'on: [pull_request]', 'jobs:', '  unit:', '    runs-on: ubuntu-24.04', '    steps:', '      - run: npm test', ''].join('\n');

describe('the package, packed and installed into an empty folder', () => {
  let folder = '';
  const run = (...args: readonly string[]) => spawnSync(process.execPath, [join(folder, 'node_modules/.bin/sallyport'), ...args], { cwd: folder, encoding: 'utf8', env: { PATH: process.env['PATH'], HOME: folder } });

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'sallyport-packed-'));
    execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: cli });
    writeFileSync(join(folder, 'package.json'), '{ "name": "empty", "private": true }');
    const [tarball = ''] = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
    execFileSync('npm', ['install', '--silent', '--offline', '--no-audit', '--no-fund', join(folder, tarball)], { cwd: folder });
    mkdirSync(join(folder, '.github'));
    writeFileSync(join(folder, '.github/sallyport.yml'), policy);
    writeFileSync(join(folder, 'facts.json'), JSON.stringify(seal(mergeFacts, mergeFactsOf()).document));
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('needs nothing else from a registry', () => {
    expect(readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual(['sallyport']);
  });

  it('prints its help', () => {
    expect(run('--help')).toMatchObject({ status: 0, stdout: expect.stringContaining('gate') as string });
  });

  it('is what npx runs, without a network', () => {
    const { status, stdout } = spawnSync('npx', ['--offline', 'sallyport', '--help'], { cwd: folder, encoding: 'utf8', env: { PATH: process.env['PATH'], HOME: folder } });
    expect({ status, stdout }).toMatchObject({ status: 0, stdout: expect.stringContaining('sallyport') as string });
  });

  it('writes policy and workflows into a repository', () => {
    const repository = join(folder, 'shop');
    mkdirSync(join(repository, '.github/workflows'), { recursive: true });
    writeFileSync(join(repository, 'package.json'), '{ "name": "shop", "version": "1.0.0", "scripts": { "test": "node --test" } }');
    writeFileSync(join(repository, '.github/workflows/ci.yml'), ciWorkflow);
    execFileSync('git', ['init', '-q', '-b', 'main'], { cwd: repository });
    execFileSync('git', ['remote', 'add', 'origin', 'https://github.com/acme/shop.git'], { cwd: repository });
    const { status, stderr } = spawnSync(process.execPath, [join(folder, 'node_modules/sallyport/dist/sallyport.mjs'), 'init', '--yes'], { cwd: repository, encoding: 'utf8', env: { PATH: process.env['PATH'], HOME: folder } });
    expect({ status, stderr }).toMatchObject({ status: 0 });
    for (const path of ['.github/sallyport.yml', '.github/workflows/gatekeeper.yml', '.github/workflows/deploy.yml']) expect(existsSync(join(repository, path)), path).toBe(true);
  });

  it('checks a policy', () => {
    expect(run('policy', 'check')).toMatchObject({ status: 0 });
  });

  it('decides on facts from a file', () => {
    const { status, stdout } = run('gate', 'merge', '--facts', 'facts.json', '--at', '2026-12-02T18:00:00Z', '--json');
    expect((JSON.parse(stdout) as { gate: string }).gate).toBe('merge');
    expect([0, 1, 3, 4]).toContain(status);
  });
});
