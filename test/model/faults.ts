/** A fault that somebody could make: one text of a product's source in place of another. */
export type Fault = {
  readonly name: string;
  /** The laws of which one has to be found broken. */
  readonly laws: readonly string[];
  readonly changes: readonly { readonly file: string; readonly from: string; readonly to: string }[];
};

const gates = (file: string): string => `packages/gates/src/${file}`;
const pipeline = (file: string): string => `packages/pipeline/src/${file}`;
const github = (file: string): string => `packages/github/src/${file}`;

/** Each is planted alone, and found by the model: `npm run model:faults`. */
export const faults: readonly Fault[] = [
  { name: 'forget that an override expires', laws: ['L4'], changes: [{ file: gates('release/judge-grant.ts'), from: 'if (at >= expiresAt)', to: 'if (at >= 2 * expiresAt)' }] },
  { name: 'let the requester approve her own override', laws: ['L4'], changes: [{ file: gates('override/judge-override-approval.ts'), from: 'if (person.id === request.requester.id)', to: 'if (person.id === -1)' }] },
  { name: 'take edited comments for approvals', laws: ['L4'], changes: [{ file: github('desk.ts'), from: 'edited: answer.updated_at !== answer.created_at', to: 'edited: false' }] },
  { name: 'let an override waive a freeze', laws: ['L2', 'L3'], changes: [{ file: gates('promotion/freeze-rule.ts'), from: "}, 'freeze', waiver)", to: "}, 'window', waiver)" }] },
  { name: 'count health across deploys', laws: ['L2'], changes: [{ file: pipeline('ledger-state.ts'), from: 'healthySince: Date.parse(latest.end.endedAt)', to: 'healthySince: Math.min(...promotionsTo(state, environment).flatMap(({ end }) => (end == null ? [] : [Date.parse(end.endedAt)])))' }] },
  { name: 'skip the intent record', laws: ['L7'], changes: [{ file: pipeline('sweep/plan-new-promotion.ts'), from: '  draft.record({\n    key: `promotion:', to: '  if (number <= 2) draft.effect({ effect: "create-tag", tag: tagName(environment.name, number), commit, message: "Promote", taggedAt: view.at });\n  if (number > 0) return;\n  draft.record({\n    key: `promotion:' }] },
  {
    name: 'reuse a number',
    laws: ['L7'],
    changes: [
      { file: pipeline('sweep/plan-new-promotion.ts'), from: 'return 1 + Math.max(last, ...tags', to: 'return Math.max(1, last, ...tags' },
      { file: pipeline('sweep/plan-new-promotion.ts'), from: 'key: `promotion:${environment.name}:${number}`', to: 'key: `promotion:${environment.name}:${number}:${digest}`' },
    ],
  },
  { name: "take the runner's clock", laws: ['L3', 'L5'], changes: [{ file: github('clock.ts'), from: 'newest = serverAt === null ? null : { serverAt, localAt: localNow(), receivedAt }', to: 'newest = serverAt === null ? null : { serverAt: localNow(), localAt: localNow(), receivedAt }' }] },
  { name: 'ignore holds', laws: ['L3'], changes: [{ file: gates('promotion/holds-rule.ts'), from: 'const holds = [...facts.holds.items]', to: 'const holds = [...facts.holds.items].slice(0, 0)' }] },
  { name: 'ignore the freeze', laws: ['L3'], changes: [{ file: gates('promotion/freeze-rule.ts'), from: '...inForceFindings(freezesInForce(policy, facts, at))', to: '...inForceFindings([])' }] },
  { name: 'ignore how much of the window is left', laws: ['L3'], changes: [{ file: gates('promotion/fit-rule.ts'), from: 'const late = inTime ? []', to: 'const late = inTime || !inTime ? []' }] },
  { name: 'ignore commits that came past the gate', laws: ['L1'], changes: [{ file: gates('promotion/landing-rule.ts'), from: ', ...ungatedFindings(facts)]', to: ']' }] },
  { name: 'ignore how the commit of a build landed', laws: ['L1'], changes: [{ file: gates('promotion/landing-rule.ts'), from: '[...judgeLanding(policy.merge.into, facts.landing), ', to: '[' }] },
  { name: 'forget to ask again at the start', laws: ['L3', 'L4', 'L7'], changes: [{ file: pipeline('ask-to-start.ts'), from: 'const { decision, facts } = await decidePromotion(', to: 'const { decision: asked, facts } = await decidePromotion(' }, { file: pipeline('ask-to-start.ts'), from: "  return { state: 'decided', decision, facts", to: "  const decision = { ...asked, outcome: 'allow' as const };\n  return { state: 'decided', decision, facts" }] },
  { name: 'let an ended promotion run again', laws: ['L7'], changes: [{ file: gates('promotion/number-rule.ts'), from: '...(asking.ended ?', to: '...(asking.ended && asking.number < 0 ?' }] },
  { name: 'make a late tag without asking again', laws: ['L3', 'L4', 'L1'], changes: [{ file: pipeline('sweep/plan-open-promotions.ts'), from: "if (decision.outcome !== 'allow') {\n    // Another", to: "if (decision.outcome !== 'allow' && promotion.number < 0) {\n    // Another" }] },
  { name: 'take pushers for no contributors', laws: ['L1'], changes: [{ file: gates('merge/contributions.ts'), from: "for (const { actor, after } of pushes.items) visit(actor, 'proven', 'pusher', after, false);", to: '' }, { file: gates('merge/contributions.ts'), from: 'for (const commit of commits.items) visitCommit(signing, commit, false, visit);', to: '' }] },
  { name: 'let an approval hold whatever is pushed later', laws: ['L1'], changes: [{ file: gates('merge/bind-approval.ts'), from: "return bound.sha === head.sha ? { holds: 'yes', bound, proof: null } : carryOver(bound, facts);", to: "return { holds: 'yes', bound, proof: null };" }] },
  { name: 'take a cut-off list for a whole one', laws: ['L5'], changes: [{ file: github('desk.ts'), from: "const { issues, ended } = await listOpen(place, labels.hold, 'to see whether releases are on hold');", to: "const { issues, ended } = await listOpen(place, labels.hold, 'to see whether releases are on hold').catch(() => ({ issues: [], ended: true }));" }] },
  { name: 'carry a rollback out again and again', laws: ['L4', 'L7'], changes: [{ file: pipeline('sweep/plan-rollbacks.ts'), from: '&& mayBeTried(triesOfRollback(state, environment, id))', to: '' }] },
  { name: 'leave the failure of a reading to nobody', laws: ['L5'], changes: [{ file: github('gather-merge-facts.ts'), from: 'files: () => content.then(({ files }) => files) }),', to: 'files: ((coming) => () => coming)(content.then(({ files }) => files)) }),' }] },
  { name: 'take a form whose text was changed', laws: ['L4'], changes: [{ file: pipeline('release/judge-form.ts'), from: 'if (edited) return refused(', to: 'if (edited && at < 0) return refused(' }] },
  { name: 'take the form of an outsider', laws: ['L4'], changes: [{ file: pipeline('sweep/plan-forms.ts'), from: "if ('known' in role && !writes(role.known)) return", to: "if ('known' in role && !writes(role.known) && issue < 0) return" }] },
  { name: 'waive all that the policy allows, whatever a form asks for', laws: ['L4'], changes: [{ file: pipeline('release/recorded-override.ts'), from: "if (!('waives' in command)) return {};", to: "if (!('waives' in command) || command.waives.length > 0) return {};" }] },
  { name: 'take a request whose text was changed', laws: ['L4'], changes: [{ file: pipeline('sweep/plan-overrides.ts'), from: 'return edited.known ?', to: 'return edited.known && requester.id < 0 ?' }] },
];
