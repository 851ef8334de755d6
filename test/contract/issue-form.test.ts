import { readFileSync } from 'node:fs';
import { fieldsOf, parseIssueForm } from '@sallyport/simulator';
import { describe, expect, it } from 'vitest';
import { formLabels, holdsChoices, urgencyChoices, waiverBoxes } from '../../packages/github/src/override-form.ts';

const text = readFileSync(new URL('../../workflows/issue-forms/sallyport-override.yml', import.meta.url), 'utf8');

describe('the issue form that adopters get', () => {
  const fields = fieldsOf(parseIssueForm(text).body);
  const choices = (wanted: string): readonly string[] =>
    fields.filter(({ attributes }) => attributes.label === wanted).flatMap((one) => (one.type === 'dropdown' ? one.attributes.options : one.type === 'checkboxes' ? one.attributes.options.map((option) => option.label) : []));

  it.each<[string, string, string]>([
    ['an unknown key', text.replace('title:', 'hello:'), 'the form: Unrecognized key'],
    ['no description', text.replace(/^description: .*$/m, ''), 'description: '],
    ['an unknown attribute', text.replace('placeholder: production', 'hint: production'), 'body.2.attributes: Unrecognized key'],
    ['a choice that is no text', text.replace('- An exploit is public', '- true'), 'body.3.attributes.options.1: '],
    ['a reserved choice', text.replace('- An exploit is public', '- None'), 'is a reserved word'],
    ['a choice twice', text.replace('- An exploit is public', '- It is being exploited'), 'has a choice twice'],
    ['a type that is none', text.replace('type: textarea', 'type: date'), 'body.5.type: '],
    ['an id twice', text.replace('id: environment', 'id: build'), 'has an id twice'],
    ['a label twice', text.replace('label: Environment', 'label: Build'), 'has a label twice'],
    ['two labels that differ by a mark', text.replace('label: Environment', 'label: Build?'), 'has a label twice'],
    ['a box named like a field', text.replace('label: The release window', 'label: Reason'), 'has a label twice'],
    ['a label that asks for a password', text.replace('label: Advisory', 'label: Your password'), 'holds a forbidden word'],
  ])('has only what GitHub documents: it would be refused with %s', (_name, changed, problem) => {
    expect(changed).not.toBe(text);
    expect(() => parseIssueForm(changed)).toThrow(problem);
  });

  it('names every field to a machine too, so that a link can fill it in', () => {
    expect(fields.filter(({ id }) => id === undefined)).toEqual([]);
  });

  it('sets the label by which the gatekeeper finds it', () => {
    expect(parseIssueForm(text).labels).toEqual(['sallyport-override']);
  });

  it('asks what the gatekeeper reads, in its order and its words', () => {
    expect(fields.map(({ attributes }) => attributes.label)).toEqual(Object.values(formLabels));
    expect(choices(formLabels.urgency)).toEqual([...urgencyChoices.keys()]);
    expect(choices(formLabels.waives)).toEqual([...waiverBoxes.keys()]);
    expect(choices(formLabels.holdsSeconds)).toEqual([...holdsChoices.keys()]);
    expect(fields.flatMap((one) => (one.type === 'dropdown' ? (one.attributes.default ?? []) : []))).toEqual([[...holdsChoices.values()].indexOf(null)]);
  });
});
