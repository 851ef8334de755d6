import type { Permissions } from './workflow-file.ts';

const names = ['actions', 'attestations', 'checks', 'contents', 'deployments', 'discussions', 'issues', 'packages', 'pages', 'pull_requests', 'repository_projects', 'security_events', 'statuses'];

/**
 * The permission map of a job's token: the job's `permissions`, else the workflow's, else read on contents.
 * Runs for a fork's pull request never write. Names as in the REST interface (`pull_requests`).
 * Source: GitHub, "Automatic token authentication", November 2026, with the restricted default.
 */
export function tokenPermissions(workflow: Permissions, job: Permissions, fork: boolean): Readonly<Record<string, string>> {
  const declared = job ?? workflow ?? { contents: 'read' as const };
  const asked = typeof declared === 'string' ? Object.fromEntries(names.map((name) => [name, declared === 'read-all' ? 'read' : 'write'])) : declared;
  const granted = Object.entries(asked).filter(([, level]) => level !== 'none').map(([name, level]) => [name.replaceAll('-', '_'), fork ? 'read' : level] as const);
  return { metadata: 'read', ...Object.fromEntries(granted) };
}
