import type { Hono } from 'hono';
import * as z from 'zod';
import { hasRole, roleOf } from '../../auth/authorize.ts';
import type { SimulatorContext } from '../../context.ts';
import { addEvent } from '../../git/follow-heads.ts';
import { closeIssue, reopenIssue } from '../../pulls/issue-state.ts';
import type { Issue, Repository, RoleName } from '../../world/world.ts';
import { GitHubError, notFound, validationFailed } from '../github-error.ts';
import { pageOf } from '../pagination.ts';
import { labelNamed, presentIssue, presentLabel } from '../present/issue.ts';
import { actingUser, bodyOf, numberOf, repositoryOf, viewerOf, type Request, type SimulatorEnv } from '../request.ts';

const labelNames = z.array(z.union([z.string(), z.object({ name: z.string() }).transform((label) => label.name)]));
const newIssue = z.object({ title: z.coerce.string().min(1), body: z.string().nullish(), labels: labelNames.default([]) });
const changedIssue = z.object({ title: z.coerce.string().min(1).optional(), body: z.string().nullish(), state: z.enum(['open', 'closed']).optional(), labels: labelNames.optional() });
const addedLabels = z.union([z.object({ labels: labelNames }).transform((body) => body.labels), labelNames]);

export function issueOf(c: Request, context: SimulatorContext): { readonly repository: Repository; readonly issue: Issue } {
  const repository = repositoryOf(c, context);
  const issue = repository.issues.get(numberOf(c, 'number'));
  if (issue === undefined) throw notFound();
  return { repository, issue };
}

/** Whether the viewer has at least this role; Apps and jobs got here by their permission. */
export function mayAs(c: Request, repository: Repository, role: RoleName): boolean {
  const viewer = viewerOf(c);
  return viewer.kind !== 'user' || hasRole(roleOf(repository, viewer.user), role);
}

/** Issues and labels; pull requests are issues too. */
export function registerIssues(app: Hono<SimulatorEnv>, context: SimulatorContext): void {
  const url = (): string => context.url();
  const answer = (repository: Repository, issue: Issue): ReturnType<typeof presentIssue> => presentIssue(context.world, url(), repository, issue);

  app.post('/repos/:owner/:repo/issues', (c) => {
    const repository = repositoryOf(c, context);
    const actor = actingUser(c);
    const body = bodyOf(c, newIssue);
    const number = repository.nextNumber;
    repository.nextNumber += 1;
    const at = context.clock.now();
    // GitHub drops labels from people who may not set them, without a word.
    const labels = new Set(mayAs(c, repository, 'triage') ? body.labels : []);
    const issue: Issue = { id: context.nextId(), number, author: actor.user, title: body.title, body: body.body ?? '', state: 'open', labels, assignees: [], createdAt: at, updatedAt: at, closedAt: null, comments: [], isPull: false };
    repository.issues.set(number, issue);
    context.announce(repository, { kind: 'issues', action: 'opened', number }, actor);
    return c.json(answer(repository, issue), 201);
  });

  app.get('/repos/:owner/:repo/issues', (c) => {
    const repository = repositoryOf(c, context);
    return c.json(pageOf(c, listIssues(c, repository), url()).map((issue) => answer(repository, issue)));
  });

  app.get('/repos/:owner/:repo/issues/:number', (c) => {
    const { repository, issue } = issueOf(c, context);
    return c.json(answer(repository, issue));
  });

  app.patch('/repos/:owner/:repo/issues/:number', (c) => {
    const { repository, issue } = issueOf(c, context);
    changeIssue(c, context, repository, issue);
    return c.json(answer(repository, issue));
  });

  for (const [method, locked] of [['PUT', true], ['DELETE', false]] as const) {
    app.on(method, '/repos/:owner/:repo/issues/:number/lock', (c) => {
      const { repository, issue } = issueOf(c, context);
      if (!mayAs(c, repository, 'write')) throw new GitHubError(403, 'Must have write access to Repository.');
      issue.locked = locked;
      return c.body(null, 204);
    });
  }

  app.get('/repos/:owner/:repo/issues/:number/labels', (c) => {
    const { repository, issue } = issueOf(c, context);
    return c.json(pageOf(c, [...issue.labels], url()).map((name) => presentLabel(url(), repository, name)));
  });

  app.post('/repos/:owner/:repo/issues/:number/labels', (c) => {
    const { repository, issue } = issueOf(c, context);
    for (const name of bodyOf(c, addedLabels)) setLabel(c, context, repository, issue, name);
    return c.json([...issue.labels].map((name) => presentLabel(url(), repository, name)));
  });

  app.delete('/repos/:owner/:repo/issues/:number/labels/:name', (c) => {
    const { repository, issue } = issueOf(c, context);
    if (!issue.labels.has(c.req.param('name'))) throw new GitHubError(404, 'Label does not exist');
    unsetLabel(c, context, repository, issue, c.req.param('name'));
    return c.json([...issue.labels].map((name) => presentLabel(url(), repository, name)));
  });
}

