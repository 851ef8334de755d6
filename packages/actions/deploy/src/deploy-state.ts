import * as core from '@actions/core';
import * as z from 'zod';

/** What the main step tells the post step; absent when the main step refused. */
const deployState = z.strictObject({ environment: z.string(), number: z.int(), version: z.string(), digest: z.string(), checkpoint: z.string() });
export type DeployState = z.infer<typeof deployState>;

export function saveDeploy(state: DeployState): void {
  core.saveState('deploy', JSON.stringify(state));
}

export function loadDeploy(): DeployState | null {
  const text = core.getState('deploy');
  return text === '' ? null : deployState.parse(JSON.parse(text));
}
