import { expect, it } from 'vitest';
import { renderFailure } from './render-model.ts';
import { runModel } from './run-model.ts';

it('L1 to L9 hold after every step of a few random stories (npm run model plays many)', { timeout: 180_000 }, async () => {
  const { failure, steps } = await runModel({ seed: 1, steps: 100, milliseconds: 120_000, shrinkMilliseconds: 20_000, now: () => performance.now(), onStep: () => undefined });
  expect(failure === null ? '' : renderFailure(failure)).toBe('');
  expect(steps).toBeGreaterThanOrEqual(100);
});
