import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { entryPath, verifyLedger } from '@sallyport/ledger';
import { ledgerOrigin, readPolicy } from '@sallyport/pipeline';
import { readLedgerFolder } from '../../ledger-folder.ts';
import { readRecord } from '../questions.ts';
import type { Record } from '../questions.ts';
import { repository } from '../scene.ts';
import type { Scene } from '../scene.ts';

/** Someone edits the past in a copy of the ledger; verification says where. */
export async function tamperWithACopy(scene: Scene): Promise<Record> {
  const { narrator, people } = scene;
  narrator.act(7, 'Afterwards: the record cannot be rewritten unseen');
  const record = await readRecord(scene);
  narrator.did('dana', `verifies the ledger: ${record.ledger.head.size} entries, root ${record.ledger.head.root}`);

  const reading = await readPolicy(scene.outside.policy);
  const keys = reading.state === 'valid' ? reading.current.sealed.value.ledger.keys : [];
  const clone = await scene.clone(people.mallory);
  await clone.git('checkout', '--quiet', 'sallyport-ledger');
  const folder = (await clone.git('rev-parse', '--show-toplevel')).trim();
  const options = { origin: ledgerOrigin(repository), keys };
  const before = verifyLedger(await readLedgerFolder(folder), options);
  narrator.expect('the copy verifies as long as nobody touches it', before.state === 'intact' && before.head.size === record.ledger.head.size, before.state);

  const victim = record.ledger.entries.find(({ body }) => body.type === 'override-granted');
  if (victim === undefined) return fail(scene, record, 'there is no override in the ledger');
  const file = join(folder, entryPath(victim.index));
  await writeFile(file, (await readFile(file, 'utf8')).replace('"lena"', '"mona"'));
  narrator.did('mallory', `changes the approver in entry ${victim.index} of her copy`);
  const after = verifyLedger(await readLedgerFolder(folder), options);
  const found = after.state === 'broken' && after.faults.some(({ index }) => index === victim.index);
  if (after.state === 'broken') for (const { index, message } of after.faults) narrator.did('verify', index === null ? message : `entry ${index}: ${message}`);
  narrator.expect(`verification finds it, at entry ${victim.index}`, found, after.state === 'broken' ? after.faults.map(({ code, index }) => `${code} at ${String(index)}`).join(', ') : 'intact');
  return record;
}

function fail(scene: Scene, record: Record, why: string): Record {
  scene.narrator.expect('there is an old entry to edit', false, why);
  return record;
}
