import semver from 'semver';
import type { Git } from './git.ts';

export type RemoteTag = { /** What the tag's name points at: the tag object, or the commit of a lightweight tag. */ readonly object: string; readonly commit: string };
export type RemoteRefs = { /** Head of the branch; null: there is no such branch. */ readonly head: string | null; /** By name, e.g. `v1.2.3`. */ readonly tags: ReadonlyMap<string, RemoteTag> };

/** The branch and the version tags of the remote as they are now, in one request. */
export async function readRemoteRefs(git: Git, remote: string, branch: string): Promise<RemoteRefs> {
  const printed = await git(['ls-remote', '--', remote, `refs/heads/${branch}`, 'refs/tags/v*']);
  const refs = new Map(printed.split('\n').flatMap((line): [string, string][] => {
    const [sha, name] = line.split('\t');
    return sha === undefined || name === undefined ? [] : [[name, sha]];
  }));
  const tags = [...refs].filter(([name]) => name.startsWith('refs/tags/v') && !name.endsWith('^{}')).map(([name, object]) => [name.slice('refs/tags/'.length), { object, commit: refs.get(`${name}^{}`) ?? object }] as const);
  return { head: refs.get(`refs/heads/${branch}`) ?? null, tags: new Map(tags) };
}

/** The versions that have been released, from the tags. */
export const releasedVersions = ({ tags }: RemoteRefs): readonly string[] => [...tags.keys()].map((name) => name.slice(1)).filter((version) => semver.valid(version) === version);