function listIssues(c: Request, repository: Repository): readonly Issue[] {
  const state = c.req.query('state') ?? 'open';
  const labels = (c.req.query('labels') ?? '').split(',').filter((name) => name !== '');
  const creator = c.req.query('creator');
  const since = c.req.query('since');
  const sinceAt = since === undefined ? null : Date.parse(since);
  if (sinceAt !== null && Number.isNaN(sinceAt)) throw validationFailed('Issue', 'since', 'invalid');
  const found = [...repository.issues.values()].filter(
    (issue) =>
      (state === 'all' || issue.state === state) &&
      labels.every((name) => issue.labels.has(name)) &&
      (creator === undefined || issue.author.login === creator) &&
      (sinceAt === null || issue.updatedAt >= sinceAt),
  );
  const at = (issue: Issue): number => (c.req.query('sort') === 'updated' ? issue.updatedAt : issue.number);
  return found.sort((one, other) => (c.req.query('direction') === 'asc' ? at(one) - at(other) : at(other) - at(one)));
}

function changeIssue(c: Request, context: SimulatorContext, repository: Repository, issue: Issue): void {
  const body = bodyOf(c, changedIssue);
  const actor = actingUser(c);
  const own = issue.author.id === actor.user.id;
  if (!own && !mayAs(c, repository, 'triage')) throw new GitHubError(403, 'Must have triage access to Repository.');
  if (!own && (body.title !== undefined || body.body !== undefined) && !mayAs(c, repository, 'write')) throw new GitHubError(403, 'Must have write access to Repository.');
  const edited = (body.title !== undefined && body.title !== issue.title) || (body.body !== undefined && (body.body ?? '') !== issue.body);
  if (body.title !== undefined) issue.title = body.title;
  if (body.body !== undefined && (body.body ?? '') !== issue.body) issue.bodyEditedAt = context.clock.now();
  if (body.body !== undefined) issue.body = body.body ?? '';
  if (body.labels !== undefined && mayAs(c, repository, 'triage')) replaceLabels(c, context, repository, issue, body.labels);
  issue.updatedAt = context.clock.now();
  if (body.state === 'closed') closeIssue(context, repository, actor, issue);
  if (body.state === 'open') reopenIssue(context, repository, actor, issue);
  if (edited && !issue.isPull) context.announce(repository, { kind: 'issues', action: 'edited', number: issue.number }, actor);
}

function replaceLabels(c: Request, context: SimulatorContext, repository: Repository, issue: Issue, wanted: readonly string[]): void {
  for (const name of [...issue.labels]) if (!wanted.includes(name)) unsetLabel(c, context, repository, issue, name);
  for (const name of wanted) setLabel(c, context, repository, issue, name);
}

function setLabel(c: Request, context: SimulatorContext, repository: Repository, issue: Issue, name: string): void {
  if (issue.labels.has(name)) return;
  issue.labels.add(name);
  issue.updatedAt = context.clock.now();
  const pull = repository.pulls.get(issue.number);
  if (pull === undefined) context.announce(repository, { kind: 'issues', action: 'labeled', number: issue.number }, actingUser(c));
  else addEvent(context, pull, 'labeled', actingUser(c), { label: { name, color: labelNamed(repository, name).color } });
}

function unsetLabel(c: Request, context: SimulatorContext, repository: Repository, issue: Issue, name: string): void {
  issue.labels.delete(name);
  issue.updatedAt = context.clock.now();
  const pull = repository.pulls.get(issue.number);
  if (pull !== undefined) addEvent(context, pull, 'unlabeled', actingUser(c), { label: { name, color: labelNamed(repository, name).color } });
}
