import type { Hono } from 'hono';
import * as z from 'zod';
import { requireAccess } from '../../auth/authorize.ts';
import type { SimulatorContext } from '../../context.ts';
import { GitHubError } from '../github-error.ts';
import { actingUser, bodyOf, findRepository, viewerOf, type Request, type SimulatorEnv } from '../request.ts';

const asked = z.object({ query: z.string(), variables: z.object({ owner: z.string(), name: z.string(), number: z.int() }) });

/** The one question that is asked of GraphQL, because the REST interface cannot answer it. Refusals come with status 200, as at GitHub. */
export function registerGraphql(app: Hono<SimulatorEnv>, context: SimulatorContext): void {
  app.post('/graphql', (c) => {
    actingUser(c);
    const { query, variables } = bodyOf(c, asked);
    if (!/^query \w+\([^)]*\) \{ repository\(owner: \$owner, name: \$name\) \{ issue\(number: \$number\) \{ lastEditedAt \} \} \}$/.test(query)) return c.json({ errors: [{ message: `not simulated: ${query}` }] });
    try {
      return c.json({ data: { repository: { issue: { lastEditedAt: lastEditedAt(c, context, variables) } } } });
    } catch (error) {
      if (!(error instanceof GitHubError)) throw error;
      return c.json({ data: { repository: null }, errors: [{ type: error.status === 404 ? 'NOT_FOUND' : 'FORBIDDEN', path: ['repository'], message: error.message }] });
    }
  });
}

function lastEditedAt(c: Request, context: SimulatorContext, { owner, name, number }: z.output<typeof asked>['variables']): string | null {
  const repository = findRepository(context, owner, name);
  requireAccess(repository, viewerOf(c), { permission: 'issues', level: 'read', role: 'read' });
  const issue = repository.issues.get(number);
  if (issue === undefined || issue.isPull) throw new GitHubError(404, `Could not resolve to an Issue with the number of ${number}.`);
  return issue.bodyEditedAt === undefined ? null : `${new Date(issue.bodyEditedAt).toISOString().slice(0, 19)}Z`;
}
