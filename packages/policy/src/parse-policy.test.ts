import { describe, expect, it } from 'vitest';
import { fullPolicy, fullPolicyText, threeLinePolicyText } from './example-policy.fixture.ts';
import { parsePolicy } from './parse-policy.ts';
import type { PolicyResult } from './parse-policy.ts';
import type { Policy } from './policy.ts';
import type { PolicyProblem } from './policy-problem.ts';

function policyOf(result: PolicyResult): Policy {
  if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join('\n'));
  return result.policy;
}

function summaryOf({ problems }: PolicyResult, severity: PolicyProblem['severity'] = 'error'): readonly string[] {
  return problems.filter((problem) => problem.severity === severity).map(({ line, column, code, path }) => `${line}:${column} ${code} ${path.join('.')}`);
}

/** The three-line policy, lines 1 to 3, followed by `more` from line 4. */
const withMore = (more: string): string => threeLinePolicyText + more;

describe('a good policy', () => {
  it('becomes what it says', () => {
    expect(policyOf(parsePolicy(fullPolicyText))).toStrictEqual(fullPolicy);
  });

  it('needs three lines, and the rest is the safe default', () => {
    expect(policyOf(parsePolicy(threeLinePolicyText))).toEqual({
      version: 1,
      repository: null,
      merge: {
        into: ['main'],
        tests: [{ check: 'unit', from: 'workflow', workflow: '.github/workflows/ci.yml', paths: null, attempts: null }],
        review: { approvals: 1, permission: 'write', sensitive: [], codeOwners: 'ignored', signatures: 'ignored', people: [], machines: [] },
      },
      build: { workflow: '.github/workflows/build.yml', provenance: 'required' },
      environments: [
        { ...fullPolicy.environments[0] },
        { ...fullPolicy.environments[1], override: null, rollback: 'window' },
      ],
      windows: [{ ...fullPolicy.windows[0], except: [], extra: [] }],
      freezes: [],
      overrides: [],
      ledger: { keys: [] },
    });
  });

  it.each([
    ['with CRLF line ends', fullPolicyText.replaceAll('\n', '\r\n')],
    ['with a byte order mark', `\uFEFF${fullPolicyText}`],
    ['with a document start', `---\n${fullPolicyText}`],
  ])('means the same %s', (_name, text) => {
    expect(policyOf(parsePolicy(text))).toEqual(fullPolicy);
  });

  it('keeps unquoted times and dates as they are written', () => {
    const unquoted = fullPolicyText.replaceAll('"06:00"', '06:00').replaceAll('"12:00"', '12:00');
    expect(policyOf(parsePolicy(unquoted))).toEqual(fullPolicy);
  });

  it('reads opening hours by month, more hours of a window, and how long they hold', () => {
    const { windows } = policyOf(parsePolicy(withMore(`windows:
  patch-day:
    days: [second tuesday, last friday]
    from: "18:00"
    to: "20:00"
    since: 2026-09-01
    until: 2027-08-31
    also:
      - { days: [saturday, sunday], from: "06:00", to: "08:00" }
      - { days: [monday], from: "22:00", to: "02:00", since: 2026-10-01, until: 2026-12-31, except: [2026-10-05] }
`)));
    const shared = { name: 'patch-day', zone: 'America/Los_Angeles', from: '18:00', to: '20:00', except: [], extra: [] };
    expect(windows[0]).toStrictEqual({
      ...shared,
      days: ['second tuesday', 'last friday'],
      since: '2026-09-01',
      until: '2027-08-31',
      also: [
        { days: ['saturday', 'sunday'], from: '06:00', to: '08:00', except: [] },
        { days: ['monday'], from: '22:00', to: '02:00', since: '2026-10-01', until: '2026-12-31', except: ['2026-10-05'] },
      ],
    });
  });

  it('reads freezes that come once, never end, and come back every year', () => {
    const { freezes } = policyOf(parsePolicy(withMore(`freezes:
  - { name: launch, from: 2026-12-01T00:00, to: 2026-12-02T00:00, owner: "@ana", reason: launch }
  - { name: incident, from: 2026-12-01T00:00, to: open-ended, owner: "@ana", reason: data loss }
  - { name: holidays, every: year, from: 12-19T00:00, to: 01-04T00:00, owner: "@ana", reason: peak season }
`)));
    const shared = { zone: 'America/Los_Angeles', owner: '@ana' };
    expect(freezes).toStrictEqual([
      { ...shared, name: 'launch', from: '2026-12-01T00:00', to: '2026-12-02T00:00', reason: 'launch' },
      { ...shared, name: 'incident', from: '2026-12-01T00:00', to: null, reason: 'data loss' },
      { ...shared, name: 'holidays', every: 'year', from: '12-19T00:00', to: '01-04T00:00', reason: 'peak season' },
    ]);
  });

  it('gives production what it leaves out', () => {
    const { environments } = policyOf(parsePolicy(withMore('environments: { staging: {}, production: {} }\n')));
    expect(environments).toEqual(policyOf(parsePolicy(threeLinePolicyText)).environments);
  });

  it.each([
    ['an environment nothing comes before waits for no window', 'environments: { one: {}, two: { after: { environment: one } } }', 'one', null],
    ['one that others come before waits for Saturday', 'environments: { one: {}, two: { after: { environment: one } } }', 'two', 'saturday-morning'],
    ['anytime is said in so many words', 'environments: { one: {}, two: { window: anytime, after: { environment: one } } }', 'two', null],
    ['production waits even if it says nothing at all', 'environments: { staging: {}, production: {} }', 'production', 'saturday-morning'],
  ])('%s', (_name, more, environment, window) => {
    const { environments } = policyOf(parsePolicy(withMore(more)));
    expect(environments.find(({ name }) => name === environment)?.window).toBe(window);
  });

  it('lets a declared window replace the built-in one of the same name', () => {
    const { windows } = policyOf(parsePolicy(withMore('windows: { saturday-morning: { from: "07:00" } }\n')));
    expect(windows).toEqual([{ ...fullPolicy.windows[0], from: '07:00', except: [], extra: [] }]);
  });

  it('asks a reason and an advisory of an override, for four hours', () => {
    const { overrides } = policyOf(parsePolicy(withMore('overrides: { security-fix: { approvers: { team: acme/security-leads } } }\n')));
    expect(overrides).toEqual(fullPolicy.overrides);
  });

  it.each(['1h30m', '90m', '5400s'])('reads a soak of %s as 5400 seconds', (soak) => {
    const text = withMore(`environments: { staging: {}, production: { after: { environment: staging, soak: ${soak} } } }\n`);
    expect(policyOf(parsePolicy(text)).environments[1]?.after).toEqual({ environment: 'staging', soakSeconds: 5_400 });
  });
});

