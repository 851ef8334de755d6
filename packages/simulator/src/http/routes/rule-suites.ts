import type { Hono } from 'hono';
import type { SimulatorContext } from '../../context.ts';
import { toSeconds, zeroSha } from '../../git/objects.ts';
import type { Repository, RuleSuite } from '../../world/world.ts';
import { GitHubError } from '../github-error.ts';
import { pageOf } from '../pagination.ts';
import type { Schemas } from '../present/schemas.ts';
import { repositoryOf, type Request, type SimulatorEnv } from '../request.ts';

const hour = 3_600_000;
const periods = new Map([['hour', hour], ['day', 24 * hour], ['week', 7 * 24 * hour], ['month', 30 * 24 * hour]]);

/** What rulesets came to whenever a ref was to move, newest first. Rulesets that are only evaluated are not recorded. */
export function registerRuleSuites(app: Hono<SimulatorEnv>, context: SimulatorContext): void {
  app.get('/repos/:owner/:repo/rulesets/rule-suites', (c) => {
    const repository = repositoryOf(c, context);
    const isWanted = readFilters(c, context.clock.now());
    return c.json(pageOf(c, repository.ruleSuites.filter(isWanted).toReversed(), context.url()).map((suite) => present(repository, suite)));
  });
}

/** By default the last day. A ref without prefix is a branch or a tag of that name. */
function readFilters(c: Request, now: number): (suite: RuleSuite) => boolean {
  const { ref, time_period: period = 'day', actor_name: actor, rule_suite_result: result = 'all', evaluate_status: status = 'all' } = c.req.query();
  const length = periods.get(period);
  if (length === undefined) throw new GitHubError(422, `Invalid request.\n\ntime_period: ${period} is none of ${[...periods.keys()].join(', ')}.`);
  return (suite) =>
    suite.at > now - length &&
    (ref === undefined || suite.ref === ref || suite.ref.replace(/^refs\/(heads|tags)\//, '') === ref) &&
    (actor === undefined || suite.actor.login === actor) &&
    (result === 'all' || suite.result === result) &&
    status !== 'evaluate';
}

const present = (repository: Repository, suite: RuleSuite): Schemas['rule-suites'][number] => ({
  id: suite.id,
  actor_id: suite.actor.id,
  actor_name: suite.actor.login,
  before_sha: suite.before ?? zeroSha,
  after_sha: suite.after ?? zeroSha,
  ref: suite.ref,
  repository_id: repository.id,
  repository_name: repository.name,
  pushed_at: toSeconds(suite.at),
  result: suite.result,
});
