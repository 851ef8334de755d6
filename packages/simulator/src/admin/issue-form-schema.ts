import { load } from 'js-yaml';
import * as z from 'zod';

/** What GitHub takes for an issue form (GitHub Docs, "Syntax for issue forms", "Syntax for GitHub's form schema" and "Common validation errors when creating issue forms", November 2026). */
const text = z.string().refine((value) => value.trim() !== '', 'is empty');
/** "Some words commonly used by attackers are not permitted"; GitHub names only the first. */
const label = text.refine((value) => !/password|credential|secret|token/i.test(value), 'holds a forbidden word');
const id = z.string().regex(/^[\w-]+$/).optional();
const validations = z.strictObject({ required: z.boolean() }).optional();
const unique = (values: readonly string[]): boolean => new Set(values).size === values.length;
const field = { label, description: z.string().optional() };
const typed = { ...field, placeholder: z.string().optional(), value: z.string().optional() };
const choices = z.array(text.refine((option) => !/^none$/i.test(option), 'is a reserved word')).min(1).refine(unique, 'has a choice twice');
const boxes = z.array(z.strictObject({ label: text, required: z.boolean().optional() })).min(1);
const element = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('markdown'), attributes: z.strictObject({ value: text }) }),
  z.strictObject({ type: z.literal('input'), id, attributes: z.strictObject(typed), validations }),
  z.strictObject({ type: z.literal('textarea'), id, attributes: z.strictObject({ ...typed, render: z.string().optional() }), validations }),
  z.strictObject({ type: z.literal('dropdown'), id, attributes: z.strictObject({ ...field, multiple: z.boolean().optional(), options: choices, default: z.int().nonnegative().optional() }), validations }),
  z.strictObject({ type: z.literal('checkboxes'), id, attributes: z.strictObject({ ...field, options: boxes }) }),
]);
export type FormField = Exclude<z.output<typeof element>, { readonly type: 'markdown' }>;

const names = z.union([z.array(text), text]);
const issueForm = z
  .strictObject({ name: text, description: text, body: z.array(element).min(1), assignees: names.optional(), labels: z.array(text).optional(), title: text.optional(), projects: names.optional(), type: text.optional() })
  .refine(({ body }) => fieldsOf(body).length > 0, 'has no field')
  .refine(({ body }) => unique(fieldsOf(body).flatMap((one) => one.id ?? [])), 'has an id twice')
  .refine(({ body }) => unique(labelsIn(fieldsOf(body)).map(reference)), 'has a label twice, or two that are too similar');
export type IssueForm = z.output<typeof issueForm>;

export const fieldsOf = (body: readonly z.output<typeof element>[]): readonly FormField[] => body.flatMap((one) => (one.type === 'markdown' ? [] : [one]));

const labelsIn = (fields: readonly FormField[]): readonly string[] => fields.flatMap((one) => [one.attributes.label, ...(one.type === 'checkboxes' ? one.attributes.options.map((box) => box.label) : [])]);

/** Labels without a letter or digit more come to the same reference. */
const reference = (value: string): string => value.toLowerCase().replace(/[^a-z0-9_-]+/g, '-').replace(/^-+|-+$/g, '');

/** Reads a form's YAML. Throws with every problem and its place. */
export function parseIssueForm(yaml: string): IssueForm {
  const parsed = issueForm.safeParse(load(yaml));
  if (parsed.success) return parsed.data;
  throw new Error(`GitHub would refuse the form: ${parsed.error.issues.map(({ path, message }) => `${path.map(String).join('.') || 'the form'}: ${message}`).join('; ')}`);
}
