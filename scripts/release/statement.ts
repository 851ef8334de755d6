import type { BuiltRelease, Digest } from './build-release.ts';

const repository = 'https://github.com/sallyport/sallyport';

/** Everything of the release that has bytes of its own: the bundles as they lie in the tag, and the tarballs. In the order of their names. */
export const subjectsOf = ({ bundles, packages }: Pick<BuiltRelease, 'bundles' | 'packages'>): readonly Digest[] =>
  [...bundles, ...packages.map(({ tarball, sha256 }) => ({ name: tarball.split(/[\\/]/).at(-1) ?? '', sha256 }))].sort((a, b) => (a.name < b.name ? -1 : 1));

/** As `sha256sum --check` and GitHub's attest action read it. */
export const checksumsOf = (subjects: readonly Digest[]): string => subjects.map(({ name, sha256 }) => `${sha256}  ${name}\n`).join('');

/**
 * What was built from what, by whom: an in-toto statement (v1) with SLSA provenance (v1) as its predicate, as JSON. It is not signed: a signature
 * comes from GitHub's attest action, which makes its own statement over the same digests, and from `npm publish --provenance`.
 */
export function statementOf(release: BuiltRelease, environment: Readonly<Record<string, string | undefined>>): string {
  const builder = builderOf(environment);
  return `${JSON.stringify(
    {
      _type: 'https://in-toto.io/Statement/v1',
      subject: [
        ...subjectsOf(release).map(({ name, sha256 }) => ({ name, digest: { sha256 } })),
        { name: `git+${repository}@refs/tags/v${release.version}`, digest: { gitCommit: release.commit } },
      ],
      predicateType: 'https://slsa.dev/provenance/v1',
      predicate: {
        buildDefinition: {
          buildType: `${repository}/blob/main/docs/releasing.md#how-it-is-built`,
          externalParameters: { version: release.version },
          internalParameters: { node: process.versions.node },
          resolvedDependencies: [
            { uri: `git+${repository}`, digest: { gitCommit: release.source } },
            { uri: `git+${repository}#${release.lockFile.name}`, name: release.lockFile.name, digest: { sha256: release.lockFile.sha256 } },
          ],
        },
        runDetails: { builder: { id: builder.id }, ...(builder.invocation === null ? {} : { metadata: { invocationId: builder.invocation } }) },
      },
    },
    null,
    2,
  )}\n`;
}

/** The workflow where one runs; else somebody's machine, which vouches for nothing, and says so. */
function builderOf(environment: Readonly<Record<string, string | undefined>>): { readonly id: string; readonly invocation: string | null } {
  const { GITHUB_ACTIONS: actions, GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: name, GITHUB_WORKFLOW_REF: workflow, GITHUB_RUN_ID: run, GITHUB_RUN_ATTEMPT: attempt } = environment;
  if (actions !== 'true' || [server, name, workflow, run].some((one) => one === undefined)) return { id: `${repository}/blob/main/docs/releasing.md#by-hand`, invocation: null };
  return { id: `${server}/${workflow}`, invocation: `${server}/${name}/actions/runs/${run}/attempts/${attempt ?? '1'}` };
}
