import type { Policy } from './policy.ts';

/** Something the policy asks for that no gate checks yet. */
export type Unenforced = {
  /** Where it stands in the file, or would if it were written. */
  readonly path: readonly (string | number)[];
  readonly message: string;
};

/** What `policy` asks for that no gate checks yet, in file order. It never makes a gate allow more. */
export function unenforced(policy: Policy): readonly Unenforced[] {
  const found: Unenforced[] = [];
  const unknown = 'so the gate it concerns answers unknown';
  const add = (path: readonly string[], what: string, instead: string, consequence = unknown): void => {
    found.push({ path, message: `${path.join('.')}: ${what} is not enforced yet, ${consequence}; ${instead}.` });
  };
  for (const environment of policy.environments) {
    if (environment.promote === 'scheduled') {
      add(['environments', environment.name, 'promote'], 'choosing a window by hand', 'write "automatic"');
    }
  }
  return found;
}
