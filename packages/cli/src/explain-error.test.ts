import { OutsideError } from '@sallyport/pipeline';
import { expect, it } from 'vitest';
import { explainError } from './explain-error.ts';

const token = `ghp_${'x1'.repeat(18)}`;
const nested = new Error('another of mallory@example.com');
const cause = new Error(`answered {"token":"${token}","by":"ana@example.com","old":"0123456789abcdef0123456789abcdef01234567"}\u001b[31m`, { cause: nested });
const error = new OutsideError('malformed-answer', `GitHub answered with ${token} for ana@example.com.`, { retryable: false, cause });
const secrets = ['0123456789abcdef0123456789abcdef01234567', ''];

it.each([
  ['without --debug', false],
  ['with --debug, of its causes too', true],
])('tokens and addresses are left out of what is told of a failure: %s', (_name, debug) => {
  const { text, exitCode } = explainError(error, { debug, secrets });
  expect(exitCode).toBe(3);
  expect(text).toContain('GitHub answered with [secret left out] for [address left out].');
  expect(text).not.toContain(token);
  expect(text).not.toContain('example.com');
  expect(text).not.toContain('0123456789abcdef');
  expect(text.includes('caused by: Error: answered {"token":"[secret left out]","by":"[address left out]","old":"[secret left out]"}')).toBe(debug);
  expect(text.includes('caused by: Error: another of [address left out]')).toBe(debug);
});

it('places in the code are shown with --debug', () => {
  expect(explainError(error, { debug: true, secrets: [] }).text).toMatch(/\n {4}at .*explain-error\.test\.ts:\d+/);
  expect(explainError(error, { debug: false, secrets: [] }).text).not.toContain('explain-error.test.ts');
});

it('nothing in a cause steers the terminal', () => {
  expect(explainError(error, { debug: true, secrets: [] }).text).not.toContain('\u001b');
});

it.each([
  ['of 8 characters is left out, wherever it stands', 'hunter22', 'Something failed that should not: the key “[secret left out]” was refused by [secret left out].example'],
  ['of 7 would take words apart, and stays', 'hunter2', 'Something failed that should not: the key “hunter22” was refused by hunter22.example'],
  ['of one letter would leave nothing to read, and stays', 'e', 'Something failed that should not: the key “hunter22” was refused by hunter22.example'],
  ['that is empty would stand between all letters, and is none', '', 'Something failed that should not: the key “hunter22” was refused by hunter22.example'],
])('a token %s', (_name, secret, told) => {
  expect(explainError(new Error('the key “hunter22” was refused by hunter22.example'), { debug: false, secrets: [secret] }).text).toContain(`sallyport: ${told}\n`);
});
