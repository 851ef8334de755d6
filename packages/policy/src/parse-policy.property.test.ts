import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fullPolicyText, threeLinePolicyText } from './example-policy.fixture.ts';
import { parsePolicy } from './parse-policy.ts';

/** Whatever comes in, the result is one a gate may rely on. */
function expectSound(text: string): void {
  const result = parsePolicy(text);
  const lineCount = text.split(/\r\n|\r|\n/).length;
  for (const { line, column, message } of result.problems) {
    expect(line).toBeGreaterThanOrEqual(1);
    expect(line).toBeLessThanOrEqual(lineCount);
    expect(column).toBeGreaterThanOrEqual(1);
    expect(message).not.toMatch(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]|undefined|\[object/u);
  }
  if (!result.ok) {
    expect(result.problems.some(({ severity }) => severity === 'error')).toBe(true);
    return;
  }
  const { merge, environments, windows, overrides } = result.policy;
  expect(result.problems.every(({ severity }) => severity !== 'error')).toBe(true);
  expect(merge.tests.length).toBeGreaterThan(0);
  expect(merge.review.approvals).toBeGreaterThan(0);
  expect(environments.length).toBeGreaterThan(0);
  for (const { name, after, window, override } of environments) {
    const before = environments.map((environment) => environment.name);
    expect(after === null || (after.environment !== name && before.includes(after.environment))).toBe(true);
    expect(window === null || windows.some((known) => known.name === window)).toBe(true);
    expect(override === null || overrides.some((known) => known.name === override)).toBe(true);
    if (name === 'production') expect(after).not.toBeNull();
  }
  for (const { expiresAfterSeconds, waives, approvers } of overrides) {
    expect(expiresAfterSeconds).toBeLessThanOrEqual(28_800);
    expect(!waives.includes('freeze') || approvers.approvals >= 2).toBe(true);
  }
}

const token = fc.constantFrom('', ' ', '\n', '\t', '- ', ': ', '{', '}', '[', ']', '&a ', '*a', '!!str ', '? ', '"', "'", '|\n', '>\n', '---\n', '0', '-1', '99999999', 'null', 'true', '~', 'freeze', 'anytime', 'staging', 'production', '__proto__', '\0', '\r', '\uFEFF', '#', '%', '<<: ', '\ud800', '"\\n::error::"', '\u2028');

describe('parsePolicy', () => {
  it('never throws and never allows too much, on any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), expectSound));
  });

  it('never throws and never allows too much, on pieces of YAML', () => {
    fc.assert(fc.property(fc.array(token, { maxLength: 40 }), (tokens) => expectSound(tokens.join(''))), { numRuns: 500 });
  });

  it.each([
    ['the full policy', fullPolicyText],
    ['the three-line policy', threeLinePolicyText],
  ])('never throws and never allows too much, on %s with a part replaced', (_name, original) => {
    const mutation = fc.tuple(fc.nat(original.length), fc.nat(12), token);
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 3 }), (mutations) => {
        expectSound(mutations.reduce((text, [at, length, put]) => text.slice(0, at) + put + text.slice(at + length), original));
      }),
      { numRuns: 500 },
    );
  });

  it('never throws and never allows too much, on the full policy with a line removed or moved', () => {
    const lines = fullPolicyText.split('\n');
    fc.assert(
      fc.property(fc.nat(lines.length - 1), fc.option(fc.nat(lines.length - 1), { nil: null }), (from, to) => {
        const changed = lines.filter((_line, index) => index !== from);
        if (to !== null) changed.splice(to, 0, lines[from] ?? '');
        expectSound(changed.join('\n'));
      }),
      { numRuns: 500 },
    );
  });
});
