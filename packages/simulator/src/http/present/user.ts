import type { User } from '../../world/world.ts';
import { nodeId, type Schemas } from './schemas.ts';

/** The account GitHub shows in place of one that is gone. */
const ghost: User = { id: 10_137, login: 'ghost', type: 'User', suspended: false };

export function presentUser(url: string, account: User): Schemas['simple-user'] {
  const user = account.deleted === true ? ghost : account;
  const login = encodeURIComponent(user.login);
  const self = `${url}/users/${login}`;
  return {
    login: user.login,
    id: user.id,
    node_id: nodeId('User', user.id),
    avatar_url: `${url}/avatars/u/${String(user.id)}`,
    gravatar_id: '',
    url: self,
    html_url: `${url}/${user.type === 'Bot' ? `apps/${user.login.replace(/\[bot\]$/, '')}` : login}`,
    followers_url: `${self}/followers`,
    following_url: `${self}/following{/other_user}`,
    gists_url: `${self}/gists{/gist_id}`,
    starred_url: `${self}/starred{/owner}{/repo}`,
    subscriptions_url: `${self}/subscriptions`,
    organizations_url: `${self}/orgs`,
    repos_url: `${self}/repos`,
    events_url: `${self}/events{/privacy}`,
    received_events_url: `${self}/received_events`,
    type: user.type,
    site_admin: false,
  };
}

/** The long form, as `/users/{login}` gives it. Names and addresses are not simulated. */
export function presentPublicUser(url: string, user: User): Schemas['public-user'] {
  return {
    ...(presentUser(url, user) as Omit<Schemas['simple-user'], 'name' | 'email' | 'starred_at'>),
    name: null,
    company: null,
    blog: null,
    location: null,
    email: null,
    hireable: null,
    bio: null,
    public_repos: 0,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: '2020-01-01T00:00:00Z',
    updated_at: '2020-01-01T00:00:00Z',
  };
}
