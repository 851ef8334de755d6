/** What makes the gatekeeper: the App's number and key (PEM), and the Ed25519 key that signs the ledger (PKCS#8 PEM). */
export type KeeperKeys = { readonly appId: number; readonly appKey: string; readonly ledgerKey: string };

/** One of them as it was given, and what it is called there. */
export type GivenKey = { readonly name: string; readonly text: string };

export type KeeperKeysResult = { readonly ok: true; readonly keys: KeeperKeys } | { readonly ok: false; readonly problems: readonly string[] };

/** Names everything that is missing or malformed; never repeats a value. */
export function parseKeeperKeys(given: Readonly<Record<keyof KeeperKeys, GivenKey>>): KeeperKeysResult {
  const appId = /^[1-9][0-9]{0,14}$/.test(given.appId.text) ? Number(given.appId.text) : null;
  const appKey = parsePem(given.appKey.text);
  const ledgerKey = parsePem(given.ledgerKey.text);
  if (appId !== null && appKey !== null && ledgerKey !== null) return { ok: true, keys: { appId, appKey, ledgerKey } };
  return {
    ok: false,
    problems: [
      ...(appId === null ? [`${given.appId.name} is not the number of a GitHub App`] : []),
      ...(appKey === null ? [`${given.appKey.name} is not a private key in PEM`] : []),
      ...(ledgerKey === null ? [`${given.ledgerKey.name} is not a private key in PEM`] : []),
    ],
  };
}

/** Secrets stored on one line carry `\n` as two characters. */
function parsePem(text: string): string | null {
  const pem = text.replaceAll('\\n', '\n').trim();
  return /^-----BEGIN [A-Z ]*PRIVATE KEY-----\n[\s\S]+\n-----END [A-Z ]*PRIVATE KEY-----$/.test(pem) ? pem : null;
}
