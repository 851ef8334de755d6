import type { Diagnosis } from '@sallyport/pipeline';
import picocolors from 'picocolors';
import { describe, expect, it } from 'vitest';
import { diagnosisDocument, renderDiagnosis } from './diagnosis-text.ts';

const page = 'https://github.com/sallyport/sallyport/blob/main/docs/doctor.md#token-writes';
const diagnosis: Diagnosis = { level: 'locked', weaknesses: [{ code: 'token-writes', where: 'the settings of Actions', message: 'The token may write.', next: 'Let it read only.' }], unseen: [], power: { outsider: [], writer: [], admin: [], keyHolder: [] } };
const shown = { repository: { owner: 'acme', name: 'shop' }, app: null, diagnosis };

describe('a weakness', () => {
  it('names its row in the documentation, for people and for programs', () => {
    expect(renderDiagnosis(shown, picocolors.createColors(false))).toContain(`! token-writes  the settings of Actions\n  The token may write.\n  → Let it read only.\n  ${page}\n`);
    expect(diagnosisDocument(shown)).toMatchObject({ weaknesses: [{ code: 'token-writes', severity: 'warning', page }] });
  });
});
