// A key, and a hint signed with it as the server would have signed it.
import { createSign, generateKeyPairSync } from 'node:crypto';

const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

export const callback = 'http://127.0.0.1:9999/callback';
export const out = 'https://a.example/signed-off';
export const client = 'rp-a';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
export const jwk = { ...privateKey.export({ format: 'jwk' }), kid: 'bench-1', alg: 'RS256', use: 'sig' };

/** The path and query of a sign-off at this endpoint. */
export function signOff(endpoint, issuer) {
  const now = Math.floor(Date.now() / 1000);
  const header = part({ alg: 'RS256', kid: jwk.kid });
  const claims = part({ iss: issuer, sub: 'alice', aud: client, iat: now, exp: now + 3600, auth_time: now });
  const signer = createSign('RSA-SHA256').update(`${header}.${claims}`);
  const hint = `${header}.${claims}.${signer.sign(privateKey, 'base64url')}`;
  const query = new URLSearchParams({ id_token_hint: hint, post_logout_redirect_uri: out, state: 'af0ifjsldkj' });
  return `${endpoint}?${query}`;
}

/** The line that the load generator waits for. The process ends with its input. */
export function tell(url, target) {
  console.log(JSON.stringify({ url, target }));
  process.stdin.on('end', () => process.exit(0)).resume();
}
