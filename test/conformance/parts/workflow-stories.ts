import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { seenIn } from './story.ts';
import type { PartStory } from './story.ts';
import { inexactVersions, readPackages, readWorkflows, runsOfForeignCode, scriptsWithExpressions, unlockedPackages, unpinnedActions, yamlReader } from './workflow-check.ts';
import type { TextFile } from './workflow-check.ts';

const pinned = 'a'.repeat(40);
const workflowOf = (on: string, step: string): TextFile => ({ path: 'workflows/planted.yml', text: `name: planted\non: ${on}\npermissions: {}\njobs:\n  it:\n    runs-on: ubuntu-24.04\n    steps:\n      - ${step}\n` });

/** Looks over our own files: with a planted one that does what must not be done, and without. */
export function workflowStories(root: string): readonly PartStory[] {
  const load = yamlReader(root);
  const [workflows, packages] = [readWorkflows(root), readPackages(root)];
  type Check = (files: readonly TextFile[]) => readonly string[];
  const planted = (id: string, name: string, says: string, check: Check, files: readonly TextFile[], file: TextFile): PartStory => ({ id, name, says, play: (attacked) => seenIn(check(attacked ? [...files, file] : files)) });
  const inWorkflows = (id: string, name: string, says: string, check: (files: readonly TextFile[], read: typeof load) => readonly string[], file: TextFile): PartStory => planted(id, name, says, (files) => check(files, load), workflows, file);
  const manifest = (version: string): TextFile => ({ path: 'packages/planted/package.json', text: JSON.stringify({ dependencies: { planted: version } }) });
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
  return [
    inWorkflows('X01.1', 'A workflow puts the title of a pull request into a script.', 'planted.yml it step 1 puts an expression', scriptsWithExpressions, workflowOf('pull_request', 'run: echo "${{ github.event.pull_request.title }}"')),
    inWorkflows('X01.2', 'A workflow puts an input of a person into a script.', 'planted.yml it step 1 puts an expression', scriptsWithExpressions, workflowOf('workflow_dispatch', 'run: deploy ${{ inputs.version }}')),
    inWorkflows('X01.3', 'A workflow puts a comment into a script of github-script.', 'planted.yml it step 1 puts an expression', scriptsWithExpressions, workflowOf('issue_comment', `{ uses: actions/github-script@${pinned}, with: { script: "log('\${{ github.event.comment.body }}')" } }`)),
    inWorkflows('X01.4', 'One of our actions puts an input into a script.', 'planted/action.yml runs step 1 puts an expression', scriptsWithExpressions, { path: 'packages/actions/planted/action.yml', text: 'name: planted\nruns:\n  using: composite\n  steps:\n    - { shell: sh, run: "echo ${{ inputs.name }}" }\n' }),
    inWorkflows('X03.1', 'A workflow that runs with secrets checks out the pull request.', 'planted.yml it step 1 takes code', runsOfForeignCode, workflowOf('pull_request_target', `{ uses: actions/checkout@${pinned}, with: { ref: "\${{ github.event.pull_request.head.sha }}" } }`)),
    inWorkflows('X03.2', 'A workflow that follows an untrusted run takes what that run made.', 'planted.yml it step 1 takes code', runsOfForeignCode, workflowOf('{ workflow_run: { workflows: [ci] } }', `uses: actions/download-artifact@${pinned}`)),
    inWorkflows('X03.3', 'A workflow that comments start runs a script.', 'planted.yml it step 1 takes code', runsOfForeignCode, workflowOf('{ issue_comment: { types: [created] } }', 'run: sh test.sh')),
    inWorkflows('X04.1', 'A workflow uses an action by its tag.', 'actions/checkout@v5, which is no commit', unpinnedActions, workflowOf('push', 'uses: actions/checkout@v5')),
    inWorkflows('X04.2', 'A workflow uses an action by the beginning of a commit.', 'which is no commit', unpinnedActions, workflowOf('push', `uses: actions/checkout@${pinned.slice(0, 12)}`)),
    planted('X04.3', 'A package asks for a range of versions.', 'planted ^1.0.0, which is no exact version', inexactVersions, packages, manifest('^1.0.0')),
    planted('X04.4', 'A package asks for an address instead of a version.', 'which is no exact version', inexactVersions, packages, manifest('github:evil/planted')),
    { id: 'X04.5', name: 'The lock file loses the digest of a package.', says: 'has no digest of node_modules/zod', play: (attacked) => seenIn(unlockedPackages({ path: 'package-lock.json', text: attacked ? withoutDigest(lock, 'node_modules/zod') : lock })) },
  ];
}

function withoutDigest(lock: string, path: string): string {
  const read = JSON.parse(lock) as { readonly packages: Readonly<Record<string, { integrity?: string }>> };
  const found = read.packages[path];
  if (found?.integrity === undefined) throw new Error(`The lock file has no ${path}.`);
  delete found.integrity;
  return JSON.stringify(read);
}
