import { describe, expect, it } from 'vitest';
import type { Enforcement, Environment, Ruleset } from './enforcement.ts';
import { hidden, seen } from './enforcement.ts';
import { app, healthy, policy, valueOf } from './enforcement.fixture.ts';
import { planSetup } from './plan-setup.ts';
import type { SetupStep } from './plan-setup.ts';

const empty = (): Enforcement => ({ ...healthy(), rulesets: seen([]), environments: seen([]), actions: seen({ enabled: true, allowed: 'selected', pinned: false }), token: seen({ writes: true, mayApprove: true }), immutableReleases: seen(false), labels: seen([]) });

const statesOf = (steps: readonly SetupStep[]): readonly string[] => [...new Set(steps.map(({ state }) => state))];

describe('a plan for a repository that has nothing', () => {
  const steps = planSetup(empty(), policy, app);

  it('makes environments first and the ruleset of the gated branches last', () => {
    expect(steps.map(({ what }) => what)).toEqual([
      'environment sallyport',
      'environment staging',
      'environment production',
      'actions have to be pinned to a commit',
      'the token of a workflow reads only, and approves nothing',
      'immutable releases',
      'label sallyport-override',
      'ruleset “sallyport: only the gatekeeper makes tags of promotions, builds and releases”',
      'ruleset “sallyport: nobody moves or deletes those tags”',
      'ruleset “sallyport: only the gatekeeper writes the ledger”',
      'ruleset “sallyport: nobody rewrites the ledger”',
      'ruleset “sallyport: the merge gate admits”',
    ]);
    expect(statesOf(steps)).toEqual(['make', 'change']);
  });

  it('keeps which actions are allowed', () => {
    expect(steps.flatMap(({ effects }) => effects).find(({ kind }) => kind === 'pin-actions')).toEqual({ kind: 'pin-actions', enabled: true, allowed: 'selected' });
  });

  it('protects an environment before it says what it admits', () => {
    expect(steps[2]?.effects.map(({ kind }) => kind)).toEqual(['protect-environment', 'admit']);
  });
});

describe('a plan for a repository that is set up', () => {
  it('has nothing to do', () => {
    expect(statesOf(planSetup(healthy(), policy, app))).toEqual(['held']);
  });

  it('takes what GitHub adds to a rule for no difference, and what somebody changed for one', () => {
    const change = (parameters: Readonly<Record<string, unknown>>): Enforcement => ({
      ...healthy(),
      rulesets: seen(valueOf(healthy().rulesets).map((one) => ({ ...one, rules: one.rules.map((rule) => (rule.type === 'pull_request' ? { ...rule, parameters: { ...rule.parameters, ...parameters } } : rule)) }))),
    });
    expect(statesOf(planSetup(change({ allowed_merge_methods: ['merge', 'squash'] }), policy, app))).toEqual(['held']);
    const [changed] = planSetup(change({ required_approving_review_count: 3 }), policy, app).filter(({ state }) => state === 'change');
    expect(changed?.lines.map((line) => line.slice(0, 16))).toEqual(['- pull_request {', '+ pull_request {']);
  });

  it('closes what an environment admits besides, and keeps its reviewers and its timer', () => {
    const [sallyport, staging, production] = valueOf(healthy().environments);
    if (sallyport === undefined || staging === undefined || production === undefined) throw new Error('The fixture has three environments.');
    const reviewers = [{ type: 'Team', id: 3 }];
    const opened: Environment = { ...production, admits: { kind: 'anything' }, adminsBypass: seen(true), waitMinutes: 10, reviewers, preventSelfReview: true };
    const twice: Environment = { ...staging, admits: { kind: 'patterns', patterns: seen([{ id: 7, name: 'main', type: 'branch' }, { id: 8, name: 'promote/staging/*', type: 'tag' }]) } };
    const steps = planSetup({ ...healthy(), environments: seen([sallyport, twice, opened]) }, policy, app).filter(({ state }) => state !== 'held');
    expect(steps).toEqual([
      { what: 'environment staging', state: 'change', lines: ['- admits branch main'], effects: [{ kind: 'stop-admitting', environment: 'staging', pattern: { id: 7, name: 'main', type: 'branch' } }] },
      {
        what: 'environment production',
        state: 'change',
        lines: ['- admits every branch and tag', '+ admits tags promote/production/*', '- administrators may pass'],
        effects: [
          { kind: 'protect-environment', name: 'production', keep: { waitMinutes: 10, reviewers, preventSelfReview: true } },
          { kind: 'admit', environment: 'production', pattern: { name: 'promote/production/*', type: 'tag' } },
        ],
      },
    ]);
  });

  it('leaves alone what it cannot see', () => {
    const steps = planSetup({ ...healthy(), rulesets: hidden('403'), environments: hidden('403'), actions: hidden('403'), token: hidden('403'), immutableReleases: hidden('403'), labels: hidden('403') }, policy, app);
    expect(statesOf(steps)).toEqual(['unseen']);
    expect(steps.flatMap(({ effects }) => effects)).toEqual([]);
  });

  it('takes an exception, another state and another target back', () => {
    const changed = (change: Partial<Ruleset>): readonly string[] => planSetup({ ...healthy(), rulesets: seen(valueOf(healthy().rulesets).map((one, index) => (index === 0 ? { ...one, ...change } : one))) }, policy, app).flatMap(({ lines }) => lines);
    expect(changed({ exclude: ['refs/tags/promote/production/7'] })).toEqual(['- except refs/tags/promote/production/7']);
    expect(changed({ enforcement: 'disabled' })).toEqual(['- disabled', '+ active']);
    expect(changed({ target: 'branch' })).toEqual(['- for branch', '+ for tag']);
  });

  it('does not make its ruleset another App’s', () => {
    expect(planSetup(healthy(), policy, app + 1).filter(({ state }) => state === 'change').map(({ lines }) => lines)).toEqual([
      [`- not for the App ${app}`, `+ not for the App ${app + 1}`],
      [`- not for the App ${app}`, `+ not for the App ${app + 1}`],
      [expect.stringContaining(`"integration_id":${app}}`), expect.stringContaining(`"integration_id":${app + 1}}`)],
    ]);
  });
});
