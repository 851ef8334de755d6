import assert from 'node:assert/strict';
import { test } from 'node:test';
import { basketPriceCents, formatCents, linePriceCents } from '../src/price.mjs';

for (const [quantity, cents] of [[1, 1999], [9, 17991], [10, 18991], [11, 20890]]) {
  test(`${quantity} lanterns cost ${cents} cents`, () => {
    assert.equal(linePriceCents({ unitPriceCents: 1999, quantity }), cents);
  });
}

for (const line of [{ unitPriceCents: 19.99, quantity: 1 }, { unitPriceCents: -1, quantity: 1 }, { unitPriceCents: 1999, quantity: 0 }, { unitPriceCents: 1999, quantity: 1.5 }]) {
  test(`refuses ${JSON.stringify(line)}`, () => {
    assert.throws(() => linePriceCents(line), RangeError);
  });
}

test('a basket is the sum of its lines', () => {
  assert.equal(basketPriceCents([]), 0);
  assert.equal(basketPriceCents([{ unitPriceCents: 1999, quantity: 1 }, { unitPriceCents: 1450, quantity: 2 }]), 4899);
});

test('cents are always two digits', () => {
  assert.equal(formatCents(1905), '$19.05');
  assert.equal(formatCents(0), '$0.00');
});
