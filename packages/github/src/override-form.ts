import type { OverrideForm } from '@sallyport/pipeline';

/**
 * The issue form for an override, as `workflows/issue-forms/sallyport-override.yml` has it: labels and choices stand in the text of the issue, so
 * both say the same (test/contract/issue-form.test.ts). In the order of the form.
 */
export const formLabels = {
  build: 'Build',
  environment: 'Environment',
  urgency: 'Urgency',
  advisory: 'Advisory',
  reason: 'Reason',
  waives: 'What is to be waived',
  holdsSeconds: 'How long the approval may be used',
} as const satisfies Readonly<Record<keyof OverrideForm, string>>;

export const urgencyChoices: ReadonlyMap<string, OverrideForm['urgency']> = new Map([
  ['It is being exploited', 'exploited'],
  ['An exploit is public', 'exploit-public'],
  ['Serious, and not public yet', 'undisclosed'],
  ['Service or data are at risk', 'incident'],
]);

export const waiverBoxes: ReadonlyMap<string, OverrideForm['waives'][number]> = new Map([
  ['The release window', 'window'],
  ['The soak time before it', 'soak'],
  ['A freeze (where the policy allows it; takes two approvals)', 'freeze'],
]);

export const holdsChoices: ReadonlyMap<string, OverrideForm['holdsSeconds']> = new Map([
  ['As long as the policy allows', null],
  ['At most 30 minutes', 1800],
  ['At most 1 hour', 3600],
  ['At most 2 hours', 7200],
  ['At most 4 hours', 14_400],
]);
