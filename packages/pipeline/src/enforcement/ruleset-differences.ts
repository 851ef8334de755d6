import { canonicalJson } from '@sallyport/ledger';
import type { Rule, Ruleset } from './enforcement.ts';
import type { WantedRuleset } from './wanted-enforcement.ts';
import { describeActor } from './who-may.ts';

/** What would change in a ruleset, a line each; null: there is none yet. What GitHub adds to a rule of its own accord is no difference. */
export function differencesOf(wanted: WantedRuleset, current: Ruleset | null): readonly string[] {
  const bypass = current?.bypass.state === 'seen' ? current.bypass.value : [];
  return [
    ...(current !== null && current.target !== wanted.target ? [`- for ${current.target}`, `+ for ${wanted.target}`] : []),
    ...(current !== null && current.enforcement !== 'active' ? [`- ${current.enforcement}`, '+ active'] : []),
    ...lineUp(wanted.include, current?.include ?? [], (pattern) => pattern),
    ...(current?.exclude ?? []).map((pattern) => `- except ${pattern}`),
    ...lineUpRules(wanted.rules, current?.rules ?? []),
    ...lineUp(wanted.bypass, bypass, (actor) => `not for ${describeActor(actor)}`),
  ];
}

function lineUp<T>(wanted: readonly T[], current: readonly T[], show: (one: T) => string): readonly string[] {
  const [now, then] = [new Set(current.map(show)), new Set(wanted.map(show))];
  return [...[...now].filter((line) => !then.has(line)).map((line) => `- ${line}`), ...[...then].filter((line) => !now.has(line)).map((line) => `+ ${line}`)];
}

function lineUpRules(wanted: readonly Rule[], current: readonly Rule[]): readonly string[] {
  const isHeld = (rule: Rule): boolean => current.some((other) => says(other, rule));
  const gone = current.filter((rule) => !wanted.some((other) => says(rule, other)));
  return [...gone.map((rule) => `- ${show(rule)}`), ...wanted.filter((rule) => !isHeld(rule)).map((rule) => `+ ${show(rule)}`)];
}

/** Whether a rule on GitHub says what was wanted, and may say more. */
const says = (there: Rule, wanted: Rule): boolean => there.type === wanted.type && Object.entries(wanted.parameters).every(([name, value]) => canonicalJson(there.parameters[name] ?? null) === canonicalJson(value));

const show = ({ type, parameters }: Rule): string => (Object.keys(parameters).length === 0 ? type : `${type} ${JSON.stringify(parameters)}`);
