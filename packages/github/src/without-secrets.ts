/**
 * What people write into issues goes into a record that nobody can take it out of again: e-mail addresses and the credentials that tell
 * by their shape are left out of it (L08). The shapes are those of GitHub's secret scanning patterns, November 2026.
 */
export function withoutSecrets(text: string): string {
  return patterns.reduce((rest, { pattern, instead }) => rest.replace(pattern, instead), text);
}

const patterns = [
  { pattern: /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----.{0,8000}?(?:-----END [A-Z ]{0,40}PRIVATE KEY-----|$)/gs, instead: '[secret left out]' },
  { pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{20,255}|github_pat_[A-Za-z0-9_]{20,255}|glpat-[A-Za-z0-9_-]{20,64}|npm_[A-Za-z0-9]{36}|xox[abposr]-[A-Za-z0-9-]{10,250}|sk_live_[A-Za-z0-9]{20,250}|(?:AKIA|ASIA)[A-Z0-9]{16}|AIza[A-Za-z0-9_-]{35}|eyJ[A-Za-z0-9_-]{10,2000}\.[A-Za-z0-9_-]{10,4000}\.[A-Za-z0-9_-]{10,1000})/g, instead: '[secret left out]' },
  { pattern: /[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,253}\.[A-Za-z]{2,63}/g, instead: '[address left out]' },
] as const;
