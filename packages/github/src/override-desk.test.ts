import { describe, expect, it } from 'vitest';
import { approvalComment, renderOverrideRequest } from './override-desk.ts';
import { parseApproval, parseOverrideBlock } from './override-text.ts';

const request = { version: '1.8.1', build: `sha256:${'a'.repeat(64)}`, environment: 'production', reason: 'stored script is being exploited', advisory: 'GHSA-9f4x-2v7m-5c3p' };

describe('what people are given to write is what the gate reads', () => {
  it.each([
    ['an ordinary reason', request.reason],
    ['a reason in quotes', '"now" or "never"'],
    ['a reason with a colon and a hash', 'advisory: none # really'],
    ['a reason with a fence in it', 'see ``` there'],
    ['a reason with a backslash', 'C:\\new'],
  ])('%s comes back', (_name, reason) => {
    const { build, environment, advisory } = request;
    expect(parseOverrideBlock(renderOverrideRequest({ ...request, reason }))).toEqual({ build, environment, reason, advisory });
  });

  it('leaves out an advisory that there is not', () => {
    expect(parseOverrideBlock(renderOverrideRequest({ ...request, advisory: null }))).toMatchObject({ advisory: null });
  });

  it('approves build and environment', () => {
    expect(parseApproval(approvalComment(request))).toEqual({ environment: 'production', digestPrefix: `sha256:${'a'.repeat(16)}` });
  });
});
