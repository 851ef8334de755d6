import * as z from 'zod';

/** A whole answer with status 200, and how to ask whether it still holds. */
export type KeptAnswer = { readonly etag: string; readonly contentType: string; readonly link: string | null; readonly body: Uint8Array };

const head = z.strictObject({ etag: z.string().min(1), contentType: z.string(), link: z.string().nullable() });

/** The head as one line of JSON, then the body as it came. */
export function writeKept({ etag, contentType, link, body }: KeptAnswer): Uint8Array {
  return Buffer.concat([Buffer.from(`${JSON.stringify({ etag, contentType, link })}\n`), body]);
}

/** null for what `writeKept` did not write. */
export function readKept(bytes: Uint8Array): KeptAnswer | null {
  const end = bytes.indexOf(0x0a);
  if (end < 0) return null;
  try {
    const parsed = head.safeParse(JSON.parse(Buffer.from(bytes.subarray(0, end)).toString('utf8')));
    return parsed.success ? { ...parsed.data, body: bytes.subarray(end + 1) } : null;
  } catch {
    return null;
  }
}

/** Larger answers cost more to keep than to ask for. */
const mostBytes = 4 * 1024 * 1024;
/** What GitHub gives when a question does not say (GitHub Docs, "Using pagination in the REST API", November 2026). */
const usualPageSize = 30;

/** The answer as it is kept; null for one that must not or need not be. */
export function keepable(url: URL, { status, headers, body }: { readonly status: number; readonly headers: Headers; readonly body: Uint8Array }, { immutable }: { readonly immutable: boolean }): KeptAnswer | null {
  const [etag, contentType, link] = [headers.get('etag'), headers.get('content-type') ?? '', headers.get('link')];
  if (status !== 200 || etag === null || !isJson(contentType) || body.byteLength > mostBytes) return null;
  // An ETag stands for the body alone: behind a full last page another can appear, and 304 would hide it.
  if (!immutable && !/\brel="next"/.test(link ?? '') && isFullPage(url, body)) return null;
  return { etag, contentType, link, body };
}

const isJson = (contentType: string): boolean => contentType.split(';')[0]?.trim().endsWith('json') === true;

function isFullPage(url: URL, body: Uint8Array): boolean {
  // An object counts its items in its body; only a bare list can end without saying so.
  if (body[0] !== 0x5b) return false;
  try {
    const list: unknown = JSON.parse(Buffer.from(body).toString('utf8'));
    return Array.isArray(list) && list.length >= Number(url.searchParams.get('per_page') ?? usualPageSize);
  } catch {
    return true;
  }
}
