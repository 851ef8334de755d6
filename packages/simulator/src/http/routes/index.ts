import type { Hono } from 'hono';
import type { SimulatorContext } from '../../context.ts';
import type { SimulatorEnv } from '../request.ts';
import { registerAccounts } from './accounts.ts';
import { registerAppPages } from './app-pages.ts';
import { registerApps } from './apps.ts';
import { registerAssignees } from './assignees.ts';
import { registerComments } from './comments.ts';
import { registerCommits } from './commits.ts';
import { registerContents } from './contents.ts';
import { registerGitHttp } from './git-http.ts';
import { registerGitObjects } from './git-objects.ts';
import { registerGitRefs } from './git-refs.ts';
import { registerGraphql } from './graphql.ts';
import { registerIssues } from './issues.ts';
import { registerLabels } from './labels.ts';
import { registerOrganizations } from './organizations.ts';
import { registerPulls } from './pulls.ts';
import { registerRemarks } from './remarks.ts';
import { registerRepositories } from './repositories.ts';
import { registerReviews } from './reviews.ts';
import { registerRuleSuites } from './rule-suites.ts';
import { registerRulesets } from './rulesets.ts';
import { registerTimeline } from './timeline.ts';

const registrations = [
  registerAccounts,
  registerOrganizations,
  registerApps,
  registerAppPages,
  registerRepositories,
  registerCommits,
  registerContents,
  registerGitRefs,
  registerGitObjects,
  registerPulls,
  registerReviews,
  registerRemarks,
  registerComments,
  registerIssues,
  registerLabels,
  registerAssignees,
  registerTimeline,
  registerRuleSuites,
  registerRulesets,
  registerGitHttp,
  registerGraphql,
];

/** Every route of the core: all but Actions, checks, statuses, deployments and releases, which `workflows/` serves. */
export function registerCoreRoutes(app: Hono<SimulatorEnv>, context: SimulatorContext): void {
  for (const register of registrations) register(app, context);
}
