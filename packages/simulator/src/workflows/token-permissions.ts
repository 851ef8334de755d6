import type { ActionsSettings } from '../world/world.ts';
import type { Permissions } from './workflow-file.ts';

const names = ['actions', 'attestations', 'checks', 'contents', 'deployments', 'discussions', 'issues', 'packages', 'pages', 'pull_requests', 'repository_projects', 'security_events', 'statuses'];

/**
 * The permission map of a job's token: the job's `permissions`, else the workflow's, else the repository's default, which is
 * read on contents and packages, or write on everything.
 * Runs for a fork's pull request never write. Names as in the REST interface (`pull_requests`).
 * Source: GitHub, "Automatic token authentication", November 2026.
 */
export function tokenPermissions(workflow: Permissions, job: Permissions, fork: boolean, otherwise: ActionsSettings['defaultToken']): Readonly<Record<string, string>> {
  const declared = job ?? workflow ?? (otherwise === 'write' ? 'write-all' as const : { contents: 'read' as const, packages: 'read' as const });
  const asked = typeof declared === 'string' ? Object.fromEntries(names.map((name) => [name, declared === 'read-all' ? 'read' : 'write'])) : declared;
  const granted = Object.entries(asked).filter(([, level]) => level !== 'none').map(([name, level]) => [name.replaceAll('-', '_'), fork ? 'read' : level] as const);
  return { metadata: 'read', ...Object.fromEntries(granted) };
}
