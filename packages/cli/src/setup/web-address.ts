/** Where people look at what an API serves: https://github.com for api.github.com, https://host for https://host/api/v3, and the same address for any other. */
export function webAddress(apiUrl: string): string {
  const { origin, hostname } = new URL(apiUrl);
  return hostname === 'api.github.com' ? 'https://github.com' : origin;
}
