import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { formLabels, holdsChoices, urgencyChoices, waiverBoxes } from '../../packages/github/src/override-form.ts';

const root = new URL('../../', import.meta.url);
// The simulator's own version: another one, without types, comes to the root with the tools.
const { load } = createRequire(new URL('packages/simulator/package.json', root))('js-yaml') as { readonly load: (text: string) => unknown };
const document = load(readFileSync(new URL('workflows/issue-forms/sallyport-override.yml', root), 'utf8'));

/** GitHub Docs, "Syntax for issue forms", "Syntax for GitHub's form schema" and "Common validation errors when creating issue forms", November 2026. */
const text = z.string().refine((value) => value.trim() !== '', 'is empty');
/** "Some words commonly used by attackers are not permitted"; GitHub names only the first. */
const label = text.refine((value) => !/password|credential|secret|token/i.test(value), 'holds a forbidden word');
const id = z.string().regex(/^[\w-]+$/).optional();
const validations = z.strictObject({ required: z.boolean() }).optional();
const unique = (values: readonly string[]): boolean => new Set(values).size === values.length;
const field = { label, description: z.string().optional() };
const element = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('markdown'), attributes: z.strictObject({ value: text }) }),
  z.strictObject({ type: z.literal('input'), id, attributes: z.strictObject({ ...field, placeholder: z.string().optional(), value: z.string().optional() }), validations }),
  z.strictObject({ type: z.literal('textarea'), id, attributes: z.strictObject({ ...field, placeholder: z.string().optional(), value: z.string().optional(), render: z.string().optional() }), validations }),
  z.strictObject({ type: z.literal('dropdown'), id, attributes: z.strictObject({ ...field, multiple: z.boolean().optional(), options: z.array(text.refine((option) => !/^none$/i.test(option), 'is a reserved word')).min(1).refine(unique), default: z.int().nonnegative().optional() }), validations }),
  z.strictObject({ type: z.literal('checkboxes'), id, attributes: z.strictObject({ ...field, options: z.array(z.strictObject({ label: text, required: z.boolean().optional() })).min(1) }) }),
]);
const names = z.union([z.array(text), text]);
const issueForm = z.strictObject({ name: text, description: text, body: z.array(element).min(1), assignees: names.optional(), labels: names.optional(), title: text.optional(), projects: names.optional(), type: text.optional() });

/** Labels without a letter or digit more come to the same reference. */
const reference = (value: string): string => value.toLowerCase().replace(/[^a-z0-9_-]+/g, '-').replace(/^-+|-+$/g, '');

describe('the issue form that adopters get', () => {
  const form = issueForm.parse(document);
  const fields = form.body.flatMap((one) => (one.type === 'markdown' ? [] : [one]));
  const choices = (wanted: string): readonly string[] =>
    fields.filter(({ attributes }) => attributes.label === wanted).flatMap((one) => (one.type === 'dropdown' ? one.attributes.options : one.type === 'checkboxes' ? one.attributes.options.map((option) => option.label) : []));

  it('has only keys and types that GitHub documents', () => {
    expect(issueForm.safeParse(document).error?.issues).toBeUndefined();
  });

  it.each<[string, (form: Record<string, unknown>) => unknown]>([
    ['an unknown key', (one) => ({ ...one, on: true })],
    ['no description', ({ description: _description, ...one }) => one],
    ['a choice that is no text', (one) => ({ ...one, body: [{ type: 'dropdown', attributes: { label: 'x', options: [true] } }] })],
    ['a reserved choice', (one) => ({ ...one, body: [{ type: 'dropdown', attributes: { label: 'x', options: ['None'] } }] })],
    ['a type that is none', (one) => ({ ...one, body: [{ type: 'date', attributes: { label: 'x' } }] })],
  ])('would be refused with %s', (_name, change) => {
    expect(issueForm.safeParse(change(document as Record<string, unknown>)).success).toBe(false);
  });

  it('names every field and box once, also to a machine', () => {
    const ids = fields.map((one) => one.id ?? '');
    expect(ids.every((one) => one !== '') && unique(ids)).toBe(true);
    const labels = [...fields.map(({ attributes }) => attributes.label), ...fields.flatMap((one) => (one.type === 'checkboxes' ? choices(one.attributes.label) : []))];
    expect(unique(labels.map(reference))).toBe(true);
  });

  it('sets the label by which the gatekeeper finds it', () => {
    expect(form.labels).toEqual(['sallyport-override']);
  });

  it('asks what the gatekeeper reads, in its order and its words', () => {
    expect(fields.map(({ attributes }) => attributes.label)).toEqual(Object.values(formLabels));
    expect(choices(formLabels.urgency)).toEqual([...urgencyChoices.keys()]);
    expect(choices(formLabels.waives)).toEqual([...waiverBoxes.keys()]);
    expect(choices(formLabels.holdsSeconds)).toEqual([...holdsChoices.keys()]);
    expect(fields.find((one) => one.type === 'dropdown' && 'default' in one.attributes)?.attributes).toMatchObject({ default: [...holdsChoices.values()].indexOf(null) });
  });
});
