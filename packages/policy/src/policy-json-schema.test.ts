import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { fullPolicyText, threeLinePolicyText } from './example-policy.fixture.ts';
import { policyJsonSchema } from './policy-json-schema.ts';
import { readYaml, valueOf } from './yaml-tree.ts';

const validate = new Ajv2020({ allErrors: true }).compile(policyJsonSchema());

function valueIn(text: string): unknown {
  const read = readYaml(text);
  if (!read.ok) throw new Error('the example is not readable');
  return valueOf(read.root);
}

function accepts(text: string): boolean {
  return validate(valueIn(text));
}

/** Every schema of a field, with the way to it. */
function fieldsOf(schema: unknown, way: string): [string, Readonly<Record<string, unknown>>][] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, inner]: [string, unknown]) => {
    const deeper = fieldsOf(inner, `${way}/${key}`);
    if (key !== 'properties') return deeper;
    return [...Object.entries(inner as Readonly<Record<string, Readonly<Record<string, unknown>>>>).map(([name, field]): [string, Readonly<Record<string, unknown>>] => [`${way}/${name}`, field]), ...deeper];
  });
}

describe('policyJsonSchema', () => {
  it.each([
    ['the full policy', fullPolicyText],
    ['the three-line policy', threeLinePolicyText],
    ['a freeze without an end', `${threeLinePolicyText}freezes: [{ name: f, from: 2026-12-29T10:00, to: open-ended, owner: o, reason: r }]\n`],
    ['a yearly freeze', `${threeLinePolicyText}freezes: [{ name: f, every: year, from: 12-19T00:00, to: 01-04T00:00, owner: o, reason: r }]\n`],
    ['hours by the month, and more of them', `${threeLinePolicyText}windows: { w: { days: [second tuesday], also: [{ days: [last friday], from: "06:00", to: "07:00" }], since: 2026-12-01, until: 2027-12-01 } }\n`],
  ])('accepts %s', (_name, text) => {
    expect(accepts(text), JSON.stringify(validate.errors)).toBe(true);
  });

  it.each([
    ['an unknown field at the top', 'zebra: 1'],
    ['an unknown field deeper', 'environments: { staging: { soak: 24h } }'],
    ['an unknown value', 'build: { provenance: maybe }'],
    ['a bad name', 'environments: { Staging: {} }'],
    ['no environment', 'environments: {}'],
    ['a bad duration', 'overrides: { fix: { approvers: { team: a/b }, expires-after: soon } }'],
    ['a misspelt day', 'windows: { w: { days: [satuday] } }'],
    ['a freeze without an end', 'freezes: [{ name: f, from: 2026-12-29T10:00, owner: o, reason: r }]'],
    ['a freeze without a year that comes once', 'freezes: [{ name: f, from: 12-19T00:00, to: 2027-01-04T00:00, owner: o, reason: r }]'],
    ['a yearly freeze with a year', 'freezes: [{ name: f, every: year, from: 12-19T00:00, to: 2027-01-04T00:00, owner: o, reason: r }]'],
    ['a yearly freeze without an end', 'freezes: [{ name: f, every: year, from: 12-19T00:00, to: open-ended, owner: o, reason: r }]'],
    ['a calendar from nowhere', 'calendars: [{ name: c, owner: o, reason: r }]'],
    ['a calendar from two places', 'calendars: [{ name: c, holidays: US, file: a.ics, owner: o, reason: r }]'],
    ['an address without a digest', 'calendars: [{ name: c, url: "https://example.com/a.ics", owner: o, reason: r }]'],
    ['holidays of another country in no zone', 'calendars: [{ name: c, holidays: DE, owner: o, reason: r }]'],
    ['holidays that grow old', 'calendars: [{ name: c, holidays: US, max-age: 30d, owner: o, reason: r }]'],
    ['a bad zone', 'windows: { w: { zone: PST } }'],
  ])('rejects %s', (_name, more) => {
    expect(accepts(`${threeLinePolicyText}${more}\n`)).toBe(false);
  });

  it.each([
    ['no tests', 'version: 1\nmerge: { tests: [] }\n'],
    ['a test from nowhere', 'version: 1\nmerge: { tests: [{ check: unit }] }\n'],
    ['a test from two places', 'version: 1\nmerge: { tests: [{ check: unit, app: 1, workflow: .github/workflows/ci.yml }] }\n'],
    ['a status from an app as well', 'version: 1\nmerge: { tests: [{ check: unit, app: 1, status-by: 2 }] }\n'],
    ['attempts of an app', 'version: 1\nmerge: { tests: [{ check: unit, app: 1, attempts: 2 }] }\n'],
    ['a person with one account', 'version: 1\nmerge: { tests: [{ check: unit, app: 1 }], review: { people: [{ name: Ana, accounts: [1] }] } }\n'],
    ['no version', 'merge: { tests: [{ check: unit, app: 1 }] }\n'],
  ])('rejects %s', (_name, text) => {
    expect(accepts(text)).toBe(false);
  });

  it('describes every field to the editor', () => {
    const fields = fieldsOf(policyJsonSchema(), '');
    expect(fields.length).toBeGreaterThan(40);
    expect(fields.filter(([, field]) => typeof field['description'] !== 'string').map(([way]) => way)).toEqual([]);
  });

  it('is strict at every level', () => {
    const loose = [['', policyJsonSchema()] as const, ...fieldsOf(policyJsonSchema(), '')].filter(
      ([, field]) => 'properties' in field && field['additionalProperties'] !== false,
    );
    expect(loose).toEqual([]);
  });
});
