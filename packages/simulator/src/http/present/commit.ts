import { userOfEmail } from '../../git/identity.ts';
import { toSeconds, type CommitObject, type GitPerson } from '../../git/objects.ts';
import type { Repository, World } from '../../world/world.ts';
import { repositoryPage, repositoryUrl } from './repository.ts';
import { nodeId, type Schemas } from './schemas.ts';
import { presentUser } from './user.ts';

/** Signatures are not made but told: `repository.signatures` says what GitHub says of them. */
function verificationOf(repository: Repository, sha: string): Schemas['verification'] {
  const said = repository.signatures.get(sha);
  if (said === undefined) return { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null };
  return { verified: said.verified, reason: said.reason, signature: '-----BEGIN PGP SIGNATURE-----\nsimulated\n-----END PGP SIGNATURE-----', payload: `simulated ${sha}`, verified_at: said.verified ? toSeconds(said.verifiedAt) : null };
}

export const gitUser = (person: GitPerson): { name: string; email: string; date: string } => ({ name: person.name, email: person.email, date: person.date });

/** The REST form: git's data with the accounts whose verified addresses it carries. */
export function presentCommit(world: World, url: string, repository: Repository, commit: CommitObject): Schemas['commit'] {
  const self = repositoryUrl(url, repository);
  const page = repositoryPage(url, repository);
  const account = (person: GitPerson): Schemas['simple-user'] | null => {
    const user = userOfEmail(world, person.email);
    return user === null ? null : presentUser(url, user);
  };
  return {
    url: `${self}/commits/${commit.sha}`,
    sha: commit.sha,
    node_id: nodeId('Commit', commit.sha),
    html_url: `${page}/commit/${commit.sha}`,
    comments_url: `${self}/commits/${commit.sha}/comments`,
    commit: {
      url: `${self}/git/commits/${commit.sha}`,
      author: gitUser(commit.author),
      committer: gitUser(commit.committer),
      message: commit.message,
      comment_count: 0,
      tree: { sha: commit.tree, url: `${self}/git/trees/${commit.tree}` },
      verification: verificationOf(repository, commit.sha),
    },
    author: account(commit.author),
    committer: account(commit.committer),
    parents: parents(self, page, commit),
  };
}

/** The git data form. */
export function presentGitCommit(url: string, repository: Repository, commit: CommitObject): Schemas['git-commit'] {
  const self = repositoryUrl(url, repository);
  const page = repositoryPage(url, repository);
  return {
    sha: commit.sha,
    node_id: nodeId('Commit', commit.sha),
    url: `${self}/git/commits/${commit.sha}`,
    author: gitUser(commit.author),
    committer: gitUser(commit.committer),
    message: commit.message,
    tree: { sha: commit.tree, url: `${self}/git/trees/${commit.tree}` },
    parents: parents(self, page, commit),
    verification: verificationOf(repository, commit.sha),
    html_url: `${page}/commit/${commit.sha}`,
  };
}

function parents(self: string, page: string, commit: CommitObject): { sha: string; url: string; html_url: string }[] {
  return commit.parents.map((sha) => ({ sha, url: `${self}/commits/${sha}`, html_url: `${page}/commit/${sha}` }));
}
