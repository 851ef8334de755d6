import type { Exchange } from '../http/exchange.ts';
import type { Finding } from './mismatch.ts';

/** A known difference between what the simulator does and what GitHub's description says. */
export type Exception = {
  readonly name: string;
  /** Why the description, and not the simulator, is wrong or silent here. */
  readonly reason: string;
  covers(exchange: Exchange, operationId: string | null, finding: Finding): boolean;
};

const environmentOperations = new Set(['repos/get-all-environments', 'repos/get-environment', 'repos/create-or-update-environment']);

const unlistedStatus = /^the description has no status /;

/** Errors every REST route of GitHub can answer with (docs.github.com, "Troubleshooting the REST API", November 2026). */
const errorsOfEveryRoute = new Set([401, 403, 404, 429]);

/**
 * All of them. Whoever adds one says why; `test/contract` fails when one is no longer needed.
 *
 * GitHub's own examples break its schemas for several operations (jobs, activity, collaborator permission, installations), by leaving
 * out properties that are required. Live answers carry those properties, and so do ours: no exception is made for them.
 */
export const exceptions: readonly Exception[] = [
  {
    name: 'git-smart-http',
    reason: 'Fetching and pushing is git\'s own protocol; the description covers the REST interface only.',
    covers: ({ path }, operationId) => operationId === null && /^\/[^/]+\/[^/]+\.git\//.test(path),
  },
  {
    name: 'errors-of-every-route',
    reason: 'The description lists 401, 403, 404 and 429 for some operations only; GitHub answers them everywhere. The body is still compared with basic-error.',
    covers: ({ status }, operationId, { message }) => operationId !== null && errorsOfEveryRoute.has(status) && unlistedStatus.test(message),
  },
  {
    name: 'unchanged-everywhere',
    reason: 'The description lists 304 for a few operations; GitHub answers If-None-Match on every GET.',
    covers: ({ method, status, requestHeaders, responseBody }, operationId, { message }) =>
      operationId !== null && method === 'GET' && status === 304 && requestHeaders['if-none-match'] !== undefined && responseBody === null && unlistedStatus.test(message),
  },
  {
    name: 'storage-hosts',
    reason: 'Files and logs are answered with 302 to a storage host, which is not part of the REST interface. Here it is a folder of the same host.',
    covers: ({ method, path }, operationId) => operationId === null && method === 'GET' && path.startsWith('/_storage/'),
  },
  {
    name: 'web-pages',
    reason: 'An App is made and installed by a person on GitHub\'s pages; the description covers the REST interface only.',
    covers: ({ path }, operationId) => operationId === null && (path === '/settings/apps/new' || /^\/organizations\/[^/]+\/settings\/apps\/new$/.test(path) || /^\/apps\/[^/]+\/installations\/new$/.test(path)),
  },
  {
    name: 'graphql',
    reason: 'When the text of an issue was changed is told by GraphQL alone; the description covers the REST interface only.',
    covers: ({ method, path }, operationId) => operationId === null && method === 'POST' && path === '/graphql',
  },
  {
    name: 'installation-account',
    reason: 'The list asks for an account that is a user and an enterprise at once (allOf); the single installation says either (anyOf). GitHub\'s own example breaks it.',
    covers: (_exchange, operationId, { direction, instancePath, message }) =>
      operationId === 'apps/list-installations' && direction === 'response' && /^\/\d+\/account$/.test(instancePath) && onlyOfEnterprises.test(message),
  },
  {
    name: 'can-admins-bypass',
    reason: 'The description leaves out whether admins may bypass an environment; GitHub shows it, and takes it (google/go-github, CreateUpdateEnvironment).',
    covers: (_exchange, operationId, { direction, instancePath, message, value }) =>
      environmentOperations.has(operationId ?? '') &&
      ((instancePath.replace(/^\/environments\/\d+(?=\/)/, '') === '/can_admins_bypass' && message === 'is not in the description' && typeof value === 'boolean') ||
        // The property itself is covered above; any other that is too many is found by its own name.
        (direction === 'request' && instancePath === '' && message === 'must NOT have additional properties' && typeof value === 'object' && value !== null && 'can_admins_bypass' in value)),
  },
  {
    name: 'unusable-secret',
    reason: 'The description lists no 422 for storing a secret; GitHub answers it to a key that is not the current one and to a name that may not be.',
    covers: ({ status }, operationId, { message }) => status === 422 && (operationId === 'actions/create-or-update-environment-secret' || operationId === 'actions/create-or-update-repo-secret') && unlistedStatus.test(message),
  },
  {
    name: 'enterprise-owners',
    reason: 'The description does not know enterprise owners among those who may bypass a ruleset; GitHub takes and shows them (integrations/terraform-provider-github#3487, June 2026).',
    covers: (_exchange, operationId, { instancePath, message, value }) =>
      /^repos\/(create|get|update)-repo-ruleset$/.test(operationId ?? '') && /^\/bypass_actors\/\d+\/actor_type$/.test(instancePath) && value === 'EnterpriseOwner' && message.startsWith('must be equal to one of the allowed values'),
  },
  {
    name: 'no-selection',
    reason: 'The description has no 409 here; GitHub answers it while the policy for actions is not `selected` (integrations/terraform-provider-github, resource_github_actions_repository_permissions).',
    covers: ({ status }, operationId, { message }) => status === 409 && (operationId === 'actions/get-allowed-actions-repository' || operationId === 'actions/set-allowed-actions-repository') && unlistedStatus.test(message),
  },
  {
    name: 'created-is-searched',
    reason: 'The description gives `created` of workflow runs the form of one instant; its own words, and GitHub, want a search for a range of them (docs.github.com, "Understanding the search syntax", November 2026).',
    covers: ({ query }, operationId, { direction, instancePath, message }) =>
      operationId === 'actions/list-workflow-runs' && direction === 'request' && instancePath === 'query/created' && message === 'must match format "date-time"' && searched.test(query['created'] ?? ''),
  },
];

const searched = /^>=\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

/** What is left wrong with a well-formed user; the other two messages follow from the first four. */
const onlyOfEnterprises = /^must (have required property '(name|slug|created_at|updated_at)'|be null|match a schema in anyOf)$/;
