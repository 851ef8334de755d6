import type { TreeHead } from '@sallyport/ledger';
import type { Audit, AuditFinding } from '@sallyport/pipeline';
import type { Colors } from 'picocolors/types.js';
import { iso } from '../commands/window-options.ts';
import { entryCount, plain } from './plain.ts';

export type ShownAudit = { readonly repository: { readonly owner: string; readonly name: string }; readonly audit: Audit; readonly ledger: TreeHead };

/** An audit for a terminal or a log: what was looked at, each finding with its next step, what is not known. */
export function renderAudit({ repository, audit, ledger }: ShownAudit, colors: Colors): string {
  const { branch, from, tip, commits, landings, findings, missing } = audit;
  const range = tip === null ? '' : `, ${plain(from ?? '')} to ${tip.slice(0, 12)}`;
  const lines = [
    `${colors.bold(`${plain(repository.owner)}/${plain(repository.name)}`)} ${plain(branch)}${range}: ${counted(commits, 'commit')}, ${counted(landings, 'landing')}; ledger: ${entryCount(ledger.size)}`,
    ...findings.flatMap((finding) => ['', ...findingLines(finding, colors)]),
    ...(missing.length === 0 ? [] : ['', colors.magenta('not known'), ...missing.map((why) => `  ${plain(why)}.`)]),
    '',
    verdict(audit, colors),
  ];
  return `${lines.join('\n')}\n`;
}

function findingLines({ commit, landedAs, author, at, pullRequest, outcome, reason, summary, next }: AuditFinding, colors: Colors): readonly string[] {
  const facts = [author === null ? 'author without an account' : `author ${plain(author)}`, ...(at === null ? [] : [iso(at)]), ...(pullRequest === null ? ['no pull request'] : [`#${pullRequest}`]), ...(landedAs === commit ? [] : [`came with ${landedAs.slice(0, 12)}`])];
  return [
    `${outcome === 'deny' ? colors.red('✗') : colors.magenta('?')} ${commit}  ${colors.bold(reason)}`,
    `  ${facts.join(', ')}`,
    `  ${plain(summary)}`,
    ...next.map(({ who, what }) => `  → ${plain(who)}: ${plain(what)}`),
  ];
}

function verdict({ branch, commits, findings, missing }: Audit, colors: Colors): string {
  const found = findings.filter(({ outcome }) => outcome === 'deny').length;
  if (found > 0) return `${colors.red(`✗ ${counted(found, 'finding')}.`)} Builds that bring these commits to an environment that runs something are not promoted. Who pushed or bypassed a rule: Settings, Rules, Insights.`;
  if (findings.length > 0 || missing.length > 0) return `${colors.magenta('? Nothing was found, but not everything could be seen,')} so nothing is proved. Mend what is named above and run this again.`;
  if (commits === 0) return `${colors.green('✓')} Nothing came to ${plain(branch)} since then.`;
  return `${colors.green('✓')} Every commit passed the merge gate, and what landed is what was judged.`;
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** The same as JSON, instants in ISO 8601. */
export function auditDocument({ repository, audit, ledger }: ShownAudit): Record<string, unknown> {
  const { branch, from, tip, commits, landings, findings, missing } = audit;
  return {
    schema: 1,
    repository: `${repository.owner}/${repository.name}`,
    branch,
    from,
    tip,
    commits,
    landings,
    ledger: { size: ledger.size, root: ledger.root },
    findings: findings.map((finding) => ({ ...finding, at: finding.at === null ? null : iso(finding.at) })),
    missing,
  };
}
