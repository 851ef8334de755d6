import { expect, it } from 'vitest';
import { parsePolicy } from '@sallyport/policy';
import { renderPublication } from './render-publication.ts';
import type { Publication } from './render-publication.ts';

const parsed = parsePolicy('version: 1\nrepository: acme/shop\nmerge: { tests: [{ check: unit, workflow: .github/workflows/ci.yml }] }\nbuild: { provenance: none }\nenvironments:\n  staging: {}\n  production: { after: { environment: staging } }\n', { file: 'sallyport.yml' });
if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
const environment = parsed.policy.environments.find(({ name }) => name === 'production');
if (environment === undefined) throw new Error('There is no production.');
const digest = `sha256:${'a'.repeat(64)}`;
const file = { name: 'shop|x.tgz', digest, sizeBytes: 3 };
const image = { image: 'registry.example/acme/shop', digest: `sha256:${'b'.repeat(64)}` };

function publicationOf(artifacts: Publication['build']['artifacts']): string {
  const end = { type: 'promotion-ended', environment: 'production', number: 7, build: digest, outcome: 'succeeded', reason: 'run 1', runId: 1, startedAt: null, endedAt: '2026-12-05T14:05:00Z', index: 9 } as const;
  const promotion = { type: 'promotion-intended', environment: 'production', number: 7, tag: 'promote/production/7', build: digest, version: '1.8.0-rc.3', commit: 'c'.repeat(40), decisionIndex: 7, override: null, index: 8, at: 0, end } as const;
  const build = { type: 'build-registered', digest, version: '1.8.0-rc.3', commit: 'c'.repeat(40), artifacts, workflow: '.github/workflows/build.yml', runId: 1, release: 'build/1.8.0-rc.3', index: 1, at: 0 } as const;
  if (!parsed.ok || environment === undefined) throw new Error('There is no policy.');
  return renderPublication({ policy: parsed.policy, environment, build, promotion, merges: [], checkpoint: 'sallyport-checkpoint-10' });
}

it('names files and images by digest, and what it names cannot leave its cell', () => {
  const text = publicationOf([file, image]);
  expect(text).toContain(`| shop\\|x.tgz | \`${digest}\` |\n| registry.example/acme/shop | \`${image.digest}\` |`);
  expect(text).toContain('The files are kept under `build/1.8.0-rc.3`.');
});

it('promises no files of a build that is an image', () => {
  expect(publicationOf([image])).not.toContain('The files are kept');
});
