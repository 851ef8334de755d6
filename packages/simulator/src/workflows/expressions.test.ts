import { describe, expect, it } from 'vitest';
import { evaluateCondition, expandTemplate, expandValue, type StatusSoFar } from './expressions.ts';

const contexts = { github: { ref: 'refs/heads/main', event: { action: 'opened' }, event_name: 'push' }, env: { NAME: 'x' }, needs: { build: { result: 'success', outputs: { list: '[1,2]' } } }, inputs: { dry: true } };

describe('a template', () => {
  it.each([
    ['text alone', 'plain', 'plain'],
    ['several expressions', 'on ${{ github.ref }} by ${{ env.NAME }}', 'on refs/heads/main by x'],
    ['names without regard to case', '${{ GitHub.Event.Action }}', 'opened'],
    ['an unknown name', '[${{ github.nothing.below }}]', '[]'],
    ['closing braces inside a text', "${{ format('{0}}}', 'a') }}", 'a}'],
    ['and, or', "${{ inputs.dry && 'dry' || 'wet' }}", 'dry'],
    ['contains and startsWith', "${{ contains(github.ref, 'MAIN') && startsWith(github.ref, 'refs/heads/') }}", 'true'],
    ['JSON there and back', '${{ fromJSON(needs.build.outputs.list)[1] }}', '2'],
  ])('with %s', (_name, template, expanded) => {
    expect(expandTemplate(template, contexts)).toBe(expanded);
  });

  it('that is one expression keeps its type', () => {
    expect(expandValue('${{ inputs.dry }}', contexts)).toBe(true);
    expect(expandValue('x${{ inputs.dry }}', contexts)).toBe('xtrue');
  });

  it.each([
    ['hashFiles', "${{ hashFiles('x') }}", 'not simulated: hashFiles()'],
    ['an unknown function', '${{ nope() }}', 'nope'],
    ['an unknown context', '${{ nope.x }}', 'nope'],
    ['an open end', '${{ github.ref', 'not closed'],
    ['nothing', '${{ }}', 'it is empty'],
  ])('with %s is refused', (_name, template, reason) => {
    expect(() => expandTemplate(template, contexts)).toThrow(reason);
  });
});

describe('a condition', () => {
  it.each<[string, string | undefined, StatusSoFar, boolean]>([
    ['no condition after success', undefined, 'success', true],
    ['no condition after failure', undefined, 'failure', false],
    ['always() after failure', 'always()', 'failure', true],
    ['failure() after failure', '${{ failure() }}', 'failure', true],
    ['failure() after success', 'failure()', 'success', false],
    ['cancelled() after cancellation', 'cancelled()', 'cancelled', true],
    ['!cancelled() after failure', '${{ !cancelled() }}', 'failure', true],
    ['a true expression after failure', "github.event_name == 'push'", 'failure', false],
    ['a true expression after success', "github.event_name == 'push'", 'success', true],
    ['a function named only in a text', "github.event_name != 'always()'", 'failure', false],
    ['success() after something was skipped', 'success()', 'skipped', false],
    ['always() after something was skipped', 'always()', 'skipped', true],
    ['a text around an expression, which always holds', '${{ false }} text', 'success', true],
    ['zero', '0', 'success', false],
  ])('%s', (_name, condition, status, holds) => {
    expect(evaluateCondition(condition, contexts, status)).toBe(holds);
  });
});
