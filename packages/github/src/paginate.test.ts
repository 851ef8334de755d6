import { afterEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createGitHubClient } from './client.ts';
import { linkQuery, listFact, readPages } from './paginate.ts';
import { json, startRudeServer } from './rude-server.fixture.ts';
import type { RudeServer } from './rude-server.fixture.ts';

describe('a Link header', () => {
  const link = '<https://api.example/things?page=2&q=a%2Cb>; rel="next", <https://api.example/things?page=9>; rel="last"';
  it.each([
    ['next', '2'],
    ['last', '9'],
    ['prev', undefined],
  ])('names %s', (relation, page) => {
    expect(linkQuery(link, relation)?.get('page')).toBe(page);
  });
  it('may be missing', () => {
    expect(linkQuery(null, 'next')).toBeNull();
  });
});

describe('a list', () => {
  it('is complete only when it ended and holds what GitHub counts', () => {
    expect(listFact('things', [1, 2], { ended: true, total: 2 })).toEqual({ items: [1, 2], complete: true });
    expect(listFact('things', [1, 2], { ended: true, total: 3 })).toMatchObject({ complete: false, missing: 'GitHub counts 3 things and gave 2' });
    expect(listFact('things', [1, 2], { ended: false })).toMatchObject({ complete: false });
  });
});

describe('reading pages', () => {
  let server: RudeServer | null = null;
  afterEach(async () => server?.stop());

  const serve = async (linkOf: (page: number, url: string) => string, items: (page: number) => readonly number[]): Promise<readonly number[]> => {
    server = await startRudeServer([
      (request, response) => {
        const url = new URL(request.url ?? '', 'http://example.invalid');
        const page = Number(url.searchParams.get('page') ?? url.searchParams.get('after') ?? '1');
        json(200, items(page), { link: linkOf(page, 'http://elsewhere.invalid/other') })(request, response);
      },
    ]);
    const client = createGitHubClient({ baseUrl: server.url, auth: { kind: 'none' }, userAgent: 'test' });
    const { pages, ended } = await readPages(client, { route: 'GET /things', shape: z.array(z.number()), why: 'to count' });
    expect(ended).toBe(true);
    return pages.flat();
  };

  it('reads all when the last page is named, in order', async () => {
    const found = await serve((page, url) => (page < 4 ? `<${url}?page=${page + 1}>; rel="next", <${url}?page=4>; rel="last"` : `<${url}?page=1>; rel="first"`), (page) => [page * 10, page * 10 + 1]);
    expect(found).toEqual([10, 11, 20, 21, 30, 31, 40, 41]);
  });

  it('follows a cursor when only the next page is named, and never to another host', async () => {
    const found = await serve((page, url) => (page < 3 ? `<${url}?after=${page + 1}>; rel="next"` : ''), (page) => [page]);
    expect(found).toEqual([1, 2, 3]);
  });

  it.each([
    ['as many pages as the count fills', 250, 3, [1, 2, 3]],
    ['further pages that the answers name', 150, 3, [1, 2, 3]],
    ['an empty page where the count was too high', 250, 2, [1, 2, 0]],
    ['one page when nothing is counted', 0, 1, [1]],
  ])('with a count reads %s', async (_name, counted, there, expected) => {
    server = await startRudeServer([
      (request, response) => {
        const page = Number(new URL(request.url ?? '', 'http://example.invalid').searchParams.get('page') ?? '1');
        json(200, page <= there ? [page] : [0], page < there ? { link: `<http://elsewhere.invalid/other?page=${page + 1}>; rel="next", <http://elsewhere.invalid/other?page=${there}>; rel="last"` } : {})(request, response);
      },
    ]);
    const client = createGitHubClient({ baseUrl: server.url, auth: { kind: 'none' }, userAgent: 'test' });
    const { pages, ended } = await readPages(client, { route: 'GET /things', shape: z.array(z.number()), why: 'to count' }, { counted });
    expect({ items: pages.flat(), ended }).toEqual({ items: expected, ended: true });
    expect(server.requests).toHaveLength(expected.length);
  });

  it('with a count asks for all pages before the first has come', async () => {
    const held: (() => void)[] = [];
    server = await startRudeServer([
      (request, response) => {
        held.push(() => {
          json(200, [1])(request, response);
        });
        if (held.length === 3) for (const release of held) release();
      },
    ]);
    const client = createGitHubClient({ baseUrl: server.url, auth: { kind: 'none' }, userAgent: 'test', timeoutMilliseconds: 2000, retries: 0 });
    expect((await readPages(client, { route: 'GET /things', shape: z.array(z.number()), why: 'to count' }, { counted: 201 })).pages).toHaveLength(3);
  });
});
