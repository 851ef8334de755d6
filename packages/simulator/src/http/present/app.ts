import { toSeconds } from '../../git/objects.ts';
import type { App, User } from '../../world/world.ts';
import { nodeId, type Schemas } from './schemas.ts';
import { presentUser } from './user.ts';

/** The stage hand's Apps and their installations have no history; one old instant serves for all. */
const registeredAt = '2020-01-01T00:00:00Z';

export function presentApp(url: string, app: App, owner: User = app.bot): NonNullable<Schemas['integration']> {
  const { registration } = app;
  const at = registration === undefined ? registeredAt : toSeconds(registration.createdAt);
  return {
    id: app.id,
    slug: app.slug,
    node_id: nodeId('App', app.id),
    owner: presentUser(url, owner),
    name: registration?.name ?? (app.slug === 'github-actions' ? 'GitHub Actions' : app.slug),
    description: registration?.description ?? '',
    external_url: registration?.externalUrl ?? `${url}/apps/${app.slug}`,
    html_url: `${url}/apps/${app.slug}`,
    created_at: at,
    updated_at: at,
    permissions: { ...app.permissions },
    events: [...(registration?.events ?? [])],
    ...(registration === undefined ? {} : { client_id: registration.clientId }),
  };
}

export function presentInstallation(url: string, app: App, account: User): Schemas['installation'] {
  const { installation } = app;
  const at = installation ? toSeconds(installation.createdAt) : registeredAt;
  const self = `${url}/app/installations/${String(app.installationId)}`;
  return {
    id: app.installationId,
    account: presentUser(url, account),
    repository_selection: installation && installation.repositories !== 'all' ? 'selected' : 'all',
    access_tokens_url: `${self}/access_tokens`,
    repositories_url: `${url}/installation/repositories`,
    html_url: `${url}/settings/installations/${String(app.installationId)}`,
    app_id: app.id,
    target_id: account.id,
    target_type: account.type,
    permissions: { ...app.permissions },
    events: [...(app.registration?.events ?? [])],
    created_at: at,
    updated_at: at,
    single_file_name: null,
    app_slug: app.slug,
    suspended_by: null,
    suspended_at: null,
  };
}
