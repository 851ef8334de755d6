/** What a person with this token does in a browser, from the page of `setup app` to the installed App; gives the pages. */
export async function playBrowser(address: string, { token, repository }: { readonly token: string; readonly repository: string }): Promise<{ readonly begin: string; readonly created: string }> {
  const signedIn = { authorization: `Bearer ${token}`, 'content-type': 'application/x-www-form-urlencoded' };
  const begin = await (await fetch(address)).text();
  const sent = await fetch(unescaped(/action="([^"]*)"/.exec(begin)), { method: 'POST', redirect: 'manual', headers: signedIn, body: form({ manifest: unescaped(/name="manifest" value="([^"]*)"/.exec(begin)) }) });
  const created = await (await fetch(sent.headers.get('location') ?? '')).text();
  await fetch(unescaped(/href="([^"]*installations\/new)"/.exec(created)), { method: 'POST', headers: signedIn, body: form({ repository }) });
  return { begin, created };
}

const form = (fields: Readonly<Record<string, string>>): string => new URLSearchParams(fields).toString();
const unescaped = (found: RegExpExecArray | null): string => (found?.[1] ?? '').replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
