import { known, unknown } from '@sallyport/gates';
import type { Fact } from '@sallyport/gates';

/** Where git finds a repository, and the value of the `Authorization` header that opens it (null: none is needed). */
export type GitAccess = { readonly url: string; readonly authorization: string | null };

const loopback = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * The address to fetch a repository from, by that of the REST interface: `api.github.com` → `github.com`, `api.<name>.ghe.com` →
 * `<name>.ghe.com`, `<host>/api/v3` → `<host>`. A credential goes over https only, or to this very machine.
 */
export function cloneUrl(apiUrl: string, { owner, repo }: { readonly owner: string; readonly repo: string }): Fact<string> {
  if (!URL.canParse(apiUrl)) return unknown(`${apiUrl} is no address`);
  const { protocol, hostname, host } = new URL(apiUrl);
  if (protocol !== 'https:' && !(protocol === 'http:' && loopback.has(hostname))) return unknown(`git is used over https only, and the address is ${protocol}//${host}`);
  const web = host === 'api.github.com' || /^api\.[a-z\d-]+\.ghe\.com$/.test(host) ? host.slice('api.'.length) : host;
  return known(`${protocol}//${web}/${encodeURIComponent(owner)}/${encodeURIComponent(repo)}.git`);
}

/** As git's own clients present a token: the name does not matter to GitHub, but may not be empty. */
export const basicAuthorization = (token: string): string => `Basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`;
