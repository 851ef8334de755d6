// Works out which releases of the tz database changed the clock of which zones for dates that were still to come.
//
//   node scripts/extract-zone-revisions.mjs           fetches the published packages into a temporary folder
//   node scripts/extract-zone-revisions.mjs FOLDER    keeps the packages there, and reads those that are there already
//
// Every version of the npm package moment-timezone carries one release of the tz database as a table of changes, and its
// changelog says which. Two neighbours are compared offset by offset. The same packages give the same bytes, and nothing
// of them is installed. A release that the package left out is counted to the next one that it has.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { $, tmpdir } from 'zx';

const outputFile = join(dirname(fileURLToPath(import.meta.url)), '../packages/calendar/src/generated/zone-revisions.ts');
const packageName = 'moment-timezone';
/** Only what it is compared with: the release before the first one in the table. */
const oldest = '2021e';
/** The packed tables end in 2037. */
const horizon = Date.UTC(2037, 0, 1);

/** @param {string} folder @param {string} version @returns {Promise<string>} the folder of the unpacked package */
async function fetchPackage(folder, version) {
  const unpacked = join(folder, version);
  if (existsSync(join(unpacked, 'package/data/packed/latest.json'))) return join(unpacked, 'package');
  mkdirSync(unpacked, { recursive: true });
  await $({ cwd: unpacked })`npm pack ${`${packageName}@${version}`} --silent`;
  await $({ cwd: unpacked })`tar -xzf ${`${packageName}-${version}.tgz`} package/data/packed/latest.json package/changelog.md`;
  return join(unpacked, 'package');
}

/** @param {string} changelog @returns {readonly { version: string, tzdata: string }[]} newest first */
function readReleases(changelog) {
  const releases = [];
  let version = null;
  for (const line of changelog.split('\n')) {
    version = /^### `(\d+\.\d+\.\d+)`/.exec(line)?.[1] ?? version;
    const tzdata = /IANA TZDB `(\d{4}[a-z])`/.exec(line)?.[1];
    if (version !== null && tzdata !== undefined && tzdata >= oldest && !releases.some((one) => one.tzdata === tzdata)) releases.push({ version, tzdata });
  }
  return releases;
}

/** Digits of base 60 as the package packs them: 0-9, a-z, A-X. @param {string} text */
function base60(text) {
  const [whole = '', fraction = ''] = text.replace('-', '').split('.');
  const digit = (character) => '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWX'.indexOf(character);
  const size = [...whole].reduce((sum, one) => sum * 60 + digit(one), 0) + [...fraction].reduce((sum, one, index) => sum + digit(one) / 60 ** (index + 1), 0);
  return text.startsWith('-') ? -size : size;
}

/** @param {string} folder @returns {Map<string, { starts: number[], offsets: number[] }>} by zone, links included; offsets in minutes ahead of UTC */
function readZones(folder, tzdata) {
  const { version, zones, links } = JSON.parse(readFileSync(join(folder, 'data/packed/latest.json'), 'utf8'));
  if (version !== tzdata) throw new Error(`${folder} holds the tz database ${version}, although the changelog says ${tzdata}. Look at what the package did and correct readReleases.`);
  const read = new Map();
  for (const zone of zones) {
    const [name, , offsets, indices, changes] = zone.split('|');
    const known = offsets.split(' ').map((text) => -Math.round(base60(text)));
    let at = 0;
    const starts = changes === '' ? [] : changes.split(' ').map((text) => (at += base60(text) * 60_000)).map(Math.round);
    read.set(name, { starts: [-Infinity, ...starts], offsets: [...indices].map((index) => known[base60(index)]) });
  }
  for (const link of links) {
    const [target, name] = link.split('|');
    if (read.has(target)) read.set(name, read.get(target));
  }
  return read;
}

/** Where two clocks differ in `[from, horizon)`: the first instant, and the end of the last difference, null when they differ to the end. */
function differenceOf(before, after, from) {
  const offsetAt = ({ starts, offsets }, at) => offsets[Math.min(starts.findLastIndex((start) => start <= at), offsets.length - 1)];
  const changes = [...new Set([from, ...before.starts, ...after.starts])].filter((at) => at >= from && at < horizon).sort((one, other) => one - other);
  const different = changes.map((at) => offsetAt(before, at) !== offsetAt(after, at));
  const first = different.indexOf(true);
  if (first === -1) return null;
  const end = changes[different.lastIndexOf(true) + 1] ?? null;
  return [new Date(changes[first]).toISOString(), end === null ? null : new Date(end).toISOString()];
}

const folder = process.argv[2] ?? tmpdir();
const { stdout } = await $`npm ${['view', packageName, 'version']}`;
const releases = readReleases(readFileSync(join(await fetchPackage(folder, stdout.trim()), 'changelog.md'), 'utf8')).toReversed();
const revisions = [];
let before = null;
for (const { version, tzdata } of releases) {
  const after = readZones(await fetchPackage(folder, version), tzdata);
  if (before !== null) {
    // The day of a release is not in the package; what it changed of its own year was news or is only just over.
    const from = Date.UTC(Number(tzdata.slice(0, 4)), 0, 1);
    const differences = [...after].flatMap(([name, clock]) => {
      const difference = before.has(name) ? differenceOf(before.get(name), clock, from) : null;
      return difference === null ? [] : [[name, difference]];
    });
    revisions.push([tzdata, differences.sort(([one], [other]) => (one < other ? -1 : 1))]);
  }
  before = after;
}

const lines = revisions.map(([tzdata, zones]) => `  ['${tzdata}', {${zones.length === 0 ? '' : `\n${zones.map(([name, [from, to]]) => `    '${name}': ['${from}', ${to === null ? 'null' : `'${to}'`}],\n`).join('')}  `}}],\n`);
mkdirSync(dirname(outputFile), { recursive: true });
writeFileSync(
  outputFile,
  `// Generated by \`node scripts/extract-zone-revisions.mjs\`, which says where it comes from; run it again after a release of the tz database.
// Facts of the tz database, which is in the public domain.

/**
 * Releases of the tz database, oldest first, each with the zones whose clock it changed against the release before, for dates
 * from its own year until 2037: the first instant that differs, and the end of the last difference; null: still at the end of 2036.
 */
export const zoneRevisions: readonly (readonly [version: string, zones: Readonly<Record<string, readonly [from: string, to: string | null]>>])[] = [
${lines.join('')}];
`,
);
console.log(`${revisions.length} releases from ${revisions[0]?.[0]} to ${revisions.at(-1)?.[0]}; ${revisions.filter(([, zones]) => zones.length > 0).length} of them changed clocks, ${new Set(revisions.flatMap(([, zones]) => zones.map(([name]) => name))).size} zones in all.`);
