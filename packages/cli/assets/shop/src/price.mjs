/** What one line of the basket costs. Prices are in cents, so that nothing is lost to rounding twice. */
export function linePriceCents({ unitPriceCents, quantity }) {
  if (!Number.isInteger(unitPriceCents) || unitPriceCents < 0) throw new RangeError(`A unit price is a whole number of cents, not ${unitPriceCents}.`);
  if (!Number.isInteger(quantity) || quantity < 1) throw new RangeError(`A quantity is a whole number from 1, not ${quantity}.`);
  const full = unitPriceCents * quantity;
  return quantity >= bulk.fromQuantity ? full - Math.floor((full * bulk.percentOff) / 100) : full;
}

/** Ten or more of one thing are five per cent cheaper. */
const bulk = { fromQuantity: 10, percentOff: 5 };

export function basketPriceCents(lines) {
  return lines.reduce((sum, line) => sum + linePriceCents(line), 0);
}

/** `1999` → `$19.99`. */
export function formatCents(cents) {
  return `$${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
}
