import { describe, expect, it } from 'vitest';
import { judgeDrift, judgeHealth } from './judge-probe.ts';
import type { HealthTerms, PageAnswer } from './judge-probe.ts';
import type { Running } from './what-runs.ts';

const digest = `sha256:${'b1'.repeat(32)}`;
const page = (body: unknown, status = 200): PageAnswer => ({ state: 'answered', status, body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)) });
const silent: PageAnswer = { state: 'timed-out', why: 'It did not answer.' };
const terms: HealthTerms = { statuses: [200], field: null, expected: null };
const running: Running = { schema: 1, environment: 'production', version: '1.8.0-rc.2', build: digest, commit: 'c1'.repeat(20), artifacts: [], number: 2, tag: 'promote/production/2', since: '2026-11-28T15:00:00.000Z', underWay: [] };
const image = `ghcr.io/acme/shop@sha256:${'d1'.repeat(32)}`;
const ofImages: Running = { ...running, artifacts: [{ image: 'ghcr.io/acme/shop', digest: `sha256:${'d1'.repeat(32)}` }] };
const underWay = { ...running, underWay: [{ version: '1.9.0-rc.1', build: digest, number: 3, tag: 'promote/production/3' }] };

describe('an environment is', () => {
  it.each<[string, PageAnswer, Partial<HealthTerms>, boolean, string]>([
    ['healthy with the status that is wanted', page('well'), {}, true, 'ok'],
    ['healthy with another that is', page('', 204), { statuses: [200, 204] }, true, 'ok'],
    ['unhealthy with any other status', page('', 503), {}, false, 'status'],
    ['unhealthy with a 2xx that is not wanted', page('', 202), {}, false, 'status'],
    ['unhealthy without an answer', silent, {}, false, 'timed-out'],
    ['healthy where it says what runs', page({ build: '1.8.0' }), { field: 'build' }, true, 'ok'],
    ['healthy where it says so deeper', page({ app: { build: '1.8.0' } }), { field: 'app.build' }, true, 'ok'],
    ['unhealthy where it does not', page({ version: '1.8.0' }), { field: 'build' }, false, 'field-unreadable'],
    ['unhealthy where it is a number', page({ build: 18 }), { field: 'build' }, false, 'field-unreadable'],
    ['unhealthy where it would forge a log line', page({ build: '1.8.0\n::error::x' }), { field: 'build' }, false, 'field-unreadable'],
    ['unhealthy where it is too long', page({ build: 'x'.repeat(401) }), { field: 'build' }, false, 'field-unreadable'],
    ['unhealthy where it is no JSON', page('{"build":'), { field: 'build' }, false, 'field-unreadable'],
    ['unhealthy where only its prototype says so', page({}), { field: 'constructor.name' }, false, 'field-unreadable'],
    ['unhealthy where it runs something else', page({ build: '1.7.0' }), { field: 'build', expected: '1.8.0' }, false, 'other-build'],
    ['healthy where it runs the image that is expected', page({ build: image }), { field: 'build', expected: image }, true, 'ok'],
    ['healthy where it runs what is expected', page({ build: digest.slice(7) }), { field: 'build', expected: digest }, true, 'ok'],
  ])('%s', (_name, answer, changes, healthy, reason) => {
    expect(judgeHealth(answer, { ...terms, ...changes })).toMatchObject({ healthy, reason });
  });
});

describe('drift is', () => {
  it.each<[string, PageAnswer, Running | null, boolean | null, string]>([
    ['none: the version', page({ build: '1.8.0-rc.2' }), running, true, 'ok'],
    ['none: the digest', page({ build: digest }), running, true, 'ok'],
    ['none: the digest alone', page({ build: digest.slice(7) }), running, true, 'ok'],
    ['none: the commit', page({ build: running.commit }), running, true, 'ok'],
    ['found: another version', page({ build: '1.8.0' }), running, false, 'other-build'],
    ['found: also where the page is unhealthy', page({ build: '1.8.0' }, 503), running, false, 'other-build'],
    ['found: the beginning of a digest is not it', page({ build: digest.slice(0, 19) }), running, false, 'other-build'],
    ['none: the image', page({ build: image }), ofImages, true, 'ok'],
    ['none: the digest of the image', page({ build: `sha256:${'d1'.repeat(32)}` }), ofImages, true, 'ok'],
    ['found: the image with another digest', page({ build: image.replace('d1', 'd2') }), ofImages, false, 'other-build'],
    ['found: the digest under another name', page({ build: image.replace('acme', 'evil') }), ofImages, false, 'other-build'],
    ['found: the image by its tag says nothing', page({ build: 'ghcr.io/acme/shop:1.8.0-rc.2' }), ofImages, false, 'other-build'],
    ['found: an image of another build', page({ build: image }), running, false, 'other-build'],
    ['not known while a promotion is under way', page({ build: '1.8.0' }), underWay, null, 'not-compared'],
    ['not known where nothing was promoted', page({ build: '1.8.0' }), null, null, 'not-compared'],
    ['not known without an answer', silent, running, null, 'not-compared'],
    ['not known where it is not said', page('well'), running, null, 'not-compared'],
  ])('%s', (_name, answer, what, healthy, reason) => {
    expect(judgeDrift(answer, 'build', what)).toMatchObject({ healthy, reason });
  });
});
