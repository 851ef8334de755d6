import type { Answers } from './answers.ts';
import { draftBuild } from './draft-build.ts';
import { repin } from './pins.ts';

/** The workflow files that come with this version, by their path among them, e.g. `gatekeeper.yml`, `callers/audit.yml`. */
export type Sources = ReadonlyMap<string, string>;

export type Draft = { /** From the top of the repository. */ readonly path: string; readonly text: string };

/** Every workflow that a repository needs beside its tests. Throws when a source is not of the shape that this version came with. */
export function draftWorkflows(sources: Sources, answers: Answers): readonly Draft[] {
  const { branch, testWorkflows, deploy, node, release } = answers;
  const source = (name: string): string => {
    const text = sources.get(name);
    if (text === undefined) throw new Error(`The workflow ${name} does not come with this version.`);
    return text;
  };
  const waits = testWorkflows.map(({ name }) => JSON.stringify(name)).join(', ');
  const into = (name: string, text: string): Draft => ({ path: `.github/workflows/${name}`, text });
  return [
    into('merge-gate.yml', replace(source('merge-gate.yml'), 'workflows: [ci, review-seen]', `workflows: [${waits}, review-seen]`)),
    into('review-seen.yml', source('review-seen.yml')),
    into('gatekeeper.yml', source('gatekeeper.yml')),
    into('build.yml', draftBuild(source('build.yml'), answers, branch)),
    into('deploy.yml', replace(node === null ? withoutNode(source('deploy.yml')) : source('deploy.yml'), '- run: node deploy/deploy.mjs "$ARCHIVE" "$VERSION" "$ENVIRONMENT"', `- run: ${asBlock(deploy, 10)}`)),
    into('audit.yml', release.version === null ? source('callers/audit.yml') : replace(source('callers/audit.yml'), 'version: 0.0.0 # that release', `version: ${release.version}`)),
  ].map((draft) => (release.pin === null ? draft : { ...draft, text: repin(draft.text, release.pin) }));
}

/** As the workflow files name Sallyport that come from no release. */
export const unpinned = `@${'0'.repeat(40)}`;

/** A deploy that needs no Node does not install it. */
const withoutNode = (text: string): string => text.replace(/ {6}- uses: actions\/setup-node@[^\n]*\n {8}with:\n {10}node-version: 24\n {10}package-manager-cache: false\n/, '');

/** Whatever a command holds, it stays one command: the block is taken word for word. */
export const asBlock = (command: string, indent: number): string => `|\n${command.split('\n').map((line) => `${' '.repeat(indent)}${line}`).join('\n')}`;

/** Replaces what has to be there exactly once. */
export function replace(text: string, old: string, now: string): string {
  const parts = text.split(old);
  if (parts.length !== 2) throw new Error(`The workflow holds "${old}" ${parts.length - 1} times instead of once.`);
  return parts.join(now);
}