describe('a valid policy', () => {
  it('of three lines has no problems', () => {
    const result = parsePolicy(threeLinePolicyText);
    expect(result.ok).toBe(true);
    expect(result.problems).toEqual([]);
  });

  it('may ask for everything that is offered', () => {
    const text = withMore(`  review: { code-owners: required, signatures: required }
build: { provenance: required, trust-root: .github/trusted_root.json }
environments:
  staging: {}
  production: { promote: scheduled, rollback: anytime }
`);
    expect(parsePolicy(text).problems).toEqual([]);
  });

  it('does not let a release manager choose among no windows', () => {
    const text = withMore('environments: { staging: { promote: scheduled }, production: { promote: scheduled } }\n');
    expect(summaryOf(parsePolicy(text))).toEqual(['4:37 scheduled-without-window environments.staging.promote']);
  });
});

describe('a policy with mistakes', () => {
  it('reports all of them at once, in file order', () => {
    const text = `version: 2
merge:
  into: []
  tests: []
  review: { approvers: 1, approvals: 0 }
build:
environments:
  Prod: {}
  production: { window: saturday-mornin, override: fast }
  a: { after: { environment: b } }
  b: { after: { environment: a, soak: 24 } }
windows:
  nights: { zone: PST, from: "25:00", except: [2026-02-30, 5], days: [satuday] }
`;
    expect(summaryOf(parsePolicy(text))).toEqual([
      '1:10 not-allowed version',
      '3:9 too-few merge.into',
      '4:10 too-few merge.tests',
      '5:13 unknown-field merge.review.approvers',
      '5:38 too-small merge.review.approvals',
      '6:1 wrong-type build',
      '8:3 bad-name environments.Prod',
      '9:3 unknown-environment environments.production',
      '9:25 unknown-window environments.production.window',
      '9:52 unknown-override environments.production.override',
      '11:39 wrong-type environments.b.after.soak',
      '13:19 bad-zone windows.nights.zone',
      '13:30 bad-time windows.nights.from',
      '13:48 bad-date windows.nights.except.0',
      '13:60 wrong-type windows.nights.except.1',
      '13:71 not-allowed windows.nights.days.0',
    ]);
  });

  it.each([
    ['a misspelt field', '  reveiw: {}', 'unknown-field', 'review'],
    ['camel case', '  review: { codeOwners: required }', 'unknown-field', 'code-owners'],
    ['an underscore', 'environments: { staging: { must_fit: true } }', 'unknown-field', 'must-fit'],
    ['a misspelt value', '  review: { permission: mantain }', 'not-allowed', 'maintain'],
    ['a misspelt list', '  review: { machine: [{ name: updater, account: 900 }] }', 'unknown-field', 'machines'],
    ['an adjective', '  review: { signatures: require }', 'not-allowed', 'required'],
    ['a misspelt window', 'environments: { staging: { window: saturday-mornings } }', 'unknown-window', 'saturday-morning'],
    ['a misspelt environment', 'environments: { staging: {}, last: { after: { environment: stagin } } }', 'unknown-environment', 'staging'],
    ['an at sign before a team', '  review: { sensitive: [{ paths: [a], team: "@acme/platform" }] }', 'bad-team', 'acme/platform'],
    ['a workflow without its folder', 'build: { workflow: build.yml }', 'bad-workflow', '.github/workflows/build.yml'],
    ['a repository as an address', 'repository: https://github.com/acme/shop.git', 'bad-repository', 'acme/shop'],
    ['a full reference', '  into: [refs/heads/main]', 'bad-branch', 'main'],
    ['a misspelt day', 'windows: { nights: { days: [satuday] } }', 'not-allowed', 'saturday'],
    ['an abbreviated day', 'windows: { nights: { days: [Sat] } }', 'not-allowed', 'saturday'],
    ['a day in the plural', 'windows: { nights: { days: [tuesdays] } }', 'not-allowed', 'tuesday'],
    ['a capital day', 'windows: { nights: { days: [Friday] } }', 'not-allowed', 'friday'],
    ['a misspelt day of the month', 'windows: { nights: { days: [secnd tuesday] } }', 'not-allowed', 'second tuesday'],
    ['a zone abbreviation', 'windows: { nights: { zone: PDT } }', 'bad-zone', 'America/Los_Angeles'],
  ])('says what was probably meant by %s', (_name, more, code, nearest) => {
    const { ok, problems } = parsePolicy(withMore(`${more}\n`));
    expect(ok).toBe(false);
    expect(problems).toMatchObject([{ code, nearest, line: 4 }]);
    expect(problems[0]?.message).toContain(`Did you mean "${nearest}"?`);
  });

  it.each([
    ['a field', '"a\\n::error::b": 1'],
    ['an environment', 'environments: { "a\\n::error::b": { window: other } }'],
    ['a value', 'build: { provenance: "a\\n::error::b" }'],
    ['a circle', 'environments: { "a\\n::error::b": { after: { environment: "a\\n::error::b" } } }'],
  ])('keeps its messages on one line when %s holds a line break', (_name, more) => {
    const { problems } = parsePolicy(withMore(`${more}\n`));
    expect(problems.length).toBeGreaterThan(0);
    for (const { message } of problems) expect(message).not.toMatch(/\n/);
  });

  it.each(['Samstag', 'samedi', 'sábado', 'суббота', '土曜日', 'sa', 'weekend', 'second', 'last  friday', ''])('does not take %j for a day', (day) => {
    const { problems } = parsePolicy(withMore(`windows: { w: { days: [${JSON.stringify(day)}] } }\n`));
    expect(problems).toMatchObject([{ code: 'not-allowed', path: ['windows', 'w', 'days', 0], line: 4, column: 24 }]);
    expect(problems[0]?.message).toContain('in English and in full');
  });

  it('says how a freeze without an end is written', () => {
    const { problems } = parsePolicy(withMore('freezes: [{ name: f, from: 2026-12-29T10:00, owner: o, reason: r }]\n'));
    expect(problems.map(({ message }) => message)).toEqual(['freezes[0] lacks the field "to", which has no default. Add it; "to: open-ended" means until somebody takes the freeze out.']);
  });

  it('does not guess at a word that is near nothing', () => {
    const [problem] = parsePolicy(withMore('zebra: 1\n')).problems;
    expect(problem).not.toHaveProperty('nearest');
    expect(problem?.allowed).toContain('environments');
  });

  it('says how to write a number where text belongs', () => {
    const [problem] = parsePolicy('version: 1\nmerge: { tests: [{ check: 7, app: 1 }] }\n').problems;
    expect(problem?.message).toBe('merge.tests[0].check is 7; it must be text. Put it in quotes.');
  });

  it.each([
    ['a word', 'days: saturday', 'is "saturday"; it must be a list. Put it in brackets.'],
    ['a group', 'days: { on: saturday }', 'is a group of fields; it must be a list.'],
    ['nothing', 'days:', 'is empty; it must be a list. Fill it in or remove the field.'],
  ])('says how to write %s where a list belongs', (_what, days, expected) => {
    const { problems } = parsePolicy(withMore(`windows:\n  w:\n    ${days}\n    from: "06:00"\n    to: "12:00"\n    zone: UTC\n`));
    expect(problems[0]?.message).toBe(`windows.w.days ${expected}`);
  });

  it.each([
    ['a test from nowhere', 'merge: { tests: [{ check: unit }] }', 'no-source merge.tests.0'],
    ['a test from two places', 'merge: { tests: [{ check: unit, app: 1, workflow: .github/workflows/ci.yml }] }', 'two-sources merge.tests.0'],
    ['a test from GitHub Actions as an app', 'merge: { tests: [{ check: unit, app: 15368 }] }', 'forgeable-source merge.tests.0.app'],
    ['a test that is the gate itself', 'merge: { tests: [{ check: sallyport/merge, app: 1 }] }', 'own-check merge.tests.0.check'],
    ['a test from an app and an account', 'merge: { tests: [{ check: unit, app: 1, status-by: 2 }] }', 'two-sources merge.tests.0'],
    ['a test from three places', 'merge: { tests: [{ check: unit, app: 1, status-by: 2, workflow: .github/workflows/ci.yml }] }', 'two-sources merge.tests.0'],
    ['a status from GitHub Actions', 'merge: { tests: [{ check: unit, status-by: 41898282 }] }', 'forgeable-source merge.tests.0.status-by'],
    ['a status by a login', 'merge: { tests: [{ check: unit, status-by: ci-bot }] }', 'wrong-type merge.tests.0.status-by'],
    ['the same status twice', 'merge: { tests: [{ check: unit, status-by: 2 }, { check: unit, status-by: 2, paths: [a] }] }', 'repeated merge.tests.1'],
    ['attempts of a check that no workflow makes', 'merge: { tests: [{ check: unit, app: 1, attempts: 2 }] }', 'attempts-without-workflow merge.tests.0.attempts'],
    ['no attempt at all', 'merge: { tests: [{ check: unit, workflow: .github/workflows/ci.yml, attempts: 0 }] }', 'too-small merge.tests.0.attempts'],
    ['a test for no path', 'merge: { tests: [{ check: unit, app: 1, paths: [] }] }', 'too-few merge.tests.0.paths'],
    ['a test for a path that is absolute', 'merge: { tests: [{ check: unit, app: 1, paths: [/src] }] }', 'bad-glob merge.tests.0.paths.0'],
    ['a test for a path twice', 'merge: { tests: [{ check: unit, app: 1, paths: [a, b, a] }] }', 'repeated merge.tests.0.paths.2'],
    ['a test twice', 'merge: { tests: [{ check: unit, app: 1 }, { check: unit, app: 1 }] }', 'repeated merge.tests.1'],
    ['no tests', 'merge: {}', 'missing-field merge.tests'],
    ['an app that is no id', 'merge: { tests: [{ check: unit, app: 1.5 }] }', 'wrong-type merge.tests.0.app'],
    ['a workflow in a subfolder', 'merge: { tests: [{ check: unit, workflow: .github/workflows/a/ci.yml }] }', 'bad-workflow merge.tests.0.workflow'],
    ['a branch twice', 'merge: { tests: [{ check: unit, app: 1 }], into: [main, main] }', 'repeated merge.into.1'],
    ['a branch pattern', 'merge: { tests: [{ check: unit, app: 1 }], into: ["release/*"] }', 'bad-branch merge.into.0'],
    ['a negated glob', 'merge: { tests: [{ check: unit, app: 1 }], review: { sensitive: [{ paths: ["!infra/**"] }] } }', 'bad-glob merge.review.sensitive.0.paths.0'],
    ['a glob with braces, which no gate matches', 'merge: { tests: [{ check: unit, app: 1 }], review: { sensitive: [{ paths: ["{infra,ops}/**"] }] } }', 'bad-glob merge.review.sensitive.0.paths.0'],
    ['a glob full of stars', `merge: { tests: [{ check: unit, app: 1 }], review: { sensitive: [{ paths: ["${'*a'.repeat(9)}"] }] } }`, 'bad-glob merge.review.sensitive.0.paths.0'],
  ])('%s is refused', (_name, merge, summary) => {
    expect(summaryOf(parsePolicy(`version: 1\n${merge}\n`)).map((line) => line.replace(/^\S+ /, ''))).toEqual([summary]);
  });

  it.each([
    ['no environment', 'environments: {}', 'too-few environments'],
    ['production without staging', 'environments: { production: {} }', 'unknown-environment environments.production'],
    ['an environment after itself', 'environments: { a: { after: { environment: a } } }', 'circle environments.a.after'],
    ['a circle of environments', 'environments: { s: {}, a: { after: { environment: b } }, b: { after: { environment: a } } }', 'circle environments.a.after'],
    ['the environment of the gatekeeper', 'environments: { sallyport: {}, b: { window: saturday-morning } }', 'reserved-name environments.sallyport'],
    ['a window called anytime', 'windows: { anytime: {} }', 'reserved-name windows.anytime'],
    ['an override that is not declared', 'environments: { a: { override: fix, window: saturday-morning } }', 'unknown-override environments.a.override'],
    ['a must-fit that is text', 'environments: { a: { must-fit: "yes", window: saturday-morning } }', 'wrong-type environments.a.must-fit'],
    ['a fixed offset', 'windows: { w: { zone: UTC+8 } }', 'bad-zone windows.w.zone'],
    ['a day twice', 'windows: { w: { days: [monday, monday] } }', 'repeated windows.w.days.1'],
    ['a window on no day', 'windows: { w: { days: [] } }', 'too-few windows.w.days'],
    ['an extra opening that ends first', 'windows: { w: { extra: [{ from: 2026-12-29T10:00, to: 2026-12-29T10:00, owner: o, reason: r }] } }', 'reversed windows.w.extra.0.to'],
    ['an extra opening of nobody', 'windows: { w: { extra: [{ from: 2026-12-29T06:00, to: 2026-12-29T10:00, owner: " ", reason: r }] } }', 'bad-text windows.w.extra.0.owner'],
    ['a freeze that ends first', 'freezes: [{ name: f, from: 2026-12-29T10:00, to: 2026-12-28T10:00, owner: o, reason: r }]', 'reversed freezes.0.to'],
    ['a freeze on a day that does not exist', 'freezes: [{ name: f, from: 2026-02-29T10:00, to: 2026-12-28T10:00, owner: o, reason: r }]', 'bad-date-time freezes.0.from'],
    ['a freeze whose end was forgotten', 'freezes: [{ name: f, from: 2026-12-29T10:00, owner: o, reason: r }]', 'missing-field freezes.0.to'],
    ['a freeze without an end and without an owner', 'freezes: [{ name: f, from: 2026-12-29T10:00, to: open-ended, reason: r }]', 'missing-field freezes.0.owner'],
    ['a freeze without an end and without a reason', 'freezes: [{ name: f, from: 2026-12-29T10:00, to: open-ended, owner: o }]', 'missing-field freezes.0.reason'],
    ['a freeze that has no beginning', 'freezes: [{ name: f, from: open-ended, to: open-ended, owner: o, reason: r }]', 'bad-date-time freezes.0.from'],
    ['a freeze at 25 o’clock', 'freezes: [{ name: f, from: 2026-12-29T25:00, to: open-ended, owner: o, reason: r }]', 'bad-date-time freezes.0.from'],
    ['a freeze without a year that comes once', 'freezes: [{ name: f, from: 12-19T00:00, to: 2027-01-04T00:00, owner: o, reason: r }]', 'lacks-year freezes.0.from'],
    ['a freeze that ends without a year', 'freezes: [{ name: f, from: 2026-12-19T00:00, to: 01-04T00:00, owner: o, reason: r }]', 'lacks-year freezes.0.to'],
    ['a yearly freeze of one year', 'freezes: [{ name: f, every: year, from: 2026-12-19T00:00, to: 01-04T00:00, owner: o, reason: r }]', 'has-year freezes.0.from'],
    ['a yearly freeze without an end', 'freezes: [{ name: f, every: year, from: 12-19T00:00, to: open-ended, owner: o, reason: r }]', 'yearly-without-end freezes.0.to'],
    ['a yearly freeze of no length', 'freezes: [{ name: f, every: year, from: 12-19T00:00, to: 12-19T00:00, owner: o, reason: r }]', 'reversed freezes.0.to'],
    ['a yearly freeze on a day that most years lack', 'freezes: [{ name: f, every: year, from: 02-29T00:00, to: 03-04T00:00, owner: o, reason: r }]', 'bad-date-time freezes.0.from'],
    ['a calendar from nowhere', 'calendars: [{ name: c, owner: o, reason: r }]', 'no-source calendars.0'],
    ['a calendar from two places', 'calendars: [{ name: c, holidays: US, file: a.ics, owner: o, reason: r }]', 'two-sources calendars.0'],
    ['a calendar that nobody owns', 'calendars: [{ name: c, holidays: US, reason: r }]', 'missing-field calendars.0.owner'],
    ['a calendar without a reason', 'calendars: [{ name: c, holidays: US, owner: o }]', 'missing-field calendars.0.reason'],
    ['the name of a country', 'calendars: [{ name: c, holidays: Germany, owner: o, reason: r }]', 'bad-place calendars.0.holidays'],
    ['holidays of an unknown type', 'calendars: [{ name: c, holidays: US, types: [publik], owner: o, reason: r }]', 'not-allowed calendars.0.types.0'],
    ['holidays of no type', 'calendars: [{ name: c, holidays: US, types: [], owner: o, reason: r }]', 'too-few calendars.0.types'],
    ['a holiday type twice', 'calendars: [{ name: c, holidays: US, types: [bank, bank], owner: o, reason: r }]', 'repeated calendars.0.types.1'],
    ['an exception on a day that does not exist', 'calendars: [{ name: c, holidays: US, except: [2026-02-29], owner: o, reason: r }]', 'bad-date calendars.0.except.0'],
    ['an age of holidays', 'calendars: [{ name: c, holidays: US, max-age: 30d, owner: o, reason: r }]', 'not-of-this-source calendars.0.max-age'],
    ['holiday types of a file', 'calendars: [{ name: c, file: a.ics, types: [bank], owner: o, reason: r }]', 'not-of-this-source calendars.0.types'],
    ['a digest of a file in the repository', `calendars: [{ name: c, file: a.ics, sha256: ${'ab'.repeat(32)}, owner: o, reason: r }]`, 'not-of-this-source calendars.0.sha256'],
    ['an address without a digest', 'calendars: [{ name: c, url: "https://example.com/a.ics", owner: o, reason: r }]', 'no-digest calendars.0.url'],
    ['an address without encryption', `calendars: [{ name: c, url: "http://example.com/a.ics", sha256: ${'ab'.repeat(32)}, owner: o, reason: r }]`, 'bad-url calendars.0.url'],
    ['an address with a password', `calendars: [{ name: c, url: "https://me:it@example.com/a.ics", sha256: ${'ab'.repeat(32)}, owner: o, reason: r }]`, 'bad-url calendars.0.url'],
    ['a digest that is none', 'calendars: [{ name: c, url: "https://example.com/a.ics", sha256: abc, owner: o, reason: r }]', 'bad-digest calendars.0.sha256'],
    ['a trust root outside the repository', 'build: { trust-root: ../trusted_root.json }', 'bad-trust-root build.trust-root'],
    ['a trust root from the top of the disk', 'build: { trust-root: /trusted_root.json }', 'bad-trust-root build.trust-root'],
    ['a trust root of another kind', 'build: { trust-root: trusted_root.jsonl }', 'bad-trust-root build.trust-root'],
    ['a trust root that nothing is checked against', 'build: { provenance: none, trust-root: trusted_root.json }', 'trust-root-unused build.trust-root'],
    ['a calendar outside the repository', 'calendars: [{ name: c, file: ../a.ics, owner: o, reason: r }]', 'bad-calendar-file calendars.0.file'],
    ['a calendar of another kind', 'calendars: [{ name: c, file: a.csv, owner: o, reason: r }]', 'bad-calendar-file calendars.0.file'],
    ['a calendar that may be older than a year', 'calendars: [{ name: c, file: a.ics, max-age: 400d, owner: o, reason: r }]', 'bad-duration calendars.0.max-age'],
    ['a calendar in an abbreviated zone', 'calendars: [{ name: c, file: a.ics, zone: PST, owner: o, reason: r }]', 'bad-zone calendars.0.zone'],
    ['holidays of another country in no zone', 'calendars: [{ name: c, holidays: DE-BY, owner: o, reason: r }]', 'no-zone calendars.0.holidays'],
    ['a calendar file without a zone beside a window in another', 'windows: { w: { zone: Europe/Berlin } }\ncalendars: [{ name: c, file: a.ics, owner: o, reason: r }]', 'no-zone calendars.0'],
    ['no calendar', 'calendars: []', 'too-few calendars'],
    ['a calendar of the name of a freeze', 'freezes: [{ name: f, from: 2026-01-01T10:00, to: 2026-01-02T10:00, owner: o, reason: r }]\ncalendars: [{ name: f, holidays: US, owner: o, reason: r }]', 'repeated calendars.0.name'],
    ['two calendars of one name', 'calendars: [{ name: c, holidays: US, owner: o, reason: r }, { name: c, holidays: US-CA, owner: o, reason: r }]', 'repeated calendars.1.name'],
    ['a freeze of every month', 'freezes: [{ name: f, every: month, from: 12-19T00:00, to: 12-20T00:00, owner: o, reason: r }]', 'not-allowed freezes.0.every'],
    ['a window that ends before it begins', 'windows: { w: { since: 2026-12-01, until: 2026-11-30 } }', 'reversed windows.w.until'],
    ['more hours that end before they begin', 'windows: { w: { also: [{ days: [monday], from: "06:00", to: "07:00", since: 2026-12-01, until: 2026-11-30 }] } }', 'reversed windows.w.also.0.until'],
    ['more hours of no day', 'windows: { w: { also: [{ days: [], from: "06:00", to: "07:00" }] } }', 'too-few windows.w.also.0.days'],
    ['more hours without days', 'windows: { w: { also: [{ from: "06:00", to: "07:00" }] } }', 'missing-field windows.w.also.0.days'],
    ['more hours with a day twice', 'windows: { w: { also: [{ days: [monday, monday], from: "06:00", to: "07:00" }] } }', 'repeated windows.w.also.0.days.1'],
    ['more hours in a zone of their own', 'windows: { w: { also: [{ days: [monday], from: "06:00", to: "07:00", zone: UTC }] } }', 'unknown-field windows.w.also.0.zone'],
    ['an empty list of more hours', 'windows: { w: { also: [] } }', 'too-few windows.w.also'],
    ['a day of the month that no month has', 'windows: { w: { days: [sixth saturday] } }', 'not-allowed windows.w.days.0'],
    ['a validity that is no day', 'windows: { w: { since: 2026-02-30 } }', 'bad-date windows.w.since'],
    ['an extra opening without an owner', 'windows: { w: { extra: [{ from: 2026-12-29T06:00, to: 2026-12-29T10:00, reason: r }] } }', 'missing-field windows.w.extra.0.owner'],
    ['an extra opening without an end', 'windows: { w: { extra: [{ from: 2026-12-29T06:00, owner: o, reason: r }] } }', 'missing-field windows.w.extra.0.to'],
    ['an extra opening that never ends', 'windows: { w: { extra: [{ from: 2026-12-29T06:00, to: open-ended, owner: o, reason: r }] } }', 'bad-date-time windows.w.extra.0.to'],
    ['two freezes of one name', 'freezes: [{ name: f, from: 2026-01-01T10:00, to: 2026-01-02T10:00, owner: o, reason: r }, { name: f, from: 2026-02-01T10:00, to: 2026-02-02T10:00, owner: o, reason: r }]', 'repeated freezes.1.name'],
    ['nobody who is told', 'notify: []', 'too-few notify'],
    ['a place where nobody is told', 'notify: [{ to: email }]', 'not-allowed notify.0.to'],
    ['news of nothing', 'notify: [{ to: slack, of: [] }]', 'too-few notify.0.of'],
    ['news of something unknown', 'notify: [{ to: slack, of: [deploys] }]', 'not-allowed notify.0.of.0'],
    ['news twice', 'notify: [{ to: slack, of: [drift, drift] }]', 'repeated notify.0.of.1'],
    ['a mention where nobody can be mentioned', 'notify: [{ to: slack, mention: [mia] }]', 'no-effect notify.0.mention'],
    ['a mention of nobody', 'notify: [{ to: github, mention: ["@mia"] }]', 'bad-mention notify.0.mention.0'],
    ['a mention twice', 'notify: [{ to: github, mention: [mia, mia] }]', 'repeated notify.0.mention.1'],
    ['an address in the policy', 'notify: [{ to: slack, webhook: "https://hooks.example.com/x" }]', 'unknown-field notify.0.webhook'],
    ['an override without approvers', 'overrides: { fix: {} }', 'missing-field overrides.fix.approvers'],
    ['an override that lasts longer than 8 hours', 'overrides: { fix: { approvers: { team: a/b }, expires-after: 8h1s } }', 'bad-expiry overrides.fix.expires-after'],
    ['an override that has already expired', 'overrides: { fix: { approvers: { team: a/b }, expires-after: 0h } }', 'bad-expiry overrides.fix.expires-after'],
    ['a review that is due at once', 'overrides: { fix: { approvers: { team: a/b }, review-within: 0d } }', 'bad-review overrides.fix.review-within'],
    ['an override of the tests', 'overrides: { fix: { approvers: { team: a/b }, waives: [tests] } }', 'not-allowed overrides.fix.waives.0'],
    ['a freeze waived by one person', 'overrides: { fix: { approvers: { team: a/b }, waives: [freeze] } }', 'too-few-approvers overrides.fix.approvers.approvals'],
    ['a key that is none', 'ledger: { keys: [abc] }', 'bad-verifier-key ledger.keys.0'],
  ])('%s is refused', (_name, more, summary) => {
    expect(summaryOf(parsePolicy(withMore(`${more}\n`))).map((line) => line.replace(/^\S+ /, ''))).toEqual([summary]);
  });

  it.each([
    ['a person with one account', 'people: [{ name: Ana, accounts: [101] }]', 'too-few people.0.accounts', 'A person with one account needs no entry'],
    ['a person with no account', 'people: [{ name: Ana, accounts: [] }]', 'too-few people.0.accounts', 'name at least 2'],
    ['an account twice in one entry', 'people: [{ name: Ana, accounts: [101, 101] }]', 'repeated people.0.accounts.1', 'stands there already'],
    ['an account of two people', 'people: [{ name: Ana, accounts: [101, 111] }, { name: Ben, accounts: [102, 101] }]', 'repeated people.1.accounts.1', 'belongs to merge.review.people[0]'],
    ['an account of a person and a machine', 'people: [{ name: Ana, accounts: [101, 111] }], machines: [{ name: updater, account: 111 }]', 'repeated machines.0.account', 'belongs to merge.review.people[0]'],
    ['two machines with one account', 'machines: [{ name: one, account: 900 }, { name: two, account: 900 }]', 'repeated machines.1.account', 'belongs to merge.review.machines[0]'],
    ['two people of one name', 'people: [{ name: Ana, accounts: [1, 2] }, { name: Ana, accounts: [3, 4] }]', 'repeated people.1.name', 'put them together'],
    ['a machine by its login', 'machines: [{ name: updater, account: "dependabot[bot]" }]', 'wrong-type machines.0.account', '`gh api users/<login> --jq .id` tells the number'],
    ['a person by login', 'people: [{ name: Ana, accounts: [ana, 101] }]', 'wrong-type people.0.accounts.0', '`gh api users/<login> --jq .id` tells the number'],
    ['a machine without an account', 'machines: [{ name: updater }]', 'missing-field machines.0.account', 'has no default'],
    ['the account 0', 'machines: [{ name: updater, account: 0 }]', 'too-small machines.0.account', 'at least 1'],
    ['the account that every workflow pushes as', 'machines: [{ name: workflows, account: 41898282 }]', 'forgeable-source machines.0.account', 'a machine with an account of its own'],
  ])('%s is refused, and said why', (_name, review, summary, why) => {
    const result = parsePolicy(withMore(`  review: { ${review} }\n`));
    expect(summaryOf(result).map((line) => line.replace(/^\S+ /, '').replace('merge.review.', ''))).toEqual([summary]);
    expect(result.problems[0]?.message).toContain(why);
  });

  it.each(['environments', 'windows', 'overrides'])('more %s than anybody has are refused quickly', (group) => {
    const entries = Array.from({ length: 9_000 }, (_, index) => `  e${index}: { window: w${index} }`);
    const result = parsePolicy(withMore(`${group}:\n${entries.join('\n')}\n`));
    expect(result.ok).toBe(false);
    expect(result.problems.every(({ path }) => path[0] === group)).toBe(true);
  });

  it.each([
    [64, []],
    [65, ['too-many environments']],
  ])('%i environments are counted', (count, summary) => {
    const entries = Array.from({ length: count }, (_, index) => `  e${index}: { window: saturday-morning }`);
    const result = parsePolicy(withMore(`environments:\n${entries.join('\n')}\n`));
    expect(summaryOf(result).map((line) => line.replace(/^\S+ /, ''))).toEqual(summary);
  });

  it.each([
    ['an override of exactly 8 hours', 'overrides: { fix: { approvers: { team: a/b }, expires-after: 8h } }'],
    ['a freeze waived by two people', 'overrides: { fix: { approvers: { team: a/b, approvals: 2 }, waives: [window, soak, freeze] } }'],
    ['a verifier key', 'ledger: { keys: ["shop+0a1b2c3d+AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB"] }'],
    ['an exception on a day of more hours', 'windows: { w: { also: [{ days: [friday], from: "06:00", to: "07:00" }], except: [2026-12-25] } }'],
    ['an exception on the first and on the last day of a window', 'windows: { w: { since: 2026-12-05, until: 2026-12-12, except: [2026-12-05, 2026-12-12] } }'],
    ['a window of a single day', 'windows: { w: { since: 2026-12-05, until: 2026-12-05 } }'],
    ['the zone UTC', 'windows: { w: { zone: UTC } }'],
    ['an environment called constructor', 'environments: { constructor: {}, last: { after: { environment: constructor } } }'],
  ])('%s is accepted', (_name, more) => {
    expect(summaryOf(parsePolicy(withMore(`${more}\n`)))).toEqual([]);
  });

  it('accepts one check name from two places, which are two tests', () => {
    const tests = '[{ check: scan, app: 1 }, { check: scan, workflow: .github/workflows/ci.yml }]';
    expect(policyOf(parsePolicy(`version: 1\nmerge: { tests: ${tests} }\n`)).merge.tests).toHaveLength(2);
  });

  it.each([
    ['a window of 24 hours', 'windows: { w: { from: "06:00", to: "06:00" } }', ['4:36 whole-day windows.w.to']],
    ['an exception on a day the window is closed anyway', 'windows: { w: { except: [2026-12-25] } }', ['4:26 no-effect windows.w.except.0']],
    ['an exception on another Tuesday of the month', 'windows: { w: { days: [second tuesday], except: [2026-12-15] } }', ['4:50 no-effect windows.w.except.0']],
    ['an exception before the window begins', 'windows: { w: { since: 2026-12-01, except: [2026-11-28] } }', ['4:45 no-effect windows.w.except.0']],
    ['an exception after the window has ended', 'windows: { w: { until: 2026-12-01, except: [2026-12-05] } }', ['4:45 no-effect windows.w.except.0']],
    ['an exception of more hours on a day they are closed anyway', 'windows: { w: { also: [{ days: [monday], from: "06:00", to: "07:00", except: [2026-12-05] }] } }', ['4:79 no-effect windows.w.also.0.except.0']],
    ['more hours of 24 hours', 'windows: { w: { also: [{ days: [monday], from: "06:00", to: "06:00" }] } }', ['4:61 whole-day windows.w.also.0.to']],
    ['no window anywhere', 'environments: { live: {} }', ['4:1 no-window environments']],
  ])('%s is a warning', (_name, more, warnings) => {
    const result = parsePolicy(withMore(`${more}\n`));
    expect(result.ok).toBe(true);
    expect(summaryOf(result, 'warning')).toEqual(warnings);
  });
});

