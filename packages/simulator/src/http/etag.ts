import { createHash } from 'node:crypto';

/** Names what a successful read answers by its ETag, and says 304 to whoever has it already. Other answers pass unchanged. */
export async function withETag(request: Request, answered: Response): Promise<Response> {
  if (request.method !== 'GET' || answered.status !== 200 || !(answered.headers.get('content-type') ?? '').includes('json')) return answered;
  const body = Buffer.from(await answered.arrayBuffer());
  const headers = new Headers(answered.headers);
  const etag = `W/"${createHash('sha256').update(body).digest('hex')}"`;
  headers.set('etag', etag);
  headers.set('cache-control', 'private, max-age=60, s-maxage=60');
  const known = (request.headers.get('if-none-match') ?? '').split(',').map((tag) => tag.trim());
  if (!known.includes(etag)) return new Response(new Uint8Array(body), { status: 200, headers });
  headers.delete('content-type');
  headers.delete('content-length');
  return new Response(null, { status: 304, headers });
}
