import type { Hono } from 'hono';
import * as z from 'zod';
import type { SimulatorContext } from '../../context.ts';
import type { Label, Repository } from '../../world/world.ts';
import { notFound, validationFailed } from '../github-error.ts';
import { pageOf } from '../pagination.ts';
import { labelNamed, presentLabel } from '../present/issue.ts';
import { bodyOf, repositoryOf, type Request, type SimulatorEnv } from '../request.ts';

const newLabel = z.object({ name: z.string().min(1).max(50), color: z.string().default('ededed'), description: z.string().max(100).nullish() });
const changedLabel = z.object({ new_name: z.string().min(1).max(50).optional(), color: z.string().optional(), description: z.string().max(100).nullish() });

/** The repository's labels: those that were made, and those that issues were given. Their names know no case. */
export function registerLabels(app: Hono<SimulatorEnv>, context: SimulatorContext): void {
  const at = '/repos/:owner/:repo/labels';
  const present = (repository: Repository, name: string) => presentLabel(context.url(), repository, name);

  app.get(at, (c) => {
    const repository = repositoryOf(c, context);
    return c.json(pageOf(c, labelsOf(repository), context.url()).map(({ name }) => present(repository, name)));
  });

  app.get(`${at}/:name`, (c) => {
    const repository = repositoryOf(c, context);
    return c.json(present(repository, knownLabel(c, repository).name));
  });

  app.post(at, (c) => {
    const repository = repositoryOf(c, context);
    const { name, color, description = null } = bodyOf(c, newLabel);
    if (isTaken(repository, name)) throw validationFailed('Label', 'name', 'already_exists');
    repository.labels.set(name.toLowerCase(), { ...labelNamed(repository, name), color: checkedColor(color), description });
    return c.json(present(repository, name), 201);
  });

  app.patch(`${at}/:name`, (c) => {
    const repository = repositoryOf(c, context);
    const known = knownLabel(c, repository);
    const body = bodyOf(c, changedLabel);
    const name = body.new_name ?? known.name;
    if (name.toLowerCase() !== known.name.toLowerCase() && isTaken(repository, name)) throw validationFailed('Label', 'name', 'already_exists');
    repository.labels.delete(known.name.toLowerCase());
    repository.labels.set(name.toLowerCase(), { id: known.id, name, color: checkedColor(body.color ?? known.color), description: body.description === undefined ? known.description : body.description });
    for (const { labels } of repository.issues.values()) if (labels.delete(known.name)) labels.add(name);
    return c.json(present(repository, name));
  });
}

function labelsOf(repository: Repository): readonly Label[] {
  const borne = [...repository.issues.values()].flatMap(({ labels }) => [...labels]);
  const all = new Map([...borne.map((name) => labelNamed(repository, name)), ...repository.labels.values()].map((label) => [label.name.toLowerCase(), label]));
  return [...all.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
}

const isTaken = (repository: Repository, name: string): boolean => labelsOf(repository).some((label) => label.name.toLowerCase() === name.toLowerCase());

function knownLabel(c: Request, repository: Repository): Label {
  const wanted = (c.req.param('name') ?? '').toLowerCase();
  const found = labelsOf(repository).find((label) => label.name.toLowerCase() === wanted);
  if (found === undefined) throw notFound();
  return found;
}

function checkedColor(color: string): string {
  if (!/^[0-9a-f]{6}$/i.test(color)) throw validationFailed('Label', 'color', 'invalid');
  return color.toLowerCase();
}
