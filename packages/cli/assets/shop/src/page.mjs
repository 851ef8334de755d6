import { formatCents, linePriceCents } from './price.mjs';

const products = [
  { name: 'Lantern', unitPriceCents: 1999 },
  { name: 'Rope, 20 m', unitPriceCents: 1450 },
  { name: 'Compass & case', unitPriceCents: 3275 },
];

const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export function escapeHtml(text) {
  return text.replace(/[&<>"']/g, (character) => entities[character]);
}

export function renderPage(version) {
  const rows = products.map(({ name, unitPriceCents }) => {
    const ten = linePriceCents({ unitPriceCents, quantity: 10 });
    return `<tr><td>${escapeHtml(name)}</td><td>${formatCents(unitPriceCents)}</td><td>${formatCents(ten)}</td></tr>`;
  });
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Shop</title></head>
<body>
<h1>Shop</h1>
<table><thead><tr><th>Product</th><th>One</th><th>Ten</th></tr></thead><tbody>
${rows.join('\n')}
</tbody></table>
<footer>Version ${escapeHtml(version)}</footer>
</body>
</html>
`;
}
