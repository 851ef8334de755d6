import type { Hono } from 'hono';
import { parseManifest } from '../../apps/app-manifest.ts';
import { installable, installApp, ownsAccount } from '../../apps/install-app.ts';
import { registerApp } from '../../apps/register-app.ts';
import type { SimulatorContext } from '../../context.ts';
import type { App, User } from '../../world/world.ts';
import { GitHubError, notFound } from '../github-error.ts';
import { fullNameOf } from '../present/repository.ts';
import { findRepository, viewerOf, type Request, type SimulatorEnv } from '../request.ts';
import { appOfSlug } from './apps.ts';

/**
 * GitHub's pages on which a person makes an App from a manifest and installs it. Who is signed in is told by HTTP Basic with a
 * personal token as the password, which browsers ask for, or by any other header the REST interface takes.
 * Where GitHub asks the person to confirm, this one goes on at once.
 */
export function registerAppPages(app: Hono<SimulatorEnv>, context: SimulatorContext): void {
  app.post('/settings/apps/new', (c) => create(c, context, signedIn(c)));

  app.post('/organizations/:org/settings/apps/new', (c) => {
    const user = signedIn(c);
    const organization = context.world.users.get(c.req.param('org'));
    if (organization?.type !== 'Organization' || !ownsAccount(context.world, user, organization.login)) throw notFound();
    return create(c, context, organization);
  });

  app.get('/apps/:slug/installations/new', (c) => {
    const user = signedIn(c);
    const wanted = appOfSlug(c, context);
    const boxes = installable(context.world, wanted, user).map((one) => `<p><label><input type="checkbox" name="repository" value="${escape(fullNameOf(one))}"> ${escape(fullNameOf(one))}</label></p>`);
    return c.html(page(`Install ${nameOf(wanted)}`, `<form method="post">${boxes.join('')}<button>Install</button></form>`));
  });

  app.post('/apps/:slug/installations/new', (c) => {
    const user = signedIn(c);
    const wanted = appOfSlug(c, context);
    const chosen = formOf(c).getAll('repository').map((name) => findRepository(context, name.split('/')[0] ?? '', name.split('/')[1] ?? ''));
    if (!installApp(context.world, wanted, user, chosen, context.clock.now())) return c.html(page(`${nameOf(wanted)} was not installed`, '<p>Choose repositories of one account that you administer. A second account is not simulated.</p>'), 422);
    const { setupUrl = null } = wanted.registration ?? {};
    if (setupUrl !== null) return c.redirect(withQuery(setupUrl, { installation_id: String(wanted.installationId), setup_action: 'install' }), 302);
    return c.html(page(`${nameOf(wanted)} is installed`, `<p>On ${escape(chosen.map(fullNameOf).join(', '))}.</p>`));
  });
}

function create(c: Request, context: SimulatorContext, owner: User): Response | Promise<Response> {
  const reading = parseManifest(formOf(c).get('manifest') ?? '');
  if (reading.kind === 'invalid') return refused(c, reading.problems);
  const code = registerApp(context, owner, reading.manifest);
  if (code === null) return refused(c, ['name: is already taken']);
  const state = c.req.query('state');
  return c.redirect(withQuery(reading.manifest.redirect_url, { code, ...(state === undefined ? {} : { state }) }), 302);
}

const refused = (c: Request, problems: readonly string[]): Response | Promise<Response> => c.html(page('Invalid GitHub App configuration', `<ul>${problems.map((problem) => `<li>${escape(problem)}</li>`).join('')}</ul>`), 422);

function signedIn(c: Request): User {
  const viewer = viewerOf(c);
  if (viewer.kind === 'user') return viewer.user;
  throw new GitHubError(401, 'Requires authentication', { headers: { 'www-authenticate': 'Basic realm="GitHub"' } });
}

const formOf = (c: Request): URLSearchParams => new URLSearchParams(Buffer.from(c.get('rawBody')).toString('utf8'));
const nameOf = (app: App): string => app.registration?.name ?? app.slug;

function withQuery(address: string, query: Readonly<Record<string, string>>): string {
  const url = new URL(address);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url.href;
}

const page = (title: string, body: string): string => `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>${escape(title)}</title></head><body><h1>${escape(title)}</h1>${body}</body></html>`;
const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
