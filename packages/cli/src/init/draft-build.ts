import type { Answers } from './answers.ts';
import type { PackageManager } from './look-around.ts';

const install: Readonly<Record<PackageManager, readonly [locked: string, free: string]>> = {
  npm: ['npm ci', 'npm install'],
  pnpm: ['corepack enable && pnpm install --frozen-lockfile', 'corepack enable && pnpm install'],
  yarn: ['corepack enable && yarn install --immutable', 'corepack enable && yarn install'],
};

/**
 * The build workflow: tests once more, builds, packs one archive, signs it where that is wanted, and registers it in a job of its own.
 * Pinned actions are taken from `source`, so that they are the ones that this version was tried with.
 */
export function draftBuild(source: string, answers: Answers, branch: string): string {
  const { repository, node, build, provenance } = answers;
  const archive = `${repository.name}-\${{ steps.version.outputs.version }}.tar.gz`;
  const pack = build === null ? `git archive --format=tar.gz -o "release/$ARCHIVE" HEAD` : `tar -czf "release/$ARCHIVE" -C ${shellWord(build.output)} .`;
  return `${[
    '# Builds every commit of the default branch once. What is registered here is what staging and production get, byte for byte.',
    'name: build',
    '',
    'on:',
    '  push:',
    `    branches: [${JSON.stringify(branch)}]`,
    '',
    'permissions:',
    '  contents: read',
    '',
    'jobs:',
    '  build:',
    '    runs-on: ubuntu-24.04',
    '    timeout-minutes: 20',
    '    outputs:',
    '      version: ${{ steps.version.outputs.version }}',
    '    steps:',
    `      - uses: ${pinned(source, 'actions/checkout')}`,
    '        with:',
    '          persist-credentials: false',
    ...(node === null ? [] : [`      - uses: ${pinned(source, 'actions/setup-node')}`, '        with:', '          node-version: 24', '          package-manager-cache: false', ...steps(node)]),
    '      - id: version',
    '        # The run number only rises, so a later build is a later version. After a release, raise the version that it begins with.',
    `        run: echo "version=${node?.version == null ? '0.1.0' : `$(node -p "require('./package.json').version.split('-')[0]")`}-rc.$GITHUB_RUN_NUMBER" >> "$GITHUB_OUTPUT"`,
    ...(build === null ? [] : ['      - run: |', ...build.command.split('\n').map((line) => `          ${line}`), '        env:', '          BUILD_VERSION: ${{ steps.version.outputs.version }}']),
    '      - run: |',
    '          mkdir -p release',
    `          ${pack}`,
    '        env:',
    `          ARCHIVE: ${archive}`,
    `      - uses: ${pinned(source, 'actions/upload-artifact')}`,
    '        with:',
    '          name: build',
    '          path: release/',
    '          if-no-files-found: error',
    '          retention-days: 3',
    '',
    '  # A job of its own: the App\'s key is not there while the project\'s own code runs.',
    '  register:',
    '    needs: build',
    '    runs-on: ubuntu-24.04',
    '    timeout-minutes: 10',
    '    environment: sallyport',
    ...(provenance ? ['    permissions:', '      id-token: write        # the identity that is signed with', '      attestations: write    # GitHub keeps a copy'] : ['    permissions: {}']),
    '    steps:',
    `      - uses: ${pinned(source, 'actions/download-artifact')}`,
    '        with:',
    '          name: build',
    '          path: release',
    ...(provenance ? ['      - id: attest', `        uses: ${attest}`, '        with:', `          subject-path: release/${archive.replace('steps.version', 'needs.build')}`] : []),
    `      - uses: ${pinned(source, 'sallyport/sallyport/packages/actions/register-build')}`,
    '        with:',
    '          app-id: ${{ secrets.SALLYPORT_APP_ID }}',
    '          app-key: ${{ secrets.SALLYPORT_APP_KEY }}',
    '          ledger-key: ${{ secrets.SALLYPORT_LEDGER_KEY }}',
    '          version: ${{ needs.build.outputs.version }}',
    `          files: release/${archive.replace('steps.version', 'needs.build')}`,
    ...(provenance ? ['          provenance: ${{ steps.attest.outputs.bundle-path }}'] : []),
  ].join('\n')}\n`;
}

/** It runs in the job that registers, which runs none of the project's code: what signs cannot be told by it what to sign. */
const attest = 'actions/attest-build-provenance@977bb373ede98d70efdf65b84cb5f73e068dcc2a # v3.0.0';

const steps = ({ manager, locked, scripts }: NonNullable<Answers['node']>): readonly string[] => [`      - run: ${install[manager][locked ? 0 : 1]}`, ...(scripts.includes('test') ? [`      - run: ${manager} test`] : [])];

/** `name@commit # version`, as the source has it. */
function pinned(source: string, name: string): string {
  const line = source.split('\n').find((one) => one.includes(`uses: ${name}@`));
  if (line === undefined) throw new Error(`The build workflow does not use ${name}.`);
  return line.slice(line.indexOf('uses: ') + 'uses: '.length);
}

const shellWord = (text: string): string => (/^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);
