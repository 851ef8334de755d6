import { describe, expect, it } from 'vitest';
import { commandUsage, parseReleaseCommand } from './release-command-text.ts';

const digest = 'sha256:b1b1b1b1b1b1';

describe('a command on a release issue', () => {
  it.each([
    ['/hold production the queue is full', { name: 'hold', environment: 'production', reason: 'the queue is full' }],
    ['/resume production', { name: 'resume', environment: 'production' }],
    ['/schedule production 2026-12-05', { name: 'schedule', environment: 'production', on: '2026-12-05', digestPrefix: null }],
    [`/schedule production next ${digest}`, { name: 'schedule', environment: 'production', on: 'next', digestPrefix: digest }],
    ['/unschedule production', { name: 'unschedule', environment: 'production' }],
    [`/override production ${digest} GHSA-9f4x-2v7m-5c3p it is being exploited`, { name: 'override', environment: 'production', digestPrefix: digest, advisory: 'GHSA-9f4x-2v7m-5c3p', reason: 'it is being exploited' }],
    [`/override production ${digest} - it is on fire`, { name: 'override', environment: 'production', digestPrefix: digest, advisory: null, reason: 'it is on fire' }],
    [`/approve production ${digest}`, { name: 'approve', environment: 'production', digestPrefix: digest }],
    [`/deny production ${digest}`, { name: 'deny', environment: 'production', digestPrefix: digest, reason: '' }],
    [`/deny production ${digest} it can wait`, { name: 'deny', environment: 'production', digestPrefix: digest, reason: 'it can wait' }],
    [`/rollback production ${digest} checkout fails`, { name: 'rollback', environment: 'production', digestPrefix: digest, reason: 'checkout fails' }],
    ['/status', { name: 'status' }],
    ['/status\r\nthank you', { name: 'status' }],
    ['/hold production ask ops@example.org', { name: 'hold', environment: 'production', reason: 'ask [address left out]' }],
  ])('is read from %j', (body, command) => {
    expect(parseReleaseCommand(body)).toEqual(command);
  });

  it.each(['', 'hold production now', ' /hold production now', 'please\n/hold production now', '> /hold production now', '`/hold production now`', '/', '/Hold production now', '/ hold', '/srv/www is full', '//hold', '/hold/production', '\u200b/hold production now'])('is not read from %j', (body) => {
    expect(parseReleaseCommand(body)).toBeNull();
  });

  it.each(['/hold', '/hold production', '/hold  production now', '/hold production ', '/resume', '/resume production now', '/schedule production', '/schedule production tomorrow', '/schedule production 2026-12-5', '/schedule production next 12', `/schedule production next ${digest} x`, `/override production ${digest}`, `/override production ${digest} -`, '/override production sha256:b1b1 - x', `/approve production ${digest} please`, '/approve production sha256:B1B1B1B1B1B1', '/rollback production', '/status now', '/hold production a\u2028b', '/hold production a\u0007b', `/hold production ${'x'.repeat(501)}`, '/hold ../moon x'])('that is half right is answered with how it is written: %j', (body) => {
    const command = parseReleaseCommand(body);
    expect(command?.name).toBe('unreadable');
    const word = /^\/([a-z]+)/.exec(body)?.[1] as keyof typeof commandUsage;
    expect(command).toHaveProperty('problem', expect.stringContaining(commandUsage[word]));
  });

  it('that does not exist is answered with those that do', () => {
    expect(parseReleaseCommand('/hodl production')).toEqual({ name: 'unreadable', problem: expect.stringMatching(/^there is no command \/hodl; there are \/hold, .*\/status$/) as string });
  });

  it('costs no more where the comment is as long as GitHub takes them', () => {
    expect(parseReleaseCommand(`/hold production ${'x '.repeat(32_000)}`)?.name).toBe('unreadable');
  });
});
