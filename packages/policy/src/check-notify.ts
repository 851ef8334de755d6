import { renderPath } from './problem.ts';
import { eachValid, groupOf, reportRepeated } from './raw-file.ts';
import type { RawGroup, Report } from './raw-file.ts';
import { notify } from './schema-notify.ts';

export function checkNotify(file: RawGroup, report: Report): void {
  if (!Array.isArray(file['notify'])) return;
  file['notify'].forEach((raw: unknown, index) => {
    for (const list of ['of', 'mention']) reportRepeated(groupOf(raw)?.[list], ['notify', index, list], report);
  });
  eachValid(file['notify'], notify, ({ to, mention }, key) => {
    const path = ['notify', Number(key)];
    if (mention !== undefined && to !== 'github') report('no-effect', [...path, 'mention'], `${renderPath(path)} tells ${to}, where nobody can be mentioned by a name on GitHub; remove "mention", or tell github as well.`);
  });
}
