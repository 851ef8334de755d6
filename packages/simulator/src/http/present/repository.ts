import { toSeconds } from '../../git/objects.ts';
import type { Repository, RoleName, User, World } from '../../world/world.ts';
import { nodeId, type Schemas } from './schemas.ts';
import { presentUser } from './user.ts';

type Links = Pick<Schemas['minimal-repository'], Extract<keyof Schemas['minimal-repository'], `${string}_url`> | 'url'>;

export const repositoryUrl = (url: string, repository: Repository): string => `${url}/repos/${repository.owner}/${repository.name}`;
export const fullNameOf = (repository: Pick<Repository, 'owner' | 'name'>): string => `${repository.owner}/${repository.name}`;
export const repositoryPage = (url: string, repository: Repository): string => `${url}/${repository.owner}/${repository.name}`;

export function ownerOf(world: World, repository: Repository): User {
  const owner = world.users.get(repository.owner);
  if (owner === undefined) throw new Error(`${repository.owner} is no user of the simulated world.`);
  return owner;
}

/** The short form, used inside other answers. */
export function presentMinimalRepository(world: World, url: string, repository: Repository): Schemas['minimal-repository'] {
  return {
    ...basics(world, url, repository),
    ...links(repositoryUrl(url, repository), repositoryPage(url, repository)),
  };
}

/** The form inside pull requests. */
export function presentRepository(world: World, url: string, repository: Repository): Schemas['repository'] {
  const page = repositoryPage(url, repository);
  return {
    ...basics(world, url, repository),
    ...links(repositoryUrl(url, repository), page),
    ...remotes(page),
    ...counts(repository),
    ...dates(repository),
    license: null,
    default_branch: repository.defaultBranch,
    is_template: false,
    topics: [],
    visibility: repository.visibility,
    archived: repository.archived,
    disabled: false,
    ...features,
  };
}

/** `GET /repos/{owner}/{repo}`; `role` is what the viewer may do there, for a token by its permission on contents. */
export function presentFullRepository(world: World, url: string, repository: Repository, role: RoleName | undefined): Schemas['full-repository'] {
  const rank = ['read', 'triage', 'write', 'maintain', 'admin'].indexOf(role ?? 'read');
  const owner = ownerOf(world, repository);
  return {
    ...(presentRepository(world, url, repository) as Omit<Schemas['repository'], 'pushed_at' | 'created_at' | 'updated_at' | 'code_search_index_status' | 'starred_at' | 'permissions'>),
    ...dates(repository),
    license: null,
    has_discussions: false,
    ...(owner.type === 'Organization' ? { organization: presentUser(url, owner) } : {}),
    permissions: { admin: rank >= 4, maintain: rank >= 3, push: rank >= 2, triage: rank >= 1, pull: true },
    allow_rebase_merge: true,
    allow_squash_merge: true,
    allow_merge_commit: true,
    subscribers_count: 0,
    network_count: 0,
  };
}

function basics(world: World, url: string, repository: Repository): Pick<Schemas['repository'], 'id' | 'node_id' | 'name' | 'full_name' | 'owner' | 'private' | 'description' | 'fork'> {
  return {
    id: repository.id,
    node_id: nodeId('Repository', repository.id),
    name: repository.name,
    full_name: fullNameOf(repository),
    owner: presentUser(url, ownerOf(world, repository)),
    private: repository.visibility === 'private',
    description: null,
    fork: repository.parent !== null,
  };
}

const features = { has_issues: true, has_projects: false, has_wiki: false, has_pages: false, has_downloads: false, has_discussions: false } as const;

function counts(repository: Repository): Pick<Schemas['repository'], 'forks_count' | 'stargazers_count' | 'watchers_count' | 'size' | 'open_issues_count' | 'forks' | 'open_issues' | 'watchers'> {
  const open = [...repository.issues.values()].filter((issue) => issue.state === 'open').length;
  return { forks_count: 0, stargazers_count: 0, watchers_count: 0, size: 0, open_issues_count: open, forks: 0, open_issues: open, watchers: 0 };
}

function dates(repository: Repository): { readonly created_at: string; readonly updated_at: string; readonly pushed_at: string } {
  const latest = repository.activity.at(-1)?.timestamp ?? repository.createdAt;
  return { created_at: toSeconds(repository.createdAt), updated_at: toSeconds(latest), pushed_at: toSeconds(latest) };
}

function remotes(page: string): Pick<Schemas['repository'], 'git_url' | 'ssh_url' | 'clone_url' | 'svn_url' | 'mirror_url' | 'homepage' | 'language'> {
  return { git_url: `${page}.git`, ssh_url: `${page}.git`, clone_url: `${page}.git`, svn_url: page, mirror_url: null, homepage: null, language: null };
}

function links(self: string, page: string): Omit<Links, 'git_url' | 'ssh_url' | 'clone_url' | 'svn_url' | 'mirror_url'> {
  return {
    html_url: page,
    url: self,
    archive_url: `${self}/{archive_format}{/ref}`,
    assignees_url: `${self}/assignees{/user}`,
    blobs_url: `${self}/git/blobs{/sha}`,
    branches_url: `${self}/branches{/branch}`,
    collaborators_url: `${self}/collaborators{/collaborator}`,
    comments_url: `${self}/comments{/number}`,
    commits_url: `${self}/commits{/sha}`,
    compare_url: `${self}/compare/{base}...{head}`,
    contents_url: `${self}/contents/{+path}`,
    contributors_url: `${self}/contributors`,
    deployments_url: `${self}/deployments`,
    downloads_url: `${self}/downloads`,
    events_url: `${self}/events`,
    forks_url: `${self}/forks`,
    git_commits_url: `${self}/git/commits{/sha}`,
    git_refs_url: `${self}/git/refs{/sha}`,
    git_tags_url: `${self}/git/tags{/sha}`,
    hooks_url: `${self}/hooks`,
    issue_comment_url: `${self}/issues/comments{/number}`,
    issue_events_url: `${self}/issues/events{/number}`,
    issues_url: `${self}/issues{/number}`,
    keys_url: `${self}/keys{/key_id}`,
    labels_url: `${self}/labels{/name}`,
    languages_url: `${self}/languages`,
    merges_url: `${self}/merges`,
    milestones_url: `${self}/milestones{/number}`,
    notifications_url: `${self}/notifications{?since,all,participating}`,
    pulls_url: `${self}/pulls{/number}`,
    releases_url: `${self}/releases{/id}`,
    stargazers_url: `${self}/stargazers`,
    statuses_url: `${self}/statuses/{sha}`,
    subscribers_url: `${self}/subscribers`,
    subscription_url: `${self}/subscription`,
    tags_url: `${self}/tags`,
    teams_url: `${self}/teams`,
    trees_url: `${self}/git/trees{/sha}`,
  };
}
