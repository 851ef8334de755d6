import type { Person } from '@sallyport/gates';
import * as z from 'zod';
import type { Place } from './repository.ts';

const appAnswer = z.looseObject({ slug: z.string().min(1) });

/** Whether the client's own App wrote something: what somebody else wrote must not stand in for it. Without an App, any bot counts. */
export function ownAuthor({ client }: Place): (author: Person | null) => Promise<boolean> {
  let login: Promise<string> | null = null;
  const readLogin = async (): Promise<string> => {
    const { data } = await client.ask({ route: 'GET /app', shape: appAnswer, why: 'to know what it wrote itself' });
    return `${data.slug}[bot]`;
  };
  return async (author) => {
    if (author?.kind !== 'bot') return false;
    if (client.appId === null) return true;
    login ??= readLogin().catch((error: unknown) => {
      login = null;
      throw error;
    });
    return author.login === (await login);
  };
}
