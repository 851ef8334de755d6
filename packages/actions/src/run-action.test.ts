import { OutsideError } from '@sallyport/pipeline';
import { describe, expect, it } from 'vitest';
import { InputError } from './input-error.ts';
import { describeError } from './run-action.ts';

describe('a failure', () => {
  it.each([
    ['ends with the next step', new InputError('no-pull-request', 'There is no such pull request.', { next: 'Check the number.' }), 'There is no such pull request. Check the number.'],
    ['whose message says it all stays as it is', new InputError('refused', 'Nothing is deployed: it was refused.'), 'Nothing is deployed: it was refused.'],
    ['that may pass says so', new OutsideError('server-error', 'GitHub answered 502.', { retryable: true }), 'GitHub answered 502. It may work when run again.'],
    ['that stays does not', new OutsideError('not-found', 'There is no such repository.', { retryable: false }), 'There is no such repository.'],
  ])('%s', (_name, error, text) => {
    expect(describeError(error)).toBe(text);
  });
});
