import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Builder } from '../../scripts/release/builder.ts';
import { packPackages } from '../../scripts/release/pack-packages.ts';
import { parseOptions } from '../../scripts/release/options.ts';
import { runRelease } from '../../scripts/release/run-release.ts';
import { createRegistry, createRepository, setVersion, smallBuilder } from './temporary-repository.ts';
import type { RecordingRegistry, TemporaryRepository } from './temporary-repository.ts';

const integrityOf = (tarball: string): string => `sha512-${createHash('sha512').update(readFileSync(tarball)).digest('base64')}`;

let made: TemporaryRepository | null = null;
afterEach(() => {
  made?.remove();
  made = null;
});

type Scene = { readonly repository: TemporaryRepository; readonly registry: RecordingRegistry; readonly said: string[]; readonly run: (...options: readonly string[]) => Promise<string> };

function scene(version = '1.0.0', builder: Builder = smallBuilder): Scene {
  const repository = createRepository(version);
  made = repository;
  const registry = createRegistry(integrityOf);
  const said: string[] = [];
  const run = async (...options: readonly string[]): Promise<string> => {
    said.length = 0;
    await runRelease({ root: repository.root, options: parseOptions(options), builder, registry, environment: {}, report: (text) => void said.push(text), progress: () => undefined });
    return said.join('\n');
  };
  return { repository, registry, said, run };
}

const tagsOf = ({ atOrigin }: TemporaryRepository): string => atOrigin('tag', '--list', 'v*').replaceAll('\n', ' ');

