/**
 * Imports go one way (ARCHITECTURE.md): policy, calendar <- gates <- pipeline <- github; ledger stands beside gates and
 * knows no GitHub; actions, cli and simulator compose. The pure packages import nothing that can reach the outside.
 */
const packages = ['policy', 'calendar', 'gates', 'ledger', 'pipeline', 'github', 'simulator', 'actions', 'cli'];

const mayImport = {
  policy: [],
  calendar: ['policy'],
  gates: ['policy', 'calendar'],
  ledger: [],
  pipeline: ['policy', 'calendar', 'gates', 'ledger'],
  github: ['policy', 'gates', 'ledger', 'pipeline'],
  simulator: [],
  actions: ['policy', 'calendar', 'gates', 'ledger', 'pipeline', 'github'],
  cli: ['policy', 'calendar', 'gates', 'ledger', 'pipeline', 'github', 'simulator'],
};

/** Tests may use more than what they test. */
const production = '(?<!\\.(test|fixture))\\.ts$';

/** Everything of Node's that is not mere computation. */
const computation = ['assert', 'buffer', 'crypto', 'punycode', 'querystring', 'string_decoder', 'url', 'util'];

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', comment: 'Two files that need each other, be it for a type, are one concept or three.', from: {}, to: { circular: true } },
    { name: 'no-unresolved', severity: 'error', comment: 'Type-only imports are the compiler\'s to resolve.', from: { pathNot: '\\.test\\.ts$' }, to: { couldNotResolve: true, pathNot: '^(picocolors/types\\.js|@octokit/openapi-types)$' } },
    ...packages.map((name) => ({
      name: `one-way-${name}`,
      severity: 'error',
      comment: `${name} may import ${mayImport[name].join(', ') || 'no other package of ours'}.`,
      from: { path: `^packages/${name}/.*${production}` },
      to: { path: '^packages/', pathNot: [`^packages/${name}/`, ...mayImport[name].map((other) => `^packages/${other}/src/(index|testing(/index)?)\\.ts$`), ...(mayImport[name].includes('github') ? ['^packages/github/src/ask-early\\.ts$'] : [])] },
    })),
    {
      name: 'pure-packages-do-no-io',
      severity: 'error',
      comment: 'policy, calendar, gates and ledger compute; the outside is gathered before and applied after.',
      from: { path: `^packages/(policy|calendar|gates|ledger)/src/.*${production}` },
      to: { dependencyTypes: ['core'], pathNot: `^(node:)?(${computation.join('|')})$` },
    },
    {
      name: 'pure-packages-use-pure-libraries',
      severity: 'error',
      from: { path: `^packages/(policy|calendar|gates|ledger)/src/.*${production}` },
      to: { path: 'node_modules/(@octokit|@actions|@hono|hono|zx|commander|picocolors|vitest|fast-check|esbuild)(/|$)' },
    },
    {
      name: 'zx-in-scripts-only',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: 'node_modules/zx/' },
    },
    { name: 'octokit-behind-ports', severity: 'error', comment: 'GitHub is reached through packages/github.', from: { path: '^packages/(?!github/)', pathNot: 'simulator/src/(http|workflows|events|world|rules|auth)' }, to: { path: 'node_modules/@octokit/', dependencyTypesNot: ['type-only'] } },
  ],
  options: {
    doNotFollow: { path: ['node_modules', 'dist'] },
    exclude: { path: ['(^|/)dist/', '/assets/'] },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { conditionNames: ['@sallyport/source', 'import', 'node', 'default'], exportsFields: ['exports'], extensions: ['.ts', '.mjs', '.js', '.json'] },
  },
};
