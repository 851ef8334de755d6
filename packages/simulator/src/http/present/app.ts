import type { App, User } from '../../world/world.ts';
import { nodeId, type Schemas } from './schemas.ts';
import { presentUser } from './user.ts';

/** Apps and their installations have no history in the simulator; one old instant serves for all. */
const registeredAt = '2020-01-01T00:00:00Z';

export function presentApp(url: string, app: App): NonNullable<Schemas['integration']> {
  return {
    id: app.id,
    slug: app.slug,
    node_id: nodeId('App', app.id),
    owner: presentUser(url, app.bot),
    name: app.slug === 'github-actions' ? 'GitHub Actions' : app.slug,
    description: '',
    external_url: `${url}/apps/${app.slug}`,
    html_url: `${url}/apps/${app.slug}`,
    created_at: registeredAt,
    updated_at: registeredAt,
    permissions: { ...app.permissions },
    events: [],
  };
}

export function presentInstallation(url: string, app: App, account: User): Schemas['installation'] {
  const self = `${url}/app/installations/${String(app.installationId)}`;
  return {
    id: app.installationId,
    account: presentUser(url, account),
    repository_selection: 'all',
    access_tokens_url: `${self}/access_tokens`,
    repositories_url: `${url}/installation/repositories`,
    html_url: `${url}/settings/installations/${String(app.installationId)}`,
    app_id: app.id,
    target_id: account.id,
    target_type: account.type,
    permissions: { ...app.permissions },
    events: [],
    created_at: registeredAt,
    updated_at: registeredAt,
    single_file_name: null,
    app_slug: app.slug,
    suspended_by: null,
    suspended_at: null,
  };
}
