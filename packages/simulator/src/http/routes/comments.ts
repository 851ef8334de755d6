import type { Hono } from 'hono';
import * as z from 'zod';
import type { SimulatorContext } from '../../context.ts';
import { noteMentions } from '../../pulls/mentions.ts';
import type { Comment, Issue, Reaction, Repository } from '../../world/world.ts';
import { GitHubError, notFound, validationFailed } from '../github-error.ts';
import { pageOf } from '../pagination.ts';
import { presentComment, presentReaction } from '../present/issue.ts';
import { actingUser, bodyOf, numberOf, repositoryOf, type Request, type SimulatorEnv } from '../request.ts';
import { issueOf, mayAs } from './issues.ts';

/** GitHub's limit for one comment. */
const longestBody = 65_536;
const commentBody = z.object({ body: z.string().min(1) });
const newReaction = z.object({ content: z.enum(['+1', '-1', 'laugh', 'confused', 'heart', 'hooray', 'rocket', 'eyes']) });

/** Comments on issues and pull requests. */
export function registerComments(app: Hono<SimulatorEnv>, context: SimulatorContext): void {
  const url = (): string => context.url();

  app.get('/repos/:owner/:repo/issues/:number/comments', (c) => {
    const { repository, issue } = issueOf(c, context);
    return c.json(pageOf(c, issue.comments, url()).map((comment) => presentComment(url(), repository, issue, comment)));
  });

  app.post('/repos/:owner/:repo/issues/:number/comments', (c) => {
    const { repository, issue } = issueOf(c, context);
    if (issue.locked === true && !mayAs(c, repository, 'write')) throw new GitHubError(403, 'Unable to create comment because issue is locked.');
    const actor = actingUser(c);
    const at = context.clock.now();
    const comment: Comment = { id: context.nextId(), user: actor.user, body: textOf(c), createdAt: at, updatedAt: at, reactions: [] };
    issue.comments.push(comment);
    issue.updatedAt = at;
    const pull = repository.pulls.get(issue.number);
    if (pull !== undefined) noteMentions(context, pull, comment.body);
    context.announce(repository, { kind: 'issue_comment', action: 'created', number: issue.number, comment: comment.id }, actor);
    return c.json(presentComment(url(), repository, issue, comment), 201);
  });

  app.patch('/repos/:owner/:repo/issues/comments/:comment', (c) => {
    const { repository, issue, comment } = commentOf(c, context);
    const actor = actingUser(c);
    if (comment.user.id !== actor.user.id && !mayAs(c, repository, 'write')) throw new GitHubError(403, 'Must have write access to Repository.');
    comment.body = textOf(c);
    comment.updatedAt = context.clock.now();
    context.announce(repository, { kind: 'issue_comment', action: 'edited', number: issue.number, comment: comment.id }, actor);
    return c.json(presentComment(url(), repository, issue, comment));
  });

  app.delete('/repos/:owner/:repo/issues/comments/:comment', (c) => {
    const { repository, issue, comment } = commentOf(c, context);
    const actor = actingUser(c);
    if (comment.user.id !== actor.user.id && !mayAs(c, repository, 'write')) throw new GitHubError(403, 'Must have write access to Repository.');
    issue.comments.splice(issue.comments.indexOf(comment), 1);
    issue.updatedAt = context.clock.now();
    return c.body(null, 204);
  });

  app.post('/repos/:owner/:repo/issues/comments/:comment/reactions', (c) => {
    const { repository, issue, comment } = commentOf(c, context);
    if (issue.locked === true && !mayAs(c, repository, 'write')) throw new GitHubError(403, 'Unable to react because issue is locked.');
    const { user } = actingUser(c);
    const { content } = bodyOf(c, newReaction);
    const reactions = (comment.reactions ??= []);
    const found = reactions.find((reaction) => reaction.user.id === user.id && reaction.content === content);
    if (found !== undefined) return c.json(presentReaction(url(), found), 200);
    const reaction: Reaction = { id: context.nextId(), user, content, createdAt: context.clock.now() };
    reactions.push(reaction);
    return c.json(presentReaction(url(), reaction), 201);
  });
}

function textOf(c: Request): string {
  const { body } = bodyOf(c, commentBody);
  if (body.length > longestBody) throw validationFailed('IssueComment', 'body', 'unprocessable', `body is too long (maximum is ${String(longestBody)} characters)`);
  return body;
}

function commentOf(c: Request, context: SimulatorContext): { readonly repository: Repository; readonly issue: Issue; readonly comment: Comment } {
  const repository = repositoryOf(c, context);
  const id = numberOf(c, 'comment');
  for (const issue of repository.issues.values()) {
    const comment = issue.comments.find((candidate) => candidate.id === id);
    if (comment !== undefined) return { repository, issue, comment };
  }
  throw notFound();
}
