import type { Hono } from 'hono';
import * as z from 'zod';
import { hasRole, roleOf } from '../../auth/authorize.ts';
import type { SimulatorContext } from '../../context.ts';
import { addEvent } from '../../git/follow-heads.ts';
import type { Issue, Repository, User } from '../../world/world.ts';
import { presentIssue } from '../present/issue.ts';
import { actingUser, bodyOf, type Request, type SimulatorEnv } from '../request.ts';
import { findUser } from './accounts.ts';
import { issueOf } from './issues.ts';

const assigned = z.object({ assignees: z.union([z.string().transform((login) => [login]), z.array(z.string())]).default([]) });
/** GitHub, "Add assignees to an issue", November 2026. */
const mostAssignees = 10;

/** Who is to work on an issue or pull request. */
export function registerAssignees(app: Hono<SimulatorEnv>, context: SimulatorContext): void {
  const base = '/repos/:owner/:repo/issues/:number/assignees';

  app.post(base, (c) => {
    const { repository, issue } = issueOf(c, context);
    for (const user of wanted(c, context)) {
      // Who may not push is passed over without a word.
      if (issue.assignees.includes(user) || issue.assignees.length >= mostAssignees || !hasRole(roleOf(repository, user), 'write')) continue;
      issue.assignees.push(user);
      note(c, context, repository, issue, 'assigned', user);
    }
    return c.json(presentIssue(context.world, context.url(), repository, issue), 201);
  });

  app.delete(base, (c) => {
    const { repository, issue } = issueOf(c, context);
    for (const user of wanted(c, context)) {
      const at = issue.assignees.indexOf(user);
      if (at === -1) continue;
      issue.assignees.splice(at, 1);
      note(c, context, repository, issue, 'unassigned', user);
    }
    return c.json(presentIssue(context.world, context.url(), repository, issue));
  });
}

const wanted = (c: Request, context: SimulatorContext): readonly User[] => bodyOf(c, assigned).assignees.map((login) => findUser(context, login));

function note(c: Request, context: SimulatorContext, repository: Repository, issue: Issue, event: 'assigned' | 'unassigned', assignee: User): void {
  const pull = repository.pulls.get(issue.number);
  issue.updatedAt = context.clock.now();
  if (pull !== undefined) addEvent(context, pull, event, actingUser(c), { assignee });
}
