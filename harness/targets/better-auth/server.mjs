// better-auth with its OAuth provider plugin as a target: everything in memory, loopback only. Two clients and two users.
// Its sign-in page is a matter of the application: people sign in by one call of the package's API.
import { createHash, generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import http from 'node:http';
import { oauthProvider } from '@better-auth/oauth-provider';
import { betterAuth } from 'better-auth';
import { memoryAdapter } from 'better-auth/adapters/memory';
import { toNodeHandler } from 'better-auth/node';
import { jwt } from 'better-auth/plugins';

const port = Number(process.env.PORT ?? 4103);
const base = `http://127.0.0.1:${port}`;
const scopes = ['openid', 'email', 'profile', 'offline_access'];

const models = [
  'user', 'session', 'account', 'verification', 'jwks', 'oauthClient', 'oauthResource', 'oauthClientResource',
  'oauthRefreshToken', 'oauthAccessToken', 'oauthConsent', 'oauthClientAssertion',
];
const auth = betterAuth({
  baseURL: base,
  secret: 'of-a-target-on-loopback-0123456789',
  database: memoryAdapter(Object.fromEntries(models.map((model) => [model, []]))),
  trustedOrigins: [base],
  // A target is asked more in a minute than people are.
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
  emailAndPassword: { enabled: true },
  plugins: [
    jwt({ jwks: { keyPairConfig: { alg: 'RS256' }, disablePrivateKeyEncryption: true } }),
    oauthProvider({
      loginPage: '/login',
      consentPage: '/consent',
      scopes,
      silenceWarnings: { oauthAuthServerConfig: true, openidConfig: true },
      storeClientSecret: 'hashed',
    }),
  ],
});

for (const name of ['alice', 'bob']) {
  await auth.api.signUpEmail({ body: { email: `${name}@target.test`, password: `password-of-${name}`, name } });
}
const { adapter } = await auth.$context;
const now = new Date();

// The harness may be given the private key: it unlocks hints that only the provider could sign.
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
if (process.env.KEY_FILE) {
  writeFileSync(process.env.KEY_FILE, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
}
await adapter.create({
  model: 'jwks',
  data: {
    alg: 'RS256',
    publicKey: JSON.stringify(publicKey.export({ format: 'jwk' })),
    privateKey: JSON.stringify(privateKey.export({ format: 'jwk' })),
    createdAt: now,
  },
});

// The call that registers a client wants a signed-in administrator; the rows go in by the storage adapter.
for (const [id, tail] of [['rp-a', ''], ['rp-b', '-b']]) {
  const secret = `secret-of-${id}-0123456789abcdef`;
  const after = `http://127.0.0.1:9999/signed-out${tail}`;
  await adapter.create({
    model: 'oauthClient',
    data: {
      clientId: id,
      clientSecret: createHash('sha256').update(secret).digest('base64url'),
      name: id,
      disabled: false,
      skipConsent: true,
      enableEndSession: true,
      redirectUris: [`http://127.0.0.1:9999/callback${tail}`],
      postLogoutRedirectUris: [after, `${after}?from=signoff&lang=en`],
      grantTypes: ['authorization_code', 'refresh_token'],
      responseTypes: ['code'],
      tokenEndpointAuthMethod: 'client_secret_basic',
      scopes,
      createdAt: now,
      updatedAt: now,
    },
  });
}

const handler = toNodeHandler(auth);
http
  .createServer((request, response) => {
    if (request.url.startsWith('/api/auth')) return handler(request, response);
    response.setHeader('content-type', 'text/html');
    return response.end('<!doctype html><title>Sign in</title><p>The application would ask here.');
  })
  .listen(port, '127.0.0.1', () => console.log(`listening on ${base}`));
