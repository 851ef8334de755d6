import type { Hono } from 'hono';
import { requireAccess } from '../../auth/authorize.ts';
import type { SimulatorContext } from '../../context.ts';
import { flushPacket, pktLine } from '../../git/pkt-line.ts';
import { receivePack } from '../../git/receive-pack.ts';
import { GitFailure, runGit } from '../../git/run-git.ts';
import type { Repository } from '../../world/world.ts';
import { GitHubError, notFound } from '../github-error.ts';
import { actingUser, findRepository, viewerOf, type Request, type SimulatorEnv } from '../request.ts';

type Service = 'git-upload-pack' | 'git-receive-pack';

const challenge = { 'www-authenticate': 'Basic realm="GitHub"' };

/** Git's smart HTTP protocol, answered by the real git over the bare repository. */
export function registerGitHttp(app: Hono<SimulatorEnv>, context: SimulatorContext): void {
  app.get('/:owner/:directory{[^/]+\\.git}/info/refs', async (c) => {
    const service = c.req.query('service');
    if (service !== 'git-upload-pack' && service !== 'git-receive-pack') throw new GitHubError(403, 'Please upgrade your git client.');
    const repository = admit(c, context, service);
    const refs = await runGit(repository.gitDir, [commandOf(service), '--stateless-rpc', '--advertise-refs', repository.gitDir], protocolOf(c));
    return gitAnswer(`application/x-${service}-advertisement`, Buffer.concat([pktLine(`# service=${service}\n`), flushPacket, refs]));
  });

  app.post('/:owner/:directory{[^/]+\\.git}/git-upload-pack', async (c) => {
    const repository = admit(c, context, 'git-upload-pack');
    const answer = await serveUpload(c, repository);
    return gitAnswer('application/x-git-upload-pack-result', answer);
  });

  app.post('/:owner/:directory{[^/]+\\.git}/git-receive-pack', async (c) => {
    const repository = admit(c, context, 'git-receive-pack');
    const body = Buffer.from(c.get('rawBody'));
    // Before a long push git asks with an empty request whether its credentials will do.
    if (body.equals(flushPacket)) return gitAnswer('application/x-git-receive-pack-result', Buffer.alloc(0));
    const answer = await receivePack(context, repository, actingUser(c), body);
    if (answer === null) throw new GitHubError(400, 'Not a git push.');
    return gitAnswer('application/x-git-receive-pack-result', answer);
  });
}

async function serveUpload(c: Request, repository: Repository): Promise<Buffer> {
  try {
    return await runGit(repository.gitDir, [commandOf('git-upload-pack'), '--stateless-rpc', repository.gitDir], { ...protocolOf(c), input: c.get('rawBody') });
  } catch (error) {
    if (error instanceof GitFailure && error.exitCode !== null) throw new GitHubError(400, error.stderr.trim());
    throw error;
  }
}

const commandOf = (service: Service): string => service.slice('git-'.length);

function protocolOf(c: Request): { readonly environment: Record<string, string> } {
  const protocol = c.req.header('git-protocol');
  return { environment: protocol === undefined ? {} : { GIT_PROTOCOL: protocol } };
}

/** Who may read or write; 401 with a challenge makes git send the credentials of its URL. */
function admit(c: Request, context: SimulatorContext, service: Service): Repository {
  const viewer = viewerOf(c);
  if (viewer.kind === 'anonymous') throw new GitHubError(401, 'Repository not found.', { headers: challenge });
  const repository = findRepository(context, c.req.param('owner') ?? '', (c.req.param('directory') ?? '').replace(/\.git$/, ''));
  const level = service === 'git-upload-pack' ? 'read' : 'write';
  try {
    requireAccess(repository, viewer, { permission: 'contents', level, role: level });
  } catch (error) {
    throw error instanceof GitHubError && error.status === 401 ? notFound() : error;
  }
  if (repository.archived && level === 'write') throw new GitHubError(403, 'This repository was archived so it is read-only.');
  return repository;
}

function gitAnswer(contentType: string, body: Buffer): Response {
  return new Response(new Uint8Array(body), { headers: { 'content-type': contentType, 'cache-control': 'no-cache' } });
}
