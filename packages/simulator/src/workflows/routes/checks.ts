import type { Hono } from 'hono';
import * as z from 'zod';
import { actorOf } from '../../auth/viewer.ts';
import type { SimulatorContext } from '../../context.ts';
import { objectType, readCommit, resolveCommit } from '../../git/objects.ts';
import { GitHubError, notFound, validationFailed } from '../../http/github-error.ts';
import { pageOf } from '../../http/pagination.ts';
import { bodyOf, numberOf, repositoryOf, viewerOf, type Request, type SimulatorEnv } from '../../http/request.ts';
import type { CheckRun, CheckSuite, Repository } from '../../world/world.ts';
import { presentCheckRun, presentCheckSuite } from '../present/check.ts';

const conclusions = ['action_required', 'cancelled', 'failure', 'neutral', 'success', 'skipped', 'timed_out'] as const;
/** Limit of a check's output texts (GitHub, "Checks", November 2026). */
const textLimit = 65_535;
const output = z.object({ title: z.string().optional(), summary: z.string().max(textLimit), text: z.string().max(textLimit).optional(), annotations: z.array(z.unknown()).max(50).optional() });
const fields = {
  details_url: z.string().optional(),
  external_id: z.string().optional(),
  status: z.enum(['queued', 'in_progress', 'completed']).optional(),
  started_at: z.iso.datetime({ offset: true }).optional(),
  conclusion: z.enum(conclusions).optional(),
  completed_at: z.iso.datetime({ offset: true }).optional(),
  output: output.optional(),
};
const creation = z.object({ name: z.string().min(1), head_sha: z.string(), ...fields });
const change = z.object({ name: z.string().min(1).optional(), ...fields });
type Change = z.output<typeof change>;

/** Check runs and suites. Only Apps write checks, each App its own. */
export function registerChecks(app: Hono<SimulatorEnv>, context: SimulatorContext): void {
  const present = (repository: Repository, check: CheckRun) => presentCheckRun(context.world, context.url(), repository, check);

  app.post('/repos/:owner/:repo/check-runs', async (c) => {
    const repository = repositoryOf(c, context);
    const app = writingApp(c);
    const { name, head_sha, ...rest } = bodyOf(c, creation);
    if ((await objectType(repository.objects, head_sha)) !== 'commit') throw new GitHubError(422, `No commit found for SHA: ${head_sha}`);
    const at = context.clock.now();
    const check: CheckRun = { id: context.nextId(), suite: suiteOf(context, repository, app, head_sha).id, headSha: head_sha, app, name, status: 'queued', conclusion: null, externalId: '', detailsUrl: '', startedAt: at, completedAt: null, output: { title: null, summary: null, text: null, annotations: [] }, job: null };
    check.detailsUrl = `${context.url()}/${repository.owner}/${repository.name}/runs/${String(check.id)}`;
    applyChange(check, rest, at);
    repository.checkRuns.push(check);
    return c.json(present(repository, check), 201);
  });

  app.patch('/repos/:owner/:repo/check-runs/:id', (c) => {
    const repository = repositoryOf(c, context);
    const check = checkOf(c, repository);
    if (check.app !== writingApp(c)) throw new GitHubError(403, `Invalid app_id \`${String(writingApp(c))}\` - check run can only be modified by the GitHub App that created it.`);
    applyChange(check, bodyOf(c, change), context.clock.now());
    return c.json(present(repository, check));
  });

  app.get('/repos/:owner/:repo/check-runs/:id', (c) => {
    const repository = repositoryOf(c, context);
    return c.json(present(repository, checkOf(c, repository)));
  });

  app.get('/repos/:owner/:repo/commits/:ref{.+}/check-runs', async (c) => {
    const repository = repositoryOf(c, context);
    const sha = await commitOf(c, repository);
    const found = latest(repository.checkRuns.filter((check) => check.headSha === sha), c.req.query('filter')).filter((check) => passes(c, check));
    return c.json({ total_count: found.length, check_runs: pageOf(c, found, context.url()).map((check) => present(repository, check)) });
  });

  app.get('/repos/:owner/:repo/commits/:ref{.+}/check-suites', async (c) => {
    const repository = repositoryOf(c, context);
    const sha = await commitOf(c, repository);
    const commit = await readCommit(repository.objects, sha);
    if (commit === null) throw notFound();
    const appId = c.req.query('app_id');
    const found = repository.checkSuites.filter((suite) => suite.headSha === sha && (appId === undefined || String(suite.app) === appId));
    return c.json({ total_count: found.length, check_suites: pageOf(c, found, context.url()).map((suite) => presentCheckSuite(context.world, context.url(), repository, suite, commit)) });
  });
}