describe('start-within', () => {
  const withStart = (text: string) => parsePolicy(withMore(`environments: { staging: { start-within: ${text} }, production: {} }\n`));

  it('is absent where the file says nothing, and seconds where it does', () => {
    expect(policyOf(parsePolicy(threeLinePolicyText)).environments.some((environment) => 'startWithinSeconds' in environment)).toBe(false);
    expect(policyOf(withStart('30m')).environments[0]).toMatchObject({ startWithinSeconds: 1800 });
  });

  it.each([
    ['as soon as GitHub can be expected to', '5m', []],
    ['sooner', '4m59s', ['4:42 start-too-soon environments.staging.start-within']],
    ['as late as a day', '24h', []],
    ['later', '24h1s', ['4:42 start-too-late environments.staging.start-within']],
  ])('is judged: %s', (_name, text, summary) => {
    expect(summaryOf(withStart(text))).toEqual(summary);
  });
});

describe('health', () => {
  const summaryWith = (health: string, soak = '24h') => summaryOf(parsePolicy(withMore(`environments: { staging: { health: ${health} }, production: { after: { environment: staging, soak: ${soak} } } }\n`)));

  it('is absent where the file says nothing, and seconds where it does', () => {
    const health = (text: string) => policyOf(parsePolicy(withMore(text))).environments[0]?.health;
    expect(policyOf(parsePolicy(threeLinePolicyText)).environments.some((environment) => 'health' in environment)).toBe(false);
    expect(health('environments: { staging: { health: { workflow: .github/workflows/probe.yml, every: 15m } }, production: {} }\n')).toEqual({ workflow: '.github/workflows/probe.yml', everySeconds: 900 });
  });

  it.each([
    ['a probe as often as GitHub ticks', '{ workflow: .github/workflows/probe.yml, every: 5m }', '24h', []],
    ['one that is more often', '{ workflow: .github/workflows/probe.yml, every: 4m59s }', '24h', ['4:84 probe-too-often environments.staging.health.every']],
    ['one that never comes', '{ workflow: .github/workflows/probe.yml, every: 0s }', '24h', ['4:84 probe-too-often environments.staging.health.every']],
    ['as many as can be read', '{ workflow: .github/workflows/probe.yml, every: 5m }', '75h', []],
    ['more in a soak than can be read', '{ workflow: .github/workflows/probe.yml, every: 5m }', '75h1s', ['4:84 too-many-probes environments.staging.health.every']],
    ['the deploy for a probe', '{ workflow: .github/workflows/deploy.yml, every: 15m }', '24h', ['4:48 probe-is-deploy environments.staging.health.workflow']],
    ['no workflow', '{ every: 15m }', '24h', ['4:28 missing-field environments.staging.health.workflow']],
    ['no time', '{ workflow: .github/workflows/probe.yml }', '24h', ['4:28 missing-field environments.staging.health.every']],
  ])('is judged: %s', (_name, health, soak, summary) => {
    expect(summaryWith(health, soak)).toEqual(summary);
  });
});
