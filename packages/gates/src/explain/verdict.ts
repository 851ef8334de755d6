import type { Decision, RuleResult } from '../decision.ts';
import { reasons } from '../reasons.ts';
import { bySeverity } from '../ruling.ts';
import { listed } from '../wording.ts';

/** More than this many needs make no sentence that anyone reads. */
const namedNeeds = 3;

/** A decision in one plain sentence: `#42 may not merge yet: it needs one more approval.` */
export function verdictOf(decision: Decision): string {
  const { who, go } = wordsOf(decision);
  switch (decision.outcome) {
    case 'allow':
      return `${who} may ${go}: every rule is satisfied.`;
    case 'wait':
      return `${who} may not ${go} yet: ${lacksOf(decision)}.`;
    case 'deny':
      return `${who} may not ${go}: ${lacksOf(decision)}.`;
    case 'unknown':
      return `Whether ${who} may ${go} is unknown: ${lacksOf(decision)}.`;
    default:
      return decision.outcome satisfies never;
  }
}

/** What the rules that are not satisfied lack, the worst first: `it needs one more approval and test unit to pass`. */
export function lacksOf({ outcome, rules }: Decision): string {
  const open = rules.filter((rule) => rule.outcome !== 'allow').sort(bySeverity);
  const [worst] = open;
  if (worst === undefined) return 'nothing is missing';
  // Whatever else is open no longer matters to anyone.
  if (outcome !== 'unknown' && open.some(({ reason }) => reason === 'already-merged')) return 'it is merged already';
  const needs = [...new Set(open.flatMap(needsOf))];
  // What is unknown is told by its own words: no general ones name it.
  return outcome === 'unknown' || needs.length === 0 ? firstSentence(worst.summary) : `it needs ${listed(shortened(needs))}`;
}

function needsOf({ reason, needs }: RuleResult): readonly string[] {
  const general = reasons[reason].needs;
  return needs ?? (general === undefined ? [] : [general]);
}

const shortened = (needs: readonly string[]): readonly string[] => (needs.length <= namedNeeds ? needs : [...needs.slice(0, namedNeeds), `${needs.length - namedNeeds} more`]);

/** Without its full stop, to stand inside another sentence. Names such as `src/a.ts` and `1.8.0` hold full stops of their own. */
function firstSentence(text: string): string {
  const [first = text] = text.split(/\.(?= [A-Z#])/, 1);
  return lowerFirst(first.replace(/\.$/, ''));
}

/** `The list` becomes `the list`; `GitHub` and `#42` stay. */
const lowerFirst = (text: string): string => (/^[A-Z][a-z]* /.test(text) && !text.startsWith('GitHub') ? `${text.charAt(0).toLowerCase()}${text.slice(1)}` : text);

/** The subject as people say it, and the verb of its gate. */
function wordsOf({ gate, subject }: Decision): { readonly who: string; readonly go: string } {
  switch (gate) {
    case 'merge':
      return { who: /#[0-9]+(?= at )/.exec(subject)?.[0] ?? subject, go: 'merge' };
    case 'stage':
    case 'release':
      return promotionWords(subject);
    case 'override':
      return { who: subject.replace(/^override ([^:]+): (.+)$/, 'Override $1 ($2)'), go: 'be granted' };
    default:
      return gate satisfies never;
  }
}

function promotionWords(subject: string): { readonly who: string; readonly go: string } {
  const at = subject.lastIndexOf(' to ');
  return at === -1 ? { who: subject, go: 'go' } : { who: subject.slice(0, at), go: `go${subject.slice(at)}` };
}
