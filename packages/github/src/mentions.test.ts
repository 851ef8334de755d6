import { describe, expect, it } from 'vitest';
import { mentionsMachine } from './mentions.ts';

describe('a machine is called', () => {
  it.each<[string, string, string, boolean]>([
    ['by its name', 'robot[bot]', 'Please fix this, @Robot.', true],
    ['as GitHub’s agent, whatever its account is named', 'copilot-swe-agent[bot]', '@copilot add a test', true],
    ['not by an address', 'robot[bot]', 'write to me@robot.example', false],
    ['not by a longer name', 'robot[bot]', '@robot-two do it', false],
  ])('%s', (_name, login, text, expected) => {
    expect(mentionsMachine(text, { id: 901, login, kind: 'bot' })).toBe(expected);
  });
});
