import type { Hono } from 'hono';
import type { SimulatorContext } from '../../context.ts';
import { readCommits } from '../../git/objects.ts';
import { listPullCommits } from '../../pulls/pull-git.ts';
import type { Issue, Pull, Repository } from '../../world/world.ts';
import { pageOf } from '../pagination.ts';
import { presentCommitted, presentStored, presentTimelineComment, presentTimelineReview, type TimelineEntry } from '../present/timeline.ts';
import type { SimulatorEnv } from '../request.ts';
import { issueOf } from './issues.ts';

/** What happened to an issue or pull request, oldest first: stored events, comments, reviews, and the commits git knows of. */
export function registerTimeline(app: Hono<SimulatorEnv>, context: SimulatorContext): void {
  app.get('/repos/:owner/:repo/issues/:number/timeline', async (c) => {
    const { repository, issue } = issueOf(c, context);
    const entries = await gatherTimeline(context.url(), repository, issue);
    return c.json(pageOf(c, entries, context.url()).map((entry) => entry.body));
  });
}

async function gatherTimeline(url: string, repository: Repository, issue: Issue): Promise<readonly TimelineEntry[]> {
  const pull = repository.pulls.get(issue.number);
  const comments = issue.comments.map((comment) => presentTimelineComment(url, repository, issue, comment));
  const rest = pull === undefined ? [] : await gatherPullTimeline(url, repository, pull);
  return [...rest, ...comments].sort((one, other) => one.at - other.at || one.id - other.id);
}

async function gatherPullTimeline(url: string, repository: Repository, pull: Pull): Promise<readonly TimelineEntry[]> {
  const commits = await readCommits(repository.objects, await listPullCommits(repository, pull));
  return [
    ...commits.map((commit) => presentCommitted(url, repository, commit)),
    ...pull.timeline.map((event) => presentStored(url, repository, event)),
    ...pull.reviews.filter((review) => review.state !== 'PENDING').map((review) => presentTimelineReview(url, repository, pull, review)),
  ];
}
