import { html } from '@sallyport/pipeline';
import type { Html } from '@sallyport/pipeline';

const page = (title: string, body: Html): string => html`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>
  body { font: 1.05rem/1.6 system-ui, sans-serif; max-width: 42rem; margin: 3rem auto; padding: 0 1rem; color: #1f2328; background: #fff }
  table { border-collapse: collapse; margin: 1rem 0 }
  td { padding: .15rem 1.5rem .15rem 0; border-bottom: 1px solid #d1d9e0 }
  button { font: inherit; padding: .5rem 1.2rem; border: 0; border-radius: .4rem; background: #1f6feb; color: #fff; cursor: pointer }
  @media (prefers-color-scheme: dark) { body { color: #f0f6fc; background: #0d1117 } td { border-color: #3d444d } a { color: #58a6ff } }
</style>
<h1>${title}</h1>
${body}
</html>
`.html;

/** The page that sends a person to GitHub with the manifest. */
export function beginPage({ repository, action, manifest, permissions }: { readonly repository: string; readonly action: string; readonly manifest: string; readonly permissions: Readonly<Record<string, string>> }): string {
  const rows = Object.entries(permissions).map(([name, level]) => html`<tr><td>${name.replaceAll('_', ' ')}</td><td>${level}</td></tr>`);
  return page(
    `The gatekeeper App for ${repository}`,
    html`<p>GitHub will show you an App with these permissions and no others, and ask for its name. It gets no events, and nobody else can install it.</p>
<table>${rows}</table>
<form method="post" action="${action}">
<input type="hidden" name="manifest" value="${manifest}">
<button>Create it on GitHub</button>
</form>`,
  );
}

/** Where the person comes back to: the App is there and has to be installed. */
export const createdPage = ({ slug, install, repository }: { readonly slug: string; readonly install: string; readonly repository: string }): string =>
  page(
    `${slug} was created`,
    html`<p>Its key went straight to the command in your terminal, and to no file.</p>
<p><a href="${install}">Install it</a> on <b>${repository}</b> and on nothing else (“Only select repositories”). The command goes on as soon as it is installed.</p>`,
  );

/** Something that is no answer of GitHub to this page. */
export const refusedPage = (why: string): string => page('This does not belong here', html`<p>${why}</p>`);
