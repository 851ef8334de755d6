import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSuite } from '../scenario.ts';
import { playPart, refused, sound } from './story.ts';
import type { PartStory, Seen } from './story.ts';
import { partStories } from './stories.ts';

const stories = partStories(readSuite(join(import.meta.dirname, '..')), join(import.meta.dirname, '../../..'));

describe('an attack on a part', () => {
  it.each(stories)('$id $name', async (story) => {
    expect((await playPart(story)).misses).toEqual([]);
  });

  it('has a number of its own', () => {
    expect(new Set(stories.map(({ id }) => id)).size).toBe(stories.length);
  });
});

describe('a story', () => {
  const told = (says: string | null, attack: () => Seen, twin: () => Seen): PartStory => ({ id: 'L01.1', name: 'It happens.', says, play: (attacked) => (attacked ? attack() : twin()) });
  const breaks = (): never => {
    throw new Error('it broke');
  };

  it.each<[string, PartStory, readonly string[], string | null]>([
    ['is as expected when the attack is refused in the expected words and its twin is sound', told('forged', () => refused('it is forged'), () => sound), [], 'refused'],
    ['is as expected when nothing comes of the attack, where that is expected', told(null, () => sound, () => sound), [], 'withstood'],
    ['misses an attack that nobody notices', told('forged', () => sound, () => sound), ['expected to be told “forged”, and nothing was said'], 'withstood'],
    ['misses an attack that is refused for something else', told('forged', () => refused('it is too long'), () => sound), ['expected to be told “forged”, not “it is too long”'], 'refused'],
    ['misses an attack of which something comes', told(null, () => refused('it shows'), () => sound), ['expected nothing to come of it, but: it shows'], 'refused'],
    ['misses a twin that is refused', told('forged', () => refused('forged'), () => refused('forged')), ['without the attack: expected nothing to come of it, but: forged'], 'refused'],
    ['misses an attack that could not be made', told('forged', breaks, () => sound), ['it broke'], null],
  ])('%s', async (_name, story, misses, outcome) => {
    expect(await playPart(story)).toMatchObject({ row: 'L01', misses, outcome });
  });
});
