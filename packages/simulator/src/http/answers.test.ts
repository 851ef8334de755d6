import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFixture, type Answer, type Fixture } from '../simulator-fixture.ts';

let fixture: Fixture;
beforeAll(async () => {
  fixture = await startFixture({ latencyMilliseconds: 60 });
  const { json } = await get('/repos/acme/shop/git/ref/heads/main');
  const { object } = json as { readonly object: { readonly sha: string } };
  for (const name of ['one', 'two', 'three']) await fixture.call(fixture.tokens.author, 'POST', '/repos/acme/shop/git/refs', { ref: `refs/heads/${name}`, sha: object.sha });
});
afterAll(async () => {
  const mismatches = fixture.simulator.contractMismatches();
  await fixture.stop();
  expect(mismatches).toEqual([]);
});

const get = (path: string, headers?: Readonly<Record<string, string>>): Promise<Answer> => fixture.call(fixture.tokens.author, 'GET', path, undefined, headers);

describe('an answer', () => {
  it('is named, costs nothing when the caller has it already, and tells the time again', async () => {
    const first = await get('/repos/acme/shop');
    fixture.clock.advance(5000);
    const again = await get('/repos/acme/shop', { 'if-none-match': first.headers.get('etag') ?? '' });
    expect({ status: again.status, json: again.json }).toEqual({ status: 304, json: null });
    expect(Date.parse(again.headers.get('date') ?? '')).toBe(fixture.clock.now());
    expect(again.headers.get('x-ratelimit-remaining')).toBe(first.headers.get('x-ratelimit-remaining'));
    const changed = await get('/repos/acme/shop', { 'if-none-match': 'W/"something else"' });
    expect(changed.status).toBe(200);
    expect(Number(changed.headers.get('x-ratelimit-remaining'))).toBe(Number(first.headers.get('x-ratelimit-remaining')) - 1);
  });

  it('is on its way for as long as was asked, and others are not held up by it', async () => {
    const startedAt = performance.now();
    let onTheirWay = 0;
    let most = 0;
    const unsubscribe = fixture.simulator.observe(() => {
      onTheirWay += 1;
      most = Math.max(most, onTheirWay);
    });
    await Promise.all(Array.from({ length: 20 }, () => get('/repos/acme/shop').then(() => (onTheirWay -= 1))));
    unsubscribe();
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(59);
    // One after another there would be one, and at most another that has left and was not read yet.
    expect(most).toBeGreaterThan(2);
  });
});

describe('activity', () => {
  it('is paged by cursor, newest first, without a last page', async () => {
    const refs: string[] = [];
    let path: string | null = '/repos/acme/shop/activity?per_page=2';
    while (path !== null) {
      const answer = await get(path);
      const link = answer.headers.get('link') ?? '';
      expect(link).not.toContain('rel="last"');
      refs.push(...(answer.json as { readonly ref: string }[]).map(({ ref }) => ref));
      const next = /<[^>]*(\/repos[^>]*)>; rel="next"/.exec(link)?.[1];
      path = next ?? null;
    }
    expect(refs).toEqual(['refs/heads/three', 'refs/heads/two', 'refs/heads/one', 'refs/heads/main']);
  });
});
