// oidc-provider as a target: everything in memory, loopback only. Two clients, two users, the package's own
// development sign-in pages, and a signing key that is made at each start.
import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import Provider from 'oidc-provider';

const port = Number(process.env.PORT ?? 4101);
const postEnabled = process.env.POST === '1';

// The harness may be given the private key: it unlocks hints that only the provider could sign.
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
if (process.env.KEY_FILE) {
  writeFileSync(process.env.KEY_FILE, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
}
const jwk = { ...privateKey.export({ format: 'jwk' }), kid: 'target-1', alg: 'RS256', use: 'sig' };

const client = (id, tail) => ({
  client_id: id,
  client_secret: `secret-of-${id}-0123456789abcdef`,
  redirect_uris: [`http://127.0.0.1:9999/callback${tail}`],
  post_logout_redirect_uris: [`http://127.0.0.1:9999/signed-out${tail}`, `http://127.0.0.1:9999/signed-out${tail}?from=signoff&lang=en`],
  grant_types: ['authorization_code'],
  response_types: ['code'],
  token_endpoint_auth_method: 'client_secret_basic',
});

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [client('rp-a', ''), client('rp-b', '-b')],
  jwks: { keys: [jwk] },
  cookies: { keys: ['a-fixed-cookie-key'], ...(postEnabled ? { long: { httpOnly: true, sameSite: 'none' } } : {}) },
  claims: { openid: ['sub', 'sid'] },
  pkce: { required: () => false },
  ...(postEnabled ? { enableHttpPostMethods: true } : {}),
  features: { devInteractions: { enabled: true }, rpInitiatedLogout: { enabled: true }, revocation: { enabled: true } },
  findAccount: async (_context, id) => ({ accountId: id, claims: async () => ({ sub: id }) }),
});
provider.on('server_error', (_context, error) => console.error('server_error', error.message));
provider.listen(port, '127.0.0.1', () => console.log(`listening on http://127.0.0.1:${port}`));
