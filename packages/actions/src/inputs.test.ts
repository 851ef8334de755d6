import { describe, expect, it } from 'vitest';
import { readFolderInput } from './inputs.ts';

describe('a folder', () => {
  it.each([
    ['that is absolute is taken', '/var/cache/sallyport', '/var/cache/sallyport'],
    ['that was not given is none', '', null],
  ])('%s', (_name, value, expected) => {
    expect(readFolderInput(() => value, 'cache-directory')).toBe(expected);
  });

  it.each(['cache', './cache', '~/cache'])('in the workspace is refused: %j', (value) => {
    expect(() => readFolderInput(() => value, 'cache-directory')).toThrow('must be an absolute path');
  });
});
