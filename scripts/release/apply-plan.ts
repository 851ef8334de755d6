import type { Git } from './git.ts';
import type { Step } from './plan-release.ts';
import type { Registry } from './registry.ts';
import { describeStep } from './render-plan.ts';

export type Effects = { /** In the checkout that is released from: its remote, with its credentials. */ readonly git: Git; readonly remote: string; /** The clone that holds the objects to push. */ readonly built: string; readonly registry: Registry; readonly progress: (text: string) => void };

/** Carries out what is to do, in order. Each step fails when what it was planned on has changed since; running the release again looks anew. */
export async function applyPlan(steps: readonly Step[], { git, remote, built, registry, progress }: Effects): Promise<void> {
  await fetchObjects(steps, git, built);
  for (const step of steps) {
    if (step.state !== 'to-do') continue;
    progress(describeStep(step, remote));
    switch (step.step) {
      case 'push-tag':
        // Without force, so that a tag which came in between is never replaced.
        await git(['push', '--quiet', remote, `${step.object}:refs/tags/${step.tag}`]);
        break;
      case 'publish':
        await registry.publish(step.tarball, { distTag: step.distTag, dryRun: false });
        break;
      case 'move-tag':
        // The one thing that is forced, and only from the place where it was seen.
        await git(['push', '--quiet', `--force-with-lease=refs/tags/${step.tag}:${step.from ?? ''}`, remote, `${step.commit}:refs/tags/${step.tag}`]);
        break;
      default:
        step satisfies never;
    }
  }
}

/** What is pushed has to be in the checkout that pushes; it gets no name there. */
async function fetchObjects(steps: readonly Step[], git: Git, built: string): Promise<void> {
  for (const step of steps) if (step.step === 'push-tag') await git(['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', '--', built, `refs/tags/${step.tag}`]);
}
