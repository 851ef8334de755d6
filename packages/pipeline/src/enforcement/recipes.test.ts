import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { diagnose } from './diagnose.ts';
import type { Environment } from './enforcement.ts';
import { seen } from './enforcement.ts';
import { healthy, policy, valueOf } from './enforcement.fixture.ts';

const folder = join(import.meta.dirname, '../../../../workflows/recipes');
const recipes = readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')] as const);

/** What the doctor finds where this is the deploy workflow, with the secrets that it names in its environments, or in the repository. */
function findings(text: string, secretsIn: 'environments' | 'repository' = 'environments'): readonly string[] {
  const named = [...text.matchAll(/secrets\.(\w+)/g)].map(([, name]) => name ?? '');
  const enforcement = healthy();
  const holding = (one: Environment): Environment => (one.name === 'sallyport' ? one : { ...one, secrets: seen(secretsIn === 'environments' ? named : []) });
  const { weaknesses, unseen } = diagnose(
    {
      ...enforcement,
      environments: seen(valueOf(enforcement.environments).map(holding)),
      repositorySecrets: seen(secretsIn === 'repository' ? named : []),
      workflows: seen(valueOf(enforcement.workflows).map((file) => (file.path === '.github/workflows/deploy.yml' ? { ...file, text } : file))),
    },
    policy,
  );
  return [...weaknesses.map(({ code }) => code), ...unseen.map(({ what }) => `not seen: ${what}`)];
}

/** The same, changed; a change that changes nothing is a mistake of this test. */
function changed(text: string, by: (text: string) => string): string {
  const other = by(text);
  if (other === text) throw new Error('The recipe does not hold what this test takes away.');
  return other;
}

/** The step that asks, up to the next. */
const stepThatAsks = (text: string): string => {
  const from = text.indexOf('      - id: sallyport\n');
  return from === -1 ? '' : text.slice(from, text.indexOf('\n      - ', from) + 1);
};

it('there are recipes', () => {
  expect(recipes.map(([name]) => name)).toEqual(['kubernetes.yml', 'serverless.yml', 'static-site.yml', 'virtual-machines.yml']);
});

describe.each(recipes)('in a repository that deploys by %s, the doctor', (_name, text) => {
  it('finds nothing', () => {
    expect(findings(text)).toEqual([]);
  });

  it('finds that a command runs before the gate is asked', () => {
    expect(findings(changed(text, (one) => one.replace(stepThatAsks(one), (step) => `      - run: ./prepare.sh\n${step}`)))).toEqual(['deploy-does-not-ask']);
  });

  it('finds that the gate is asked last', () => {
    const step = stepThatAsks(text);
    expect(findings(changed(text, (one) => `${one.replace(step, '')}${step}`))).toEqual(['deploy-does-not-ask']);
  });

  it('finds that the gate is not asked', () => {
    expect(findings(changed(text, (one) => one.replace(stepThatAsks(one), '')))).toEqual(['deploy-does-not-ask']);
  });

  it('finds that no job enters an environment', () => {
    expect(findings(changed(text, (one) => one.replace(/^    environment: .*\n/m, '')))).toEqual(['deploy-does-not-ask']);
  });

  it('finds an action by its tag', () => {
    expect(findings(changed(text, (one) => one.replace(/(actions\/probe)@0{40}/, '$1@v1')))).toEqual(['action-unpinned']);
  });
});

describe.each(recipes.filter(([, text]) => text.includes('secrets.')))('where the secrets of %s lie in the repository, the doctor', (_name, text) => {
  it('finds them', () => {
    expect(new Set(findings(text, 'repository'))).toEqual(new Set(['secret-outside']));
  });
});
