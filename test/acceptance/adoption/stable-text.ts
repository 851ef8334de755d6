const hex = '0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef';
const indent = ' '.repeat(14);
const likeIt = (found: string): string => hex.slice(0, found.length);

/** What differs from one run to the next, and what stands for it: of the same length where something is set in columns. The longer comes before what is part of it. */
const varying: readonly (readonly [RegExp, (found: string) => string])[] = [
  [/http:\/\/x-access-token:[^@\s]+@127\.0\.0\.1:\d+/g, () => 'https://github.com'],
  [/http:\/\/127\.0\.0\.1:\d+(?=\/[a-z])/g, () => 'https://github.com'],
  [/http:\/\/127\.0\.0\.1:\d+/g, () => 'http://127.0.0.1:41233'],
  [/(?<=\bsha256:)[0-9a-f]{12,64}/g, likeIt],
  // What is pinned in a file is the same in every run, and so is the commit of ones.
  [/(?<!@)\b(?!1{40})(?:[0-9a-f]{40}|[0-9a-f]{12}|[0-9a-f]{7})\b/g, likeIt],
  [/[A-Za-z0-9+/]{43}=/g, () => '<root>'],
  [/(?<=\bApp |\brun |\/runs\/|\/job\/|"integration_id":|\()\d{4,}\b/g, () => '1234'],
  [/(?<=T\d\d:\d\d:)\d\d\.\d{3}Z/g, () => '00.000Z'],
  [/(?<=zone data: )\S+/g, () => '<version>'],
  [/\b\d+(?= entries\b)/g, () => '<n>'],
  [/(?<=\b[Ee]ntry\s+)\d+/g, () => '<n>'],
  // How far the tests have come when the gate is asked at once.
  [/(?<= merge gate WAIT acme\/shop#1 at 0123456\n)[^✓]*(?=✓ with nothing but a commit)/g, () => `${indent}…\n${indent}`],
];

/** The text with what differs from one run to the next made the same: addresses, digests, commits, roots, and numbers that are given out or counted, seconds. */
export const stableText = (text: string): string => varying.reduce((sofar, [pattern, instead]) => sofar.replaceAll(pattern, instead), text);
