import { fullNameOf } from '../http/present/repository.ts';
import type { App, Repository } from '../world/world.ts';

/** Whether an App reaches a repository. The stage hand's Apps are installed on every repository but forks, which belong to others. */
export function isInstalledOn(app: App, repository: Repository): boolean {
  if (app.installation === undefined) return repository.parent === null;
  if (app.installation === null || app.installation.account !== repository.owner) return false;
  return app.installation.repositories === 'all' || app.installation.repositories.has(fullNameOf(repository));
}
