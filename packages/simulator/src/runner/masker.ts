export type Masker = { add(secret: string): void; mask(text: string): string; holds(text: string): boolean };

/** Hides secrets in what a job prints. Each line of a secret with several lines is a secret of its own. */
export function createMasker(secrets: Iterable<string>): Masker {
  const known = new Set<string>();
  const masker: Masker = {
    add: (secret) => {
      for (const part of [secret, ...secret.split(/\r?\n/)]) if (part.trim() !== '') known.add(part);
    },
    // The longest first, so that a secret within a secret leaves nothing behind.
    mask: (text) => [...known].sort((a, b) => b.length - a.length).reduce((masked, secret) => masked.replaceAll(secret, '***'), text),
    holds: (text) => [...known].some((secret) => text.includes(secret)),
  };
  for (const secret of secrets) masker.add(secret);
  return masker;
}
