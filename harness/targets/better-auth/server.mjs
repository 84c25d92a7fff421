// better-auth with its OAuth provider plugin as a target: everything in memory, loopback only. Two clients and two users.
// Its sign-in page is a matter of the application: people sign in by one call of the package's API.
import { createHash } from 'node:crypto';
import http from 'node:http';
import { oauthProvider } from '@better-auth/oauth-provider';
import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { toNodeHandler } from 'better-auth/node';
import { jwt } from 'better-auth/plugins';
import Database from 'better-sqlite3';

const port = Number(process.env.PORT ?? 4103);
const base = `http://127.0.0.1:${port}`;

const auth = betterAuth({
  baseURL: base,
  secret: 'of-a-target-on-loopback-0123456789',
  database: new Database(':memory:'),
  trustedOrigins: [base],
  // A target is asked more in a minute than people are.
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
  emailAndPassword: { enabled: true },
  plugins: [
    jwt({ jwks: { keyPairConfig: { alg: 'RS256' } } }),
    oauthProvider({
      loginPage: '/login',
      consentPage: '/consent',
      scopes: ['openid', 'email', 'profile'],
      silenceWarnings: { oauthAuthServerConfig: true, openidConfig: true },
      storeClientSecret: 'hashed',
    }),
  ],
});

const { runMigrations } = await getMigrations(auth.options);
await runMigrations();
for (const name of ['alice', 'bob']) {
  await auth.api.signUpEmail({ body: { email: `${name}@target.test`, password: `password-of-${name}`, name } });
}
// The call that registers a client wants a signed-in administrator; the rows go in by the storage adapter.
const { adapter } = await auth.$context;
const now = new Date();
for (const [id, tail] of [['rp-a', ''], ['rp-b', '-b']]) {
  const secret = `secret-of-${id}-0123456789abcdef`;
  const after = `http://127.0.0.1:9999/signed-out${tail}`;
  await adapter.create({
    model: 'oauthClient',
    data: {
      clientId: id,
      clientSecret: createHash('sha256').update(secret).digest('base64url'),
      name: id,
      type: 'web',
      public: false,
      disabled: false,
      skipConsent: true,
      enableEndSession: true,
      redirectUris: [`http://127.0.0.1:9999/callback${tail}`],
      postLogoutRedirectUris: [after, `${after}?from=signoff&lang=en`],
      grantTypes: ['authorization_code'],
      responseTypes: ['code'],
      tokenEndpointAuthMethod: 'client_secret_basic',
      scopes: ['openid', 'email', 'profile'],
      createdAt: now,
      updatedAt: now,
    },
  });
}

const handler = toNodeHandler(auth);
http
  .createServer(async (request, response) => {
    if (request.url.startsWith('/api/auth/.well-known/openid-configuration')) {
      const metadata = await auth.api.getOpenIdConfig({ headers: new Headers() });
      response.setHeader('content-type', 'application/json');
      return response.end(JSON.stringify(metadata));
    }
    if (request.url.startsWith('/api/auth')) return handler(request, response);
    response.setHeader('content-type', 'text/html');
    return response.end('<!doctype html><title>Sign in</title><p>The application would ask here.');
  })
  .listen(port, '127.0.0.1', () => console.log(`listening on ${base}`));