function writingApp(c: Request): number {
  const app = actorOf(viewerOf(c))?.app ?? null;
  if (app === null) throw new GitHubError(403, 'You must authenticate via a GitHub App.');
  return app;
}

function checkOf(c: Request, repository: Repository): CheckRun {
  const id = numberOf(c, 'id');
  const check = repository.checkRuns.find((one) => one.id === id);
  if (check === undefined) throw notFound();
  return check;
}

/** The commit a `:ref` in the path names (SHA, branch or tag); 422 as GitHub when there is none. */
export async function commitOf(c: Request, repository: Repository): Promise<string> {
  const ref = c.req.param('ref') ?? '';
  const sha = await resolveCommit(repository.objects, ref);
  if (sha === null) throw new GitHubError(422, `No commit found for SHA: ${ref}`);
  return sha;
}

/**
 * An App has one suite a commit. GitHub Actions has one a run, and a check that a job posts by itself comes into one of them,
 * whichever run it belongs to: nothing ties it to the job that posted it.
 */
function suiteOf(context: SimulatorContext, repository: Repository, app: number, headSha: string): CheckSuite {
  const known = repository.checkSuites.find((suite) => suite.app === app && suite.headSha === headSha);
  if (known !== undefined) return known;
  const pull = [...repository.pulls.values()].find((one) => one.head.sha === headSha);
  const suite: CheckSuite = { id: context.nextId(), headSha, headBranch: pull?.head.ref ?? null, app, createdAt: context.clock.now() };
  repository.checkSuites.push(suite);
  return suite;
}

function applyChange(check: CheckRun, wanted: Change, at: number): void {
  if (wanted.status === 'completed' && wanted.conclusion === undefined && check.conclusion === null) throw validationFailed('CheckRun', 'conclusion', 'missing_field', 'conclusion is required when status is completed');
  if (wanted.name !== undefined) check.name = wanted.name;
  if (wanted.details_url !== undefined) check.detailsUrl = wanted.details_url;
  if (wanted.external_id !== undefined) check.externalId = wanted.external_id;
  if (wanted.started_at !== undefined) check.startedAt = Date.parse(wanted.started_at);
  if (wanted.output !== undefined) {
    const annotations = [...check.output.annotations, ...(wanted.output.annotations ?? [])];
    check.output = { title: wanted.output.title ?? check.output.title, summary: wanted.output.summary, text: wanted.output.text ?? null, annotations };
  }
  if (wanted.conclusion !== undefined) {
    check.status = 'completed';
    check.conclusion = wanted.conclusion;
    check.completedAt = wanted.completed_at === undefined ? at : Date.parse(wanted.completed_at);
  } else if (wanted.status !== undefined && wanted.status !== 'completed') {
    check.status = wanted.status;
    check.conclusion = null;
    check.completedAt = null;
  }
}

/** `filter=latest`, the default: of checks with the same name in the same suite only the newest. */
function latest(checks: readonly CheckRun[], filter: string | undefined): readonly CheckRun[] {
  if (filter === 'all') return checks;
  const newest = new Map(checks.map((check) => [`${String(check.suite)} ${check.name}`, check]));
  return checks.filter((check) => newest.get(`${String(check.suite)} ${check.name}`) === check);
}

function passes(c: Request, check: CheckRun): boolean {
  const { check_name: name, status, app_id: app } = c.req.query();
  return (name === undefined || check.name === name) && (status === undefined || check.status === status) && (app === undefined || String(check.app) === app);
}
