import { readFileSync } from 'node:fs';
import { reasonCodes } from '@sallyport/gates';
import { describe, expect, it } from 'vitest';
import { doctorPage, documentationUrl, reasonPage, weaknessPage } from './documentation.ts';
import { weaknessCodes } from './enforcement/weakness.ts';

const at = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');

/** The file behind an address and what stands after its `#`. */
function placeOf(address: string): { readonly text: string; readonly anchor: string } {
  const [page = '', anchor = ''] = address.slice(documentationUrl.length).split('#');
  return { text: at(`docs${page}`), anchor };
}

describe('the address of a page', () => {
  it.each(['packages/cli', 'packages/actions'])('is in the repository that %s/package.json names', (folder) => {
    const { repository } = JSON.parse(at(`${folder}/package.json`)) as { readonly repository: { readonly url: string } };
    expect(`git+${documentationUrl}`).toBe(`${repository.url.replace(/\.git$/, '')}/blob/main/docs`);
  });

  it('leads to a section for every reason', () => {
    const missing = reasonCodes.filter((code) => {
      const { text, anchor } = placeOf(reasonPage(code));
      return !text.includes(`\n## ${anchor}\n`);
    });
    expect(missing).toEqual([]);
  });

  it('leads to a row for every weakness', () => {
    expect(weaknessPage('app-missing')).toBe(`${doctorPage}#app-missing`);
    const missing = weaknessCodes.filter((code) => {
      const { text, anchor } = placeOf(weaknessPage(code));
      return !text.includes(`<a id="${anchor}">`);
    });
    expect(missing).toEqual([]);
  });
});
