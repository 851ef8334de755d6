import * as z from 'zod';

/** ISO 8601 with an offset in documents, epoch milliseconds inside. Written back in UTC with milliseconds. */
export const instant = z.codec(z.iso.datetime({ offset: true }), z.int(), {
  decode: (text) => Date.parse(text),
  encode: (at) => new Date(at).toISOString(),
});
