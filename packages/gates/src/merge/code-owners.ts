import { matchesName } from './match-name.ts';

/**
 * A code owners file as GitHub reads it: one pattern a line, then its owners; the last line that matches a path decides; a
 * pattern without owners takes a path out. Source: GitHub Docs, "About code owners" (November 2026). GitHub skips lines
 * it cannot read. Here they are told instead, because a line that is skipped is an owner who is not asked.
 */
export type CodeOwnersFile = { readonly rules: readonly OwnerRule[]; readonly problems: readonly CodeOwnersProblem[] };
export type OwnerRule = { readonly pattern: string; readonly owners: readonly Owner[]; readonly line: number };
export type CodeOwnersProblem = { readonly line: number; readonly message: string };
/** Logins and teams in lower case, as GitHub compares them. */
export type Owner = { readonly kind: 'account'; readonly login: string } | { readonly kind: 'team'; readonly team: string } | { readonly kind: 'address' };

/** Reads the text of a code owners file. Never throws. */
export function parseCodeOwners(text: string): CodeOwnersFile {
  const rules: OwnerRule[] = [];
  const problems: CodeOwnersProblem[] = [];
  text.split(/\r?\n/).forEach((content, index) => {
    const line = index + 1;
    const [pattern, ...owners] = wordsOf(content);
    if (pattern === undefined) return;
    const problem = problemOf(pattern, owners);
    if (problem !== null) problems.push({ line, message: problem });
    else rules.push({ pattern, owners: owners.flatMap((word) => ownerOf(word) ?? []), line });
  });
  return { rules, problems };
}

/** Who owns a path: of the last rule that matches it; nobody when none does. */
export function ownersOf({ rules }: CodeOwnersFile, path: string): OwnerRule | null {
  return rules.findLast(({ pattern }) => matchesPattern(pattern, path)) ?? null;
}

/** The accounts and teams a file names, each once: whose ids and members have to be looked up. */
export function namedIn({ rules }: CodeOwnersFile): { readonly logins: readonly string[]; readonly teams: readonly string[] } {
  const owners = rules.flatMap((rule) => rule.owners);
  return {
    logins: [...new Set(owners.flatMap((owner) => (owner.kind === 'account' ? [owner.login] : [])))].sort(),
    teams: [...new Set(owners.flatMap((owner) => (owner.kind === 'team' ? [owner.team] : [])))].sort(),
  };
}

/** Words up to a `#` that begins one; `\` before a space keeps a word together. */
function wordsOf(content: string): readonly string[] {
  const words = [...content.matchAll(/(?:\\.|\\$|[^\s\\])+/g)].map(([word]) => word);
  const comment = words.findIndex((word) => word.startsWith('#'));
  return comment === -1 ? words : words.slice(0, comment);
}

function problemOf(pattern: string, owners: readonly string[]): string | null {
  if (pattern.startsWith('!')) return `the pattern ${pattern} begins with !, which code owners files cannot negate with`;
  if (/[[\]{}]/.test(pattern)) return `the pattern ${pattern} uses brackets, which code owners files do not know`;
  if (pattern.replace(/\\ /g, '').includes('\\')) return `the pattern ${pattern} holds a backslash before something else than a space`;
  const odd = owners.find((word) => ownerOf(word) === null);
  return odd === undefined ? null : `${odd} is no owner: write @login, @organisation/team or an e-mail address`;
}

function ownerOf(word: string): Owner | null {
  const team = /^@([A-Za-z0-9-]+)\/([A-Za-z0-9_.-]+)$/.exec(word);
  if (team !== null) return { kind: 'team', team: `${team[1] ?? ''}/${team[2] ?? ''}`.toLowerCase() };
  if (/^@[A-Za-z0-9][A-Za-z0-9_-]*(?:\[bot\])?$/.test(word)) return { kind: 'account', login: word.slice(1).toLowerCase() };
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(word) ? { kind: 'address' } : null;
}

/**
 * As in a .gitignore file: a pattern with a slash before its end is anchored at the root, another matches at any depth; one that ends
 * in a slash, or names a folder, holds for everything below; `*` stays within a name and `**` spans folders.
 */
export function matchesPattern(pattern: string, path: string): boolean {
  const plain = pattern.replace(/\\ /g, ' ');
  const anchored = plain.slice(0, -1).includes('/');
  const folderOnly = plain.endsWith('/');
  const parts = plain.split('/').filter((name) => name !== '');
  const names = path.split('/');
  // `folder/*` holds for the files in the folder, not for those below its folders.
  const below = parts.at(-1) !== '*' || !anchored;
  const starts = anchored || parts[0] === '**' ? [0] : names.map((_, index) => index);
  return starts.some((start) => matchesFrom(parts, names.slice(start), { folderOnly, below }));
}

type Ending = { readonly folderOnly: boolean; readonly below: boolean };

/** `reached` holds how many names the pattern so far can take up. */
function matchesFrom(parts: readonly string[], names: readonly string[], { folderOnly, below }: Ending): boolean {
  let reached = new Set([0]);
  for (const part of parts) {
    const next = new Set<number>();
    for (const count of reached) {
      if (part === '**') for (let end = count; end <= names.length; end += 1) next.add(end);
      else if (count < names.length && matchesName(part, names[count] ?? '')) next.add(count + 1);
    }
    reached = next;
  }
  if (!folderOnly && reached.has(names.length)) return true;
  return (below || folderOnly) && [...reached].some((count) => count > 0 && count < names.length);
}
