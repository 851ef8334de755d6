import { fullNameOf } from '../http/present/repository.ts';
import type { Environment, Repository, Secret, SecretStore } from '../world/world.ts';

/** Keeps a secret; true when it is new. Names know no case. */
export function storeSecret(store: SecretStore, name: string, value: string, at: number): boolean {
  const known = store.values.get(name.toUpperCase());
  store.values.set(name.toUpperCase(), { value, createdAt: known?.createdAt ?? at, updatedAt: at });
  return known === undefined;
}

/** The organisation's secrets that a repository may see, by name. */
export function organizationSecrets(repository: Repository): readonly (readonly [string, Secret])[] {
  return [...(repository.organization?.secrets ?? [])].filter(([, { repositories }]) => {
    if (repositories === 'all') return true;
    return repositories === 'private' ? repository.visibility === 'private' : repositories.has(fullNameOf(repository));
  });
}

/** What a job gets: the environment's before the repository's before the organisation's. */
export function secretsFor(repository: Repository, environment: Environment | null): Record<string, string> {
  const all = [...organizationSecrets(repository), ...repository.secrets.values, ...(environment?.secrets.values ?? [])];
  return Object.fromEntries(all.map(([name, { value }]) => [name, value]));
}
