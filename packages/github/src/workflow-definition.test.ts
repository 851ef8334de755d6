import { describe, expect, it } from 'vitest';
import { workflowPath } from './workflow-definition.ts';

describe('the path of a workflow', () => {
  it.each([
    ['without a ref is as it stands', '.github/workflows/ci.yml', '.github/workflows/ci.yml'],
    ['loses its ref', '.github/workflows/ci.yaml@refs/heads/main', '.github/workflows/ci.yaml'],
    ['loses a short ref', '.github/workflows/ci.yml@main', '.github/workflows/ci.yml'],
    ['keeps an @ that belongs to its name: another file must not pass for ci.yml (T02)', '.github/workflows/ci.yml@x.yml', '.github/workflows/ci.yml@x.yml'],
    ['keeps both where two @ leave it open what the name is', '.github/workflows/ci.yml@x.yml@refs/heads/main', '.github/workflows/ci.yml@x.yml@refs/heads/main'],
  ])('%s', (_name, given, path) => {
    expect(workflowPath(given)).toBe(path);
  });
});
