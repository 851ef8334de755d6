import { posix } from 'node:path';
import type { PackedFile } from './pack-packages.ts';
import type { Manifest } from './public-packages.ts';

export type PackedContents = { readonly folder: string; readonly manifest: Manifest; readonly files: readonly PackedFile[]; /** The text of a file of the package. */ readonly read: (path: string) => string };

/** The sample application that `sallyport demo` builds and tests in front of people: its tests are part of the story, and none of ours. */
const sampleApplication = 'dist/demo/shop/';

const unwanted: readonly (readonly [RegExp, string])[] = [
  [/\.(test|spec|bench|fixture)\.|(^|\/)(tests?|testing|testdata|fixtures|__snapshots__)\//, 'belongs to the tests'],
  [/\.[cm]?tsx?$|(^|\/)tsconfig[^/]*\.json$|\.tsbuildinfo$|\.map$/, 'is a source that nobody can use from the package'],
  [/(^|\/)(node_modules|\.git|\.env[^/]*|\.npmrc)(\/|$)|\.(pem|key|p12)$/, 'must never leave the repository'],
];
const atInstallation = ['preinstall', 'install', 'postinstall', 'prepare'];
const licence = 'Apache-2.0';
const repository = 'git+https://github.com/sallyport/sallyport.git';

/** What is wrong with a packed package before anybody installs it, a sentence each; none: it may be published. */
export function packageProblems(contents: PackedContents): readonly string[] {
  return [...manifestProblems(contents), ...installProblems(contents), ...fileProblems(contents), ...entryProblems(contents)].map((problem) => `${contents.manifest.name}: ${problem}`);
}

function manifestProblems({ folder, manifest }: PackedContents): readonly string[] {
  const wanted: readonly (readonly [boolean, string])[] = [
    [manifest.license === licence, `license is ${manifest.license ?? 'missing'}; it must be ${licence}.`],
    [(manifest.description ?? '') !== '', 'description is missing; the registry shows it.'],
    [manifest.type === 'module', 'type must be "module".'],
    [manifest.engines?.['node'] !== undefined, 'engines.node is missing, so nobody is told which Node it needs.'],
    [manifest.repository?.url === repository && manifest.repository.directory === folder, `repository must be ${repository} with the directory ${folder}: npm compares it with the signed provenance.`],
    [manifest.publishConfig?.access === 'public' && manifest.publishConfig.provenance === true, 'publishConfig must say access public and provenance true, so that it cannot be published without.'],
  ];
  return wanted.filter(([holds]) => !holds).map(([, problem]) => problem);
}

/** Everything is bundled (ADR 0006): what was tested is what runs, and an installation runs nothing. */
function installProblems({ manifest }: PackedContents): readonly string[] {
  const needed = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies, ...manifest.optionalDependencies });
  const scripts = atInstallation.filter((name) => name in (manifest.scripts ?? {}));
  return [
    ...(needed.length === 0 ? [] : [`it would install ${needed.join(', ')}; bundle that and make it a development dependency.`]),
    ...scripts.map((name) => `its script ${name} would run on the machine of whoever installs it; remove it.`),
  ];
}

function fileProblems({ files }: PackedContents): readonly string[] {
  const paths = files.map(({ path }) => path);
  const missing = ['README.md', 'LICENSE'].filter((name) => !paths.includes(name)).map((name) => `there is no ${name} in it.`);
  const built = paths.some((path) => path.startsWith('dist/')) ? [] : ['there is nothing built in it; run `npm run setup` first.'];
  const inTheWay = paths.flatMap((path) => {
    if (path.startsWith(sampleApplication)) return [];
    const why = unwanted.find(([pattern]) => pattern.test(path))?.[1];
    return why === undefined ? [] : [`${path} ${why}; leave it out in "files".`];
  });
  return [...missing, ...built, ...inTheWay];
}

/** What a user starts is there and can be started: the commands, and the bundles that an action.yml names. */
function entryProblems({ manifest, files, read }: PackedContents): readonly string[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const commands = Object.entries(manifest.bin ?? {}).flatMap(([name, path]) => {
    const file = byPath.get(posix.normalize(path));
    if (file === undefined) return [`the command ${name} is ${path}, which is not in it.`];
    return (file.mode & 0o111) === 0o111 && read(file.path).startsWith('#!/usr/bin/env node\n') ? [] : [`the command ${name} cannot be started: ${path} needs the first line #!/usr/bin/env node and the mode 755.`];
  });
  const actions = files
    .filter(({ path }) => posix.basename(path) === 'action.yml')
    .flatMap(({ path }) => [...read(path).matchAll(/^ {2}(?:main|pre|post): (\S+)$/gm)].map(([, target = '']) => ({ path, target: posix.join(posix.dirname(path), target) })))
    .filter(({ target }) => !byPath.has(target))
    .map(({ path, target }) => `${path} starts ${target}, which is not in it.`);
  return [...commands, ...actions];
}
