/** Says of each expectation whether it held, and remembers whether all did. */
export type Expectations = { readonly expect: (what: string, holds: boolean, more?: string) => void; readonly failed: () => number };

export function createExpectations(line: (text: string) => void): Expectations {
  let failed = 0;
  return {
    expect: (what, holds, more = '') => {
      line(`  ${holds ? '✓' : '✗'} ${what}`);
      if (holds) return;
      failed += 1;
      if (more !== '') line(more);
    },
    failed: () => failed,
  };
}
