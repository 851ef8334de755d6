import { describe, expect, it } from 'vitest';
import { readProbeInputs } from './probe-inputs.ts';

const defaults = { environment: 'production', url: 'https://shop.example.com/health', result: '', 'looks-for': 'health', statuses: '200', field: '', expected: '', attempts: '3', 'timeout-seconds': '20', 'maximum-bytes': '65536', redirects: '0', 'fail-step': 'true' };
type Given = Partial<Record<keyof typeof defaults, string>>;
const read = (given: Given = {}) => readProbeInputs((name) => ({ ...defaults, ...given })[name as keyof typeof defaults] ?? '');

describe('the inputs of a probe', () => {
  it('are read with what action.yml gives where nothing was said', () => {
    expect(read()).toEqual({ environment: 'production', looksFor: 'health', from: { url: new URL(defaults.url), limits: { timeoutMilliseconds: 20_000, maximumBytes: 65_536, redirects: 0 }, attempts: 3 }, terms: { statuses: [200], field: null, expected: null }, failStep: true });
  });

  it.each<[string, Given, object]>([
    ['a result that an earlier step found', { url: '', result: 'unhealthy' }, { from: { given: false } }],
    ['drift, with the field', { 'looks-for': 'drift', field: 'app.build' }, { looksFor: 'drift', terms: { field: 'app.build' } }],
    ['drift that an earlier step found', { url: '', result: 'unhealthy', 'looks-for': 'drift' }, { from: { given: false }, looksFor: 'drift' }],
    ['several statuses', { statuses: '200, 204' }, { terms: { statuses: [200, 204] } }],
    ['a build that is expected', { field: 'build', expected: '1.8.0' }, { terms: { field: 'build', expected: '1.8.0' } }],
    ['a step that does not fail', { 'fail-step': 'false' }, { failStep: false }],
  ])('take %s', (_name, given, expected) => {
    expect(read(given)).toMatchObject(expected);
  });

  it.each<[string, Given, string]>([
    ['no environment', { environment: '' }, '`environment` is empty'],
    ['neither address nor result', { url: '' }, 'Neither `url` nor `result` is given'],
    ['both', { result: 'healthy' }, 'Both `url` and `result` are given'],
    ['the outcome of a step that did not run', { url: '', result: 'skipped' }, '`result` is neither healthy nor unhealthy'],
    ['plain http', { url: 'http://shop.example.com/' }, '`url` cannot be asked: it is not https'],
    ['a password in the address', { url: 'https://ana:hidden@shop.example.com/' }, 'a user name or password'],
    ['drift of no field', { 'looks-for': 'drift' }, '`field` is empty'],
    ['something else to look for', { 'looks-for': 'speed' }, '`looks-for` is "speed"'],
    ['a status that is none', { statuses: '2xx' }, '`statuses` is "2xx"'],
    ['no status', { statuses: '' }, '`statuses` is ""'],
    ['an expression as a field', { field: '.build | x' }, '`field` is ".build | x"'],
    ['an expected build and no field', { expected: '1.8.0' }, '`expected` is of no use here'],
    ['an expected build for drift', { 'looks-for': 'drift', field: 'build', expected: '1.8.0' }, '`expected` is of no use here'],
    ['no attempt', { attempts: '0' }, '`attempts` is "0"'],
    ['a time without end', { 'timeout-seconds': '121' }, '`timeout-seconds` is "121"'],
    ['half a byte', { 'maximum-bytes': '0.5' }, '`maximum-bytes` is "0.5"'],
    ['redirects without end', { redirects: '6' }, '`redirects` is "6"'],
    ['a maybe', { 'fail-step': 'no' }, '`fail-step` is "no"'],
  ])('refuse %s', (_name, given, message) => {
    expect(() => read(given)).toThrow(message);
  });

  it('repeat no address in what they say', () => {
    expect(() => read({ url: 'https://ana:hidden@shop.example.com/' })).toThrow(/^(?!.*hidden)/);
  });
});
