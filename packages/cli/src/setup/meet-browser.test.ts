import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { meetBrowser } from './meet-browser.ts';
import type { Meeting } from './meet-browser.ts';

let meeting: Meeting;
let state: string;
beforeEach(async () => {
  meeting = await meetBrowser({
    begin: (places) => {
      ({ state } = places);
      return `<p>${places.redirectUrl}</p>`;
    },
  });
  await fetch(meeting.address);
});
afterEach(() => meeting.close());

const back = (code: string, given = state): string => `${meeting.address}created?code=${encodeURIComponent(code)}&state=${encodeURIComponent(given)}`;

describe('the page that sends a browser to GitHub', () => {
  it('is on this machine only, and takes the first code that comes back', async () => {
    expect(new URL(meeting.address).hostname).toBe('127.0.0.1');
    const shown = fetch(back('abc-1'));
    expect(await meeting.code).toBe('abc-1');
    meeting.answer('<p>done</p>');
    const response = await shown;
    expect([response.status, await response.text()]).toEqual([200, '<p>done</p>']);
    expect((await fetch(back('abc-2'))).status).toBe(409);
    expect(await meeting.code).toBe('abc-1');
  });

  it.each([
    ['another state', () => back('abc', 'x'.repeat(32))],
    ['no state', () => `${meeting.address}created?code=abc`],
    ['no code', () => back('')],
    ['a code that is none', () => back('a/../b')],
  ])('refuses a return with %s, and waits on', async (_what, address) => {
    expect((await fetch(address())).status).toBe(400);
    const waits = await Promise.race([meeting.code.then(() => 'taken'), new Promise((resolve) => setTimeout(resolve, 20, 'waits'))]);
    expect(waits).toBe('waits');
  });

  it.each([['/other', 'GET', 404], ['/', 'POST', 405]])('has nothing else: %s %s', async (path, method, status) => {
    expect((await fetch(new URL(path, meeting.address), { method })).status).toBe(status);
  });

  it('answers under no other name, as a site could give it to this address', async () => {
    const status = await new Promise((resolve, reject) => {
      request(new URL('/', meeting.address), { headers: { host: 'evil.example' } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).on('error', reject).end();
    });
    expect(status).toBe(421);
  });

  it('loads nothing, and may stand in no frame', async () => {
    const { headers } = await fetch(meeting.address);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  });
});
