import { readFileSync } from 'node:fs';
import { renderIssueForm } from '@sallyport/simulator';
import type { FormAnswers } from '@sallyport/simulator';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdsChoices, urgencyChoices, waiverBoxes } from './override-form.ts';
import { isOverrideForm, parseOverrideForm } from './override-form-text.ts';

const file = readFileSync(new URL('../../../workflows/issue-forms/sallyport-override.yml', import.meta.url), 'utf8');
const answers = { build: '1.8.1', environment: 'production', urgency: 'It is being exploited', advisory: 'GHSA-9f4x-2v7m-5c3p', reason: 'stored script is being exploited', waives: ['The release window', 'The soak time before it'], holds: 'At most 1 hour' };
const sent = (changes: FormAnswers = {}): string => renderIssueForm(file, { ...answers, ...changes });
const whole = { build: '1.8.1', environment: 'production', urgency: 'exploited', advisory: 'GHSA-9f4x-2v7m-5c3p', reason: 'stored script is being exploited', waives: ['window', 'soak'], holdsSeconds: 3600 };

describe('a form that is read', () => {
  it.each<[string, string, object]>([
    ['with everything answered', sent(), whole],
    ['with Windows line ends', sent().replaceAll('\n', '\r\n'), whole],
    ['with a blank line before and after', `\n${sent()}\n\n`, whole],
    ['without an advisory', sent({ advisory: '' }), { ...whole, advisory: null }],
    ['for as long as the policy allows', sent({ holds: 'As long as the policy allows' }), { ...whole, holdsSeconds: null }],
    ['with boxes that were ticked on GitHub’s own page', sent().replaceAll('[X]', '[x]'), whole],
    ['with a reason of several lines', sent({ reason: 'stored  script\n\nis being\r\nexploited ' }), whole],
    ['with a field’s name inside a line of the reason', sent({ reason: 'see ### Environment there' }), { ...whole, reason: 'see ### Environment there' }],
    ['with a reason in quotes', sent({ reason: '> names "leak": \\ # now' }), { ...whole, reason: '> names "leak": \\ # now' }],
    ['with what must not be recorded', sent({ reason: `ask ops@example.org, ghp_${'a1B2'.repeat(9)}` }), { ...whole, reason: 'ask [address left out], [secret left out]' }],
    ['with a digest', sent({ build: `sha256:${'b'.repeat(64)}` }), { ...whole, build: `sha256:${'b'.repeat(64)}` }],
  ])('%s', (_name, body, expected) => {
    expect(parseOverrideForm(body)).toEqual(expected);
  });
});

describe('a text that is no form', () => {
  it.each([
    ['a block', '```sallyport-override\nbuild: x\n```'],
    ['a form below other words', `Please.\n${sent()}`],
    ['a form of somebody else', sent().replace('### Build', '### What happened')],
    ['a quoted form', sent().replaceAll(/^/gm, '> ')],
    ['nothing', ''],
  ])('%s', (_name, body) => {
    expect(isOverrideForm(body)).toBe(false);
    expect(parseOverrideForm(body)).toBeNull();
  });
});

