// Writes dist/shop-<version>.tar.gz. The same sources, version and commit give the same bytes.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { createTar } from './tar.mjs';

const root = fileURLToPath(new URL('.', import.meta.url));
const version = process.env.BUILD_VERSION ?? JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version;
if (!/^\d+\.\d+\.\d+[0-9A-Za-z.-]*$/.test(version)) {
  console.error(`BUILD_VERSION is ${JSON.stringify(version)}; it has to be a semantic version such as 1.8.0-rc.3.`);
  process.exit(1);
}
const release = { version, commit: process.env.GITHUB_SHA ?? 'unbuilt' };

const sources = readdirSync(join(root, 'src')).map((name) => ({ name: `src/${name}`, bytes: readFileSync(join(root, 'src', name)) }));
const archive = gzipSync(
  createTar([
    ...sources,
    { name: 'package.json', bytes: readFileSync(join(root, 'package.json')) },
    { name: 'version.json', bytes: Buffer.from(`${JSON.stringify(release)}\n`) },
  ]),
  { level: 9 },
);
// The gzip header names the operating system; the bytes must not depend on it.
archive[9] = 255;

const file = `dist/shop-${version}.tar.gz`;
rmSync(join(root, 'dist'), { recursive: true, force: true });
mkdirSync(join(root, 'dist'));
writeFileSync(join(root, file), archive);
console.log(`${file}: ${archive.length} bytes, sha256:${createHash('sha256').update(archive).digest('hex')}`);
