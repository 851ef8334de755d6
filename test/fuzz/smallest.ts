/** The document with every part taken away that `fails` does not need; in order, until nothing more goes. */
export function smallest(document: unknown, fails: (document: unknown) => boolean): unknown {
  let best = document;
  for (let tries = 0, changed = true; changed && tries < 5000; ) {
    changed = false;
    for (const smaller of without(best)) {
      tries += 1;
      if (!fails(smaller)) continue;
      best = smaller;
      changed = true;
      break;
    }
  }
  return best;
}

/** The value with one part left out, outer parts first. */
function* without(value: unknown): Generator<unknown> {
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    for (const index of items.keys()) yield items.toSpliced(index, 1);
    for (const [index, item] of items.entries()) for (const smaller of without(item)) yield items.with(index, smaller);
  } else if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    for (const [index, [key]] of entries.entries()) yield Object.fromEntries(entries.toSpliced(index, 1).filter(([name]) => name !== key));
    for (const [key, part] of entries) for (const smaller of without(part)) yield { ...value, [key]: smaller };
  }
}