describe('a form that is not guessed at', () => {
  it.each<[string, string, string]>([
    ['an answer that forges another field', sent({ reason: 'urgent\n\n### Environment\n\nstaging' }), 'Environment: it is there more than once'],
    ['an answer that forges its own field', sent({ reason: 'urgent\n### Reason\nnone' }), 'Reason: it is there more than once'],
    ['an answer that forges a field after which nothing follows', sent({ holds: 'At most 1 hour\n\n### Build\n\n1.0.0' }), 'Build: it is there more than once'],
    ['a forged field with blanks behind it', sent({ reason: 'urgent\n### Environment \t\nstaging' }), 'Environment: it is there more than once'],
    ['a heading that a person takes for a field', sent({ reason: 'urgent\n ### Environment\nstaging' }), 'is none of the form’s'.replace('’', "'")],
    ['a heading of another level', sent({ reason: 'urgent\n## Environment\nstaging' }), 'A line begins like a heading'],
    ['a heading with closing marks', sent({ reason: 'urgent\n### Environment ###\nstaging' }), 'A line begins like a heading'],
    ['a field that was taken away', sent().replace('### Environment\n\nproduction\n\n', ''), 'Environment: it is missing'],
    ['fields in another order', sent().replace('### Urgency', '### X').replace('### Advisory', '### Urgency').replace('### X', '### Advisory'), 'not in the order'],
    ['no build', sent({ build: '' }), 'Build: it is empty'],
    ['two builds', sent({ build: '1.8.1 1.8.2' }), 'Build: that is none'],
    ['a build on two lines', sent({ build: '1.8.1\n1.8.2' }), 'Build: it is more than one line'],
    ['an environment with a space', sent({ environment: 'production eu' }), 'Environment: that is none'],
    ['an environment that no one can see to the end', sent({ environment: 'production\u200b' }), 'Environment: that is none'],
    ['an advisory with a hidden line end', sent({ advisory: 'CVE-2026-1234\u2028x' }), 'Advisory: it holds a character that cannot be seen'],
    ['a very long advisory', sent({ advisory: 'x'.repeat(201) }), 'Advisory: it has 201 characters'],
    ['an urgency of one’s own', sent({ urgency: 'Because I say so' }), 'Urgency: that is none of its choices'],
    ['no urgency', sent({ urgency: '' }), 'Urgency: nothing is chosen'],
    ['a reason of one’s own length', sent({ reason: 'x'.repeat(1001) }), 'Reason: it has 1001 characters'],
    ['no reason', sent({ reason: '_No response_' }), 'Reason: it is empty'],
    ['a reason with a character that cannot be seen', sent({ reason: 'names \u0007 leak' }), 'Reason: it holds a character'],
    ['no box ticked', sent({ waives: [] }), 'What is to be waived: no box is ticked'],
    ['a box that is not there', sent().replace('The soak time before it', 'The tests'), 'the boxes are not those of the form'],
    ['a box more', sent().replace('- [X] The soak', '- [X] The tests\n- [X] The soak'), 'the boxes are not those of the form'],
    ['a box twice', sent().replace('- [ ] A freeze (where the policy allows it; takes two approvals)', '- [X] The release window'), 'the boxes are not those of the form'],
    ['a time of one’s own', sent({ holds: 'For ever' }), 'How long the approval may be used: that is none'],
    ['a text without end', sent({ reason: 'x '.repeat(500_000) }), 'and a form at most 10000'],
  ])('%s', (_name, body, problem) => {
    expect(parseOverrideForm(body)).toEqual({ problems: expect.arrayContaining([expect.stringContaining(problem) as unknown]) as unknown });
  });

  it('for all that is wrong with it at once', () => {
    expect(parseOverrideForm(sent({ build: '', environment: '', urgency: '', reason: '', waives: [], holds: 'x' }))).toMatchObject({ problems: { length: 6 } });
  });
});

const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter((text) => !/[\p{Cc}\p{Zl}\p{Zp}\s@]/u.test(text) && !text.startsWith('#'));
const filledIn = fc.record({
  build: fc.stringMatching(/^[0-9A-Za-z][0-9A-Za-z.+:-]{0,60}$/),
  environment: fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,40}$/),
  urgency: fc.constantFrom(...urgencyChoices.keys()),
  advisory: fc.option(fc.stringMatching(/^(?:CVE-2026-[0-9]{4}|INC-[0-9]{1,6})$/), { nil: '' }),
  reason: fc.array(fc.tuple(word, fc.constantFrom(' ', '\n', '\r\n', '\n\n')), { minLength: 1, maxLength: 20 }),
  waives: fc.subarray([...waiverBoxes.keys()], { minLength: 1 }),
  holds: fc.constantFrom(...holdsChoices.keys()),
});

describe('laws', () => {
  it('what is filled in comes back, whatever it is', () => {
    fc.assert(
      fc.property(filledIn, ({ reason, ...given }) => {
        const expected = reason.map(([text]) => text).join(' ');
        fc.pre(expected !== '_No response_' && expected !== 'None' && given.build !== 'None' && given.environment !== 'None');
        expect(parseOverrideForm(renderIssueForm(file, { ...given, reason: reason.flat().join('') }))).toEqual({
          build: given.build,
          environment: given.environment,
          urgency: urgencyChoices.get(given.urgency),
          advisory: given.advisory === '' ? null : given.advisory,
          reason: expected,
          waives: given.waives.map((box) => waiverBoxes.get(box)),
          holdsSeconds: holdsChoices.get(given.holds),
        });
      }),
      { numRuns: 500 },
    );
  });

  it('no reason changes what another field says: the form is read with the others as they were, or not at all', () => {
    const pieces = fc.constantFrom('### Environment', '### Build', '### Reason', '### Advisory', '### What is to be waived', 'staging', '- [X] A freeze (where the policy allows it; takes two approvals)', '_No response_', '\n', '\r\n', '\r', '\n\n', ' ', '#', '```', '<!--', '-->', '\u2028', 'words');
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string({ maxLength: 8 })), { maxLength: 30 }), (parts) => {
        const read = parseOverrideForm(sent({ reason: parts.join('') }));
        if (read === null || 'problems' in read) return read !== null;
        const { reason: _reason, ...others } = read;
        const { reason: _other, ...expected } = whole;
        expect(others).toEqual(expected);
        return true;
      }),
      { numRuns: 2000 },
    );
  });

  it('every text is read in a moment, and to something', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      parseOverrideForm(`### Build\n\n${text}`);
    }));
    const begin = performance.now();
    for (const piece of ['### Build\n', '#', ' ', '### ', '- [', '```\n']) parseOverrideForm(`### Build\n\n${piece.repeat(Math.floor(9000 / piece.length))}`);
    for (const piece of [' ', '\n']) parseOverrideForm(piece.repeat(1_000_000));
    expect(performance.now() - begin).toBeLessThan(10_000);
  });
});
