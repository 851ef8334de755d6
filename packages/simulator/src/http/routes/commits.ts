import type { Hono } from 'hono';
import type { SimulatorContext } from '../../context.ts';
import { emptyTree, listChanges, mergeBase, type FileChange } from '../../git/diff.ts';
import { isAncestor, readCommit, readCommits, resolveCommit, revList, type CommitObject } from '../../git/objects.ts';
import { listPullCommits } from '../../pulls/pull-git.ts';
import type { Pull, Repository } from '../../world/world.ts';
import { GitHubError, notFound } from '../github-error.ts';
import { pageOf } from '../pagination.ts';
import { presentCommit } from '../present/commit.ts';
import { presentFileChange } from '../present/diff.ts';
import { presentSimplePull } from '../present/pull.ts';
import { repositoryPage, repositoryUrl } from '../present/repository.ts';
import type { Schemas } from '../present/schemas.ts';
import { repositoryOf, type Request, type SimulatorEnv } from '../request.ts';

const mostFiles = 300;
const mostUnpaged = 250;

/** Commits, comparisons, and the pull requests a commit came with. */
export function registerCommits(app: Hono<SimulatorEnv>, context: SimulatorContext): void {
  const url = (): string => context.url();

  app.get('/repos/:owner/:repo/commits', async (c) => {
    const repository = repositoryOf(c, context);
    const start = await resolveCommit(repository.objects, c.req.query('sha') ?? repository.defaultBranch);
    if (start === null) throw notFound();
    const shas = await revList(repository.objects, [...limits(c), start, '--', ...(c.req.query('path') === undefined ? [] : [c.req.query('path') ?? ''])]);
    const page = await readCommits(repository.objects, pageOf(c, shas, url()));
    return c.json(page.map((commit) => presentCommit(context.world, url(), repository, commit)));
  });

  app.get('/repos/:owner/:repo/commits/:sha/pulls', async (c) => {
    const repository = repositoryOf(c, context);
    const sha = await resolveCommit(repository.objects, c.req.param('sha'));
    if (sha === null) throw noCommit(c.req.param('sha'));
    const pulls = await pullsOfCommit(repository, sha);
    return c.json(
      pageOf(c, pulls, url()).flatMap((pull) => {
        const issue = repository.issues.get(pull.number);
        return issue === undefined ? [] : [presentSimplePull(context.world, url(), repository, pull, issue)];
      }),
    );
  });

  app.get('/repos/:owner/:repo/commits/:ref{.+}', async (c, next) => {
    // Checks and statuses of a ref are served by the workflows' routes.
    if (/\/(check-runs|check-suites|status|statuses)$/.test(c.req.path)) return next();
    const repository = repositoryOf(c, context);
    const sha = await resolveCommit(repository.objects, c.req.param('ref'));
    const commit = sha === null ? null : await readCommit(repository.objects, sha);
    if (commit === null) throw noCommit(c.req.param('ref'));
    const changes = await listChanges(repository.objects, commit.parents[0] ?? emptyTree, commit.sha);
    const files = pageOf(c, changes, url()).map((change) => presentFileChange(url(), repository, commit.sha, change));
    return c.json({ ...presentCommit(context.world, url(), repository, commit), stats: statsOf(changes), files });
  });

  app.get('/repos/:owner/:repo/compare/:basehead{.+}', async (c) => {
    const repository = repositoryOf(c, context);
    const [baseName = '', headName = '', ...rest] = c.req.param('basehead').split('...');
    const base = await resolveCommit(repository.objects, baseName);
    const head = await resolveCommit(repository.objects, headName);
    if (base === null || head === null || rest.length > 0) throw notFound();
    return c.json(await compare(c, context, repository, base, head));
  });
}

function limits(c: Request): readonly string[] {
  const since = c.req.query('since');
  const until = c.req.query('until');
  const author = c.req.query('author');
  return [...(since === undefined ? [] : [`--since=${since}`]), ...(until === undefined ? [] : [`--until=${until}`]), ...(author === undefined ? [] : [`--author=${author}`])];
}

const noCommit = (name: string): GitHubError => new GitHubError(422, `No commit found for SHA: ${name}`);

/** On the default branch: the merged pull requests the commit came with; elsewhere also the open ones that hold it. */
async function pullsOfCommit(repository: Repository, sha: string): Promise<readonly Pull[]> {
  const tip = await resolveCommit(repository.objects, repository.defaultBranch);
  const landed = tip !== null && (await isAncestor(repository.objects, sha, tip));
  const found: Pull[] = [];
  for (const pull of repository.pulls.values()) {
    if (landed ? pull.merged === null : pull.state === 'closed' && pull.merged === null) continue;
    if (pull.merged?.sha === sha || (await listPullCommits(repository, pull)).includes(sha)) found.push(pull);
  }
  return found;
}

function statsOf(changes: readonly FileChange[]): { additions: number; deletions: number; total: number } {
  const additions = changes.reduce((sum, change) => sum + change.additions, 0);
  const deletions = changes.reduce((sum, change) => sum + change.deletions, 0);
  return { additions, deletions, total: additions + deletions };
}

async function compare(c: Request, context: SimulatorContext, repository: Repository, base: string, head: string): Promise<Schemas['commit-comparison']> {
  const url = context.url();
  const { objects } = repository;
  const fork = await mergeBase(objects, base, head);
  if (fork === null) throw new GitHubError(404, `No common ancestor between ${base} and ${head}.`);
  const ahead = await revList(objects, [`${base}..${head}`], true);
  const behind = await revList(objects, [`${head}..${base}`]);
  const present = (commit: CommitObject): Schemas['commit'] => presentCommit(context.world, url, repository, commit);
  const [baseCommit, forkCommit] = await readCommits(objects, [base, fork]);
  if (baseCommit === undefined || forkCommit === undefined) throw notFound();
  const commits = await readCommits(objects, comparedPage(c, ahead, url));
  const files = (c.req.query('page') ?? '1') === '1' ? (await listChanges(objects, fork, head)).slice(0, mostFiles) : [];
  const page = `${repositoryPage(url, repository)}/compare/${base}...${head}`;
  return {
    url: `${repositoryUrl(url, repository)}/compare/${base}...${head}`,
    html_url: page,
    permalink_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    base_commit: present(baseCommit),
    merge_base_commit: present(forkCommit),
    status: standing(ahead.length, behind.length),
    ahead_by: ahead.length,
    behind_by: behind.length,
    total_commits: ahead.length,
    commits: commits.map(present),
    files: files.map((change) => presentFileChange(url, repository, head, change)),
  };
}

/** Without a paging parameter GitHub gives the newest 250 at once (REST, "Compare two commits", November 2026). */
function comparedPage(c: Request, ahead: readonly string[], url: string): readonly string[] {
  const { page, per_page: size } = c.req.query();
  return page === undefined && size === undefined ? ahead.slice(-mostUnpaged) : pageOf(c, ahead, url);
}

function standing(ahead: number, behind: number): 'diverged' | 'ahead' | 'behind' | 'identical' {
  if (ahead > 0) return behind > 0 ? 'diverged' : 'ahead';
  return behind > 0 ? 'behind' : 'identical';
}