describe('a release', () => {
  it('pushes the tag with the bundles, publishes in order, and then moves the tag that everybody follows', async () => {
    const { repository, registry, run } = scene();
    const merged = repository.git('rev-parse', 'HEAD');
    await run();
    const commit = repository.atOrigin('rev-parse', 'v1.0.0^{commit}');
    expect(repository.atOrigin('rev-parse', 'v1.0.0^{commit}^', 'v1^{commit}', 'main').split('\n')).toEqual([merged, commit, merged]);
    expect(repository.atOrigin('cat-file', '-t', 'v1.0.0')).toBe('tag');
    expect(repository.atOrigin('diff', '--name-only', merged, commit)).toBe('packages/actions/dist/deploy.mjs');
    expect(registry.log).toEqual(['@sallyport/actions@1.0.0 as latest', 'sallyport@1.0.0 as latest']);
    expect(repository.git('status', '--porcelain')).toBe('');
    expect(repository.git('tag', '--list')).toBe('');
  });

  it('writes what was built, its checksums, and a statement that says it is not signed', async () => {
    const { repository, run } = scene('1.0.0', { ...smallBuilder, pack: packPackages });
    await run('--dry-run');
    const out = join(repository.root, 'dist/release');
    const sums = readFileSync(join(out, 'SHA256SUMS'), 'utf8').trim().split('\n').map((line) => line.split('  '));
    const statement = JSON.parse(readFileSync(join(out, 'sallyport-1.0.0.unsigned.intoto.json'), 'utf8')) as { subject: { name: string; digest: Record<string, string> }[]; predicateType: string; predicate: { buildDefinition: { resolvedDependencies: { digest: Record<string, string> }[] }; runDetails: { builder: { id: string } } } };
    expect(sums.map(([, name]) => name)).toEqual(['packages/actions/dist/deploy.mjs', 'sallyport-1.0.0.tgz', 'sallyport-actions-1.0.0.tgz']);
    for (const [sha256, name = ''] of sums.slice(1)) expect(createHash('sha256').update(readFileSync(join(out, name))).digest('hex')).toBe(sha256);
    expect(statement.subject.slice(0, 3).map(({ name, digest }) => [digest['sha256'], name])).toEqual(sums);
    expect(statement.predicateType).toBe('https://slsa.dev/provenance/v1');
    expect(statement.predicate.buildDefinition.resolvedDependencies[0]?.digest).toEqual({ gitCommit: repository.git('rev-parse', 'HEAD') });
    expect(statement.predicate.runDetails.builder.id).toMatch(/#by-hand$/);
  });

  it('packs workflow files that name the release', async () => {
    const workflows: string[] = [];
    const folder = '../../../packages/cli/dist/demo/workflows';
    const { repository, registry, run } = scene();
    registry.onPublish = () => undefined;
    const publish = registry.publish.bind(registry);
    registry.publish = async (tarball, options) => {
      workflows.push(['build.yml', 'callers/audit.yml'].map((name) => readFileSync(join(tarball, folder, name), 'utf8')).join(''));
      await publish(tarball, options);
    };
    await run();
    expect(workflows.at(-1)).toBe(`uses: sallyport/sallyport/packages/actions/deploy@${repository.atOrigin('rev-parse', 'v1.0.0^{commit}')} # v1.0.0\n`.repeat(2));
  });

  it('changes nothing anywhere in a dry run, and lets npm rehearse', async () => {
    const { repository, registry, run } = scene();
    const text = await run('--dry-run');
    expect(tagsOf(repository)).toBe('');
    expect({ log: registry.log, rehearsed: registry.rehearsed }).toEqual({ log: [], rehearsed: ['sallyport-actions-1.0.0.tgz', 'sallyport-1.0.0.tgz'] });
    expect(text).toContain('1. push the tag v1.0.0 on');
    expect(text).toContain('4. make the tag v1 on');
    expect(text).not.toContain('In the way');
  });

  it('shows in a dry run what changesets would make of it, and that they are in the way', async () => {
    const { repository, run } = scene();
    repository.write('.changeset/something.md', '---\nsallyport: minor\n---\n\nSomething.\n');
    repository.merge('Add something');
    const text = await run('--dry-run');
    expect(text).toContain('Sallyport 1.1.0 from');
    expect(text).toContain('1 changesets are not taken over yet.');
    expect(existsSync(join(repository.root, '.changeset/something.md'))).toBe(true);
  });

  it('shows a dry run of a shallow checkout too, whose history is taken to begin where it was cut off', async () => {
    let shallow = '';
    const here = scene('1.0.0', { ...smallBuilder, takeOverChangesets: async (folder) => {
      shallow = execFileSync('git', ['rev-parse', '--is-shallow-repository'], { cwd: folder, encoding: 'utf8' }).trim();
      expect(execFileSync('git', ['log', '--format=%s'], { cwd: folder, encoding: 'utf8' }).trim()).toBe('Add something');
      await smallBuilder.takeOverChangesets(folder);
    } });
    here.repository.write('.changeset/something.md', '---\nsallyport: minor\n---\n\nSomething.\n');
    here.repository.merge('Add something');
    here.repository.git('fetch', '--quiet', '--depth', '1', `file://${here.repository.origin}`, 'main');
    expect(here.repository.git('rev-parse', '--is-shallow-repository')).toBe('true');
    expect(await here.run('--dry-run')).toContain('The checkout is shallow');
    expect(shallow).toBe('false');
    await expect(here.run()).rejects.toThrow(/The checkout is shallow/);
  });

  it('does nothing when it is run again', async () => {
    const { repository, registry, run } = scene();
    await run();
    const refs = repository.atOrigin('show-ref');
    const text = await run();
    expect(text.match(/\(done already\)/g)).toHaveLength(4);
    expect(repository.atOrigin('show-ref')).toBe(refs);
    expect(registry.log).toHaveLength(2);
  });

  it.each([
    ['the first package', 'sallyport-actions-1.0.0.tgz', 0],
    ['the second package', 'sallyport-1.0.0.tgz', 1],
  ])('that dies at %s is finished by the next run, and nobody followed half of it', async (_name, at, published) => {
    const { repository, registry, run } = scene();
    registry.onPublish = (file) => {
      if (file === at) throw new Error('The power went off.');
    };
    await expect(run()).rejects.toThrow('The power went off.');
    expect({ tags: tagsOf(repository), published: registry.log.length }).toEqual({ tags: 'v1.0.0', published });
    registry.onPublish = () => undefined;
    await run();
    expect(tagsOf(repository)).toBe('v1 v1.0.0');
    expect(registry.log).toEqual(['@sallyport/actions@1.0.0 as latest', 'sallyport@1.0.0 as latest']);
  });

  it('that was begun is finished from its own commit when main has moved on', async () => {
    const { repository, registry, run } = scene();
    registry.onPublish = () => {
      throw new Error('The power went off.');
    };
    await expect(run()).rejects.toThrow();
    registry.onPublish = () => undefined;
    const begun = repository.git('rev-parse', 'HEAD');
    repository.write('README.md', 'More.\n');
    repository.merge('Say more');
    await expect(run()).rejects.toThrow(/has the tag v1\.0\.0 on [0-9a-f]{40}, and what would be released as 1\.0\.0 has another tree/);
    expect(registry.log).toEqual([]);
    repository.git('checkout', '--quiet', begun);
    await run();
    expect(registry.log).toHaveLength(2);
  });

  it('goes on where the tag holds the same tree on another commit, and pins that one', async () => {
    const { repository, run } = scene();
    await run();
    const released = repository.atOrigin('rev-parse', 'v1.0.0^{commit}');
    repository.git('commit', '--quiet', '--allow-empty', '--message', 'Say nothing');
    repository.git('push', '--quiet', 'origin', 'HEAD:main');
    expect(await run()).toContain(`push the tag v1.0.0 on ${released} to origin (done already)`);
  });

  it('moves the tag of its major version, and only forward', async () => {
    const { repository, registry, run } = scene();
    const first = repository.git('rev-parse', 'HEAD');
    await run();
    setVersion(repository.write, '1.1.0');
    repository.merge('Version 1.1.0');
    expect(await run()).toMatch(/move the tag v1, forced, from [0-9a-f]{40} to/);
    const newest = repository.atOrigin('rev-parse', 'v1.1.0^{commit}');
    expect(repository.atOrigin('rev-parse', 'v1^{commit}')).toBe(newest);
    repository.git('checkout', '--quiet', '-B', 'old', first);
    setVersion(repository.write, '1.0.1');
    repository.git('commit', '--quiet', '--all', '--message', 'Version 1.0.1');
    repository.git('push', '--quiet', 'origin', 'HEAD:refs/heads/release-1.0');
    expect(await run('--branch', 'release-1.0')).toContain('leave v1 where it is: a newer version of it is released');
    expect(repository.atOrigin('rev-parse', 'v1^{commit}')).toBe(newest);
    expect(registry.log.at(-1)).toBe('sallyport@1.0.1 as release-1');
  });
});

describe('nothing is released', () => {
  const nothing = async ({ repository, registry, run }: Scene, said: RegExp): Promise<void> => {
    await expect(run()).rejects.toThrow(said);
    expect({ tags: tagsOf(repository), log: registry.log }).toEqual({ tags: '', log: [] });
  };

  it('from a checkout with changes', async () => {
    const here = scene();
    here.repository.write('README.md', 'Not committed.\n');
    await nothing(here, /changes that are not committed:\n\?\? README\.md/);
  });

  it('from a commit that has not merged', async () => {
    const here = scene();
    here.repository.git('commit', '--quiet', '--allow-empty', '--message', 'Not merged');
    await nothing(here, /Only what merged is released/);
  });

  it('from a commit that main has left behind', async () => {
    const here = scene();
    const before = here.repository.git('rev-parse', 'HEAD');
    here.repository.write('README.md', 'More.\n');
    here.repository.merge('Say more');
    here.repository.git('checkout', '--quiet', before);
    await nothing(here, /Only what merged is released/);
  });

  it('while changesets are pending', async () => {
    const here = scene();
    here.repository.write('.changeset/something.md', '---\nsallyport: minor\n---\n\nSomething.\n');
    here.repository.merge('Add something');
    await nothing(here, /1 changesets are not taken over yet/);
  });

  it('when the remote cannot be read', async () => {
    const here = scene();
    await expect(here.run('--remote', 'nowhere')).rejects.toThrow(/nowhere could not be read, so nobody knows what is released already/);
    expect(here.registry.log).toEqual([]);
  });

  it('when the public packages have different versions', async () => {
    const here = scene();
    here.repository.write('packages/cli/package.json', readFileSync(join(here.repository.root, 'packages/cli/package.json'), 'utf8').replaceAll('1.0.0', '1.0.1'));
    here.repository.merge('Version one of two');
    await nothing(here, /different versions: @sallyport\/actions 1\.0\.0, sallyport 1\.0\.1/);
  });

  it('when a package of that version is published with other bytes', async () => {
    const here = scene();
    here.registry.integrities.set('sallyport@1.0.0', 'sha512-of-somebody-else');
    await nothing(here, /sallyport@1\.0\.0 is published with other bytes/);
  });

  it('while nobody knows what is published', async () => {
    const here = scene();
    here.registry.down = true;
    await nothing(here, /Nobody knows whether @sallyport\/actions@1\.0\.0 is published: E503/);
  });

  it('when building changes what is committed', async () => {
    await nothing(scene('1.0.0', { ...smallBuilder, install: async (folder) => writeFileSync(join(folder, 'package-lock.json'), '{ "other": true }\n') }), /Building changed files that are committed:\n M package-lock\.json/);
  });

  it('when a package holds what it must not', async () => {
    const withTest: Builder = {
      ...smallBuilder,
      bundleCommand: async (folder) => {
        await smallBuilder.bundleCommand(folder);
        writeFileSync(join(folder, 'packages/cli/dist/gate.test.mjs'), '');
      },
    };
    await nothing(scene('1.0.0', withTest), /dist\/gate\.test\.mjs belongs to the tests/);
  });
});

describe('what somebody else did meanwhile', () => {
  it('stands: a major tag that moved after it was looked at is not overwritten', async () => {
    const { repository, registry, run } = scene();
    await run();
    setVersion(repository.write, '1.1.0');
    const merged = repository.merge('Version 1.1.0');
    registry.onPublish = () => void repository.atOrigin('update-ref', 'refs/tags/v1', merged);
    await expect(run()).rejects.toThrow(/stale info/);
    expect(repository.atOrigin('rev-parse', 'v1')).toBe(merged);
  });

  it('stands: a version tag that came meanwhile is not overwritten, and nothing is published', async () => {
    const { repository, registry, run } = scene();
    const merged = repository.git('rev-parse', 'HEAD');
    const published = registry.published.bind(registry);
    registry.published = async (name, version) => {
      repository.atOrigin('update-ref', 'refs/tags/v1.0.0', merged);
      return published(name, version);
    };
    await expect(run()).rejects.toThrow(/rejected/);
    expect(repository.atOrigin('rev-parse', 'v1.0.0')).toBe(merged);
    expect(registry.log).toEqual([]);
  });
});

describe('two clones', () => {
  it('give one release', async () => {
    const { run } = scene();
    await expect(run('--dry-run', '--twice')).resolves.toContain('release commit');
  });

  it('are told apart by a byte that comes from the folder, and where', async () => {
    const leaking: Builder = {
      ...smallBuilder,
      bundleActions: async (folder) => {
        mkdirSync(join(folder, 'packages/actions/dist'), { recursive: true });
        writeFileSync(join(folder, 'packages/actions/dist/deploy.mjs'), `// ${folder}\n`);
      },
    };
    const { run, registry } = scene('1.0.0', leaking);
    await expect(run('--twice')).rejects.toThrow(/gave different bytes:[^]*packages\/actions\/dist\/deploy\.mjs: [0-9a-f]{64} and [0-9a-f]{64}/);
    expect(registry.log).toEqual([]);
  });
});

describe('what was rehearsed', () => {
  it('is released when it is the same', async () => {
    const { repository, run } = scene();
    await run('--dry-run', '--out', 'dist/rehearsed');
    await run('--expect', 'dist/rehearsed/SHA256SUMS');
    expect(tagsOf(repository)).toBe('v1 v1.0.0');
  });

  it.each([
    ['other digests', 'f'.repeat(64) + '  sallyport-1.0.0.tgz\n', /not what .* says: packages\/actions\/dist\/deploy\.mjs, sallyport-1\.0\.0\.tgz/],
    ['no list', null, /could not be read/],
  ])('is all that is released: %s', async (_name, text, said) => {
    const { repository, registry, run } = scene();
    if (text !== null) repository.write('dist/rehearsed/SHA256SUMS', text);
    await expect(run('--expect', 'dist/rehearsed/SHA256SUMS')).rejects.toThrow(said);
    expect({ tags: tagsOf(repository), log: registry.log }).toEqual({ tags: '', log: [] });
  });
});

describe('the options', () => {
  it.each([
    [['--modules', 'link'], /for a dry run/],
    [['--modules', 'other', '--dry-run'], /must be install or link/],
    [['--branch', ''], /is no name/],
    [['--out', '--dry-run'], /out/],
    [['--sign'], /--sign/],
    [['1.0.0'], /1\.0\.0/],
  ])('refuse %j', (argv, said) => {
    expect(() => parseOptions(argv)).toThrow(said);
  });
});
