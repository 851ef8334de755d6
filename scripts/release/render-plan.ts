import type { BuiltRelease } from './build-release.ts';
import { subjectsOf } from './statement.ts';
import type { ReleasePlan, Step } from './plan-release.ts';

type Shown = { readonly release: BuiltRelease; readonly plan: ReleasePlan; readonly remote: string; /** Why it may not be released from here. */ readonly problems: readonly string[]; readonly files: readonly string[] };

/** The plan for people: what was built, what happens in which order, what is in the way. */
export function renderPlan({ release, plan, remote, problems, files }: Shown): string {
  const inTheWay = [...problems, ...plan.problems];
  return [
    `Sallyport ${release.version} from ${release.source}`,
    `  release commit ${release.commit} (that commit with the bundles in ${release.bundles.length} files)`,
    ...subjectsOf(release).map(({ name, sha256 }) => `  ${sha256}  ${name}`),
    '',
    'Written:',
    ...files.map((file) => `  ${file}`),
    '',
    'Plan:',
    ...plan.steps.map((step, index) => `  ${index + 1}. ${describeStep(step, remote)}`),
    ...(inTheWay.length === 0 ? [] : ['', 'In the way:', ...inTheWay.map((problem) => `  - ${problem.replaceAll('\n', '\n    ')}`)]),
  ].join('\n');
}

/** One step as a sentence. */
export function describeStep(step: Step, remote: string): string {
  const done = step.state === 'done' ? ' (done already)' : '';
  switch (step.step) {
    case 'push-tag':
      return `push the tag ${step.tag} on ${step.commit} to ${remote}${done}`;
    case 'publish':
      return `publish ${step.name}@${step.version} as ${step.distTag}${done}`;
    case 'move-tag':
      if (step.state === 'prerelease') return `leave ${step.tag} where it is: this is a prerelease`;
      if (step.state === 'not-the-newest') return `leave ${step.tag} where it is: a newer version of it is released`;
      return `${step.from === null ? 'make' : 'move'} the tag ${step.tag}${step.from === null ? ' on' : `, forced, from ${step.from} to`} ${step.commit} at ${remote}${done}`;
    default:
      return step satisfies never;
  }
}
