/** An answer of GitHub's that is not a success, thrown by routes and rendered by the middleware. */
export class GitHubError extends Error {
  readonly code: string;
  readonly status: number;
  readonly errors: readonly unknown[] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, extra: { readonly errors?: readonly unknown[]; readonly headers?: Readonly<Record<string, string>> } = {}) {
    super(message);
    this.name = 'GitHubError';
    this.code = `http-${String(status)}`;
    this.status = status;
    this.errors = extra.errors;
    this.headers = extra.headers ?? {};
  }
}

export const notFound = (): GitHubError => new GitHubError(404, 'Not Found');

/** 422 with one entry in GitHub's `errors`. */
export const validationFailed = (resource: string, field: string, code: string, message?: string): GitHubError =>
  new GitHubError(422, 'Validation Failed', { errors: [{ resource, field, code, ...(message === undefined ? {} : { message }) }] });

/** The body GitHub sends with a refusal. */
export function renderError(error: GitHubError): Record<string, unknown> {
  return {
    message: error.message,
    ...(error.errors === undefined ? {} : { errors: error.errors }),
    documentation_url: 'https://docs.github.com/rest',
  };
}
