import assert from 'node:assert/strict';
import { test } from 'node:test';
import { escapeHtml, renderPage } from '../src/page.mjs';

test('the page shows prices and the version', () => {
  const page = renderPage('1.8.0-rc.1');
  assert.match(page, /<td>Lantern<\/td><td>\$19\.99<\/td>/);
  assert.match(page, /Version 1\.8\.0-rc\.1</);
});

test('what is not ours is escaped', () => {
  assert.equal(escapeHtml('<b>"Tom" & \'Jo\'</b>'), '&lt;b&gt;&quot;Tom&quot; &amp; &#39;Jo&#39;&lt;/b&gt;');
  assert.doesNotMatch(renderPage('<script>'), /<script>/);
});
