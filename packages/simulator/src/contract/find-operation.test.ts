import { describe, expect, it } from 'vitest';
import { githubDescription } from './description.ts';
import { createOperationFinder } from './find-operation.ts';
import operations from './operations.json' with { type: 'json' };

describe('createOperationFinder', () => {
  const find = createOperationFinder(githubDescription);

  it.each([
    ['GET', '/repos/a/b/releases/tags/build%2F1.8.0', 'repos/get-release-by-tag', { tag: 'build/1.8.0' }],
    ['GET', '/repos/a/b/releases/7', 'repos/get-release', { release_id: '7' }],
    ['GET', '/repos/a/b/commits/feature/cart/check-runs', 'checks/list-for-ref', { ref: 'feature/cart' }],
    ['GET', '/repos/a/b/commits/feature/cart', 'repos/get-commit', { ref: 'feature/cart' }],
    ['GET', '/repos/a/b/compare/main...feature%2Fcart', 'repos/compare-commits-with-basehead', { basehead: 'main...feature/cart' }],
    ['GET', '/repos/a/b/contents/.github/sallyport.yml', 'repos/get-content', { path: '.github/sallyport.yml' }],
    ['GET', '/repos/a/b/contents', 'repos/get-content', { path: '' }],
    ['GET', '/repos/a/b/contents/', 'repos/get-content', { path: '' }],
    ['POST', '/uploads/repos/a/b/releases/7/assets', 'repos/upload-release-asset', { release_id: '7' }],
    ['GET', '/repos/a/b/git/ref/%E0%A4%A', 'git/get-ref', { ref: '%E0%A4%A' }],
  ])('%s %s is %s', (method, path, operationId, parameters) => {
    const found = find(method, path);
    expect(found?.operationId).toBe(operationId);
    expect(found?.pathParameters).toMatchObject(parameters);
  });

  it.each([
    ['DELETE', '/repos/a/b/issues/7'],
    ['GET', '/repos/a'],
    ['GET', '/prefix/repos/a/b'],
  ])('%s %s is nothing GitHub has', (method, path) => {
    expect(find(method, path)).toBeNull();
  });
});

describe('the extract', () => {
  it('holds exactly the listed operations', () => {
    expect(Object.keys(githubDescription.operations)).toEqual([...operations].sort());
  });
});
