// better-auth with its OAuth provider plugin as a target: everything in memory, loopback only. Two clients and two users.
// The pages to sign in and to consent are a matter of the application: they are at the end of this file.
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
const relyingParty = 'http://127.0.0.1:9999';
const digest = (text) => createHash('sha256').update(text).digest('base64url');
const scopes = ['openid', 'email', 'profile', 'offline_access'];

const models = [
  'user', 'session', 'account', 'verification', 'jwks', 'oauthClient', 'oauthResource', 'oauthClientResource',
  'oauthRefreshToken', 'oauthAccessToken', 'oauthConsent', 'oauthClientAssertion',
];
const auth = betterAuth({
  baseURL: base,
  secret: 'of-a-target-on-loopback-0123456789',
  database: memoryAdapter(Object.fromEntries(models.map((model) => [model, []]))),
  trustedOrigins: process.env.TRUST_RP === '0' ? [base] : [base, relyingParty],
  // A target is asked more in a minute than people are.
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
  // Slow hashes protect nobody here.
  emailAndPassword: {
    enabled: true,
    password: { hash: async (password) => digest(password), verify: async ({ hash, password }) => hash === digest(password) },
  },
  plugins: [
    jwt({ jwks: { keyPairConfig: { alg: 'RS256' }, disablePrivateKeyEncryption: true } }),
    oauthProvider({
      loginPage: '/login',
      consentPage: '/consent',
      scopes,
      silenceWarnings: { oauthAuthServerConfig: true, openidConfig: true },
      storeClientSecret: 'hashed',
      allowDynamicClientRegistration: true,
      allowUnauthenticatedClientRegistration: true,
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
  const after = `${relyingParty}/signed-out${tail}`;
  await adapter.create({
    model: 'oauthClient',
    data: {
      clientId: id,
      clientSecret: digest(secret),
      name: id,
      disabled: false,
      skipConsent: true,
      enableEndSession: true,
      redirectUris: [`${relyingParty}/callback${tail}`],
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

// The pages of the application: each posts what the person said to the package's own call, which says where to go on.
const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const page = (title, fields, query) => `<!doctype html><html><head><meta charset="utf-8"><title>${title}</title></head>
<body><h1>${title}</h1><form method="post"><input type="hidden" name="oauth_query" value="${escaped(query)}">
${fields}</form></body></html>`;
const pages = {
  '/login': {
    show: (query) => page('Sign in', '<input name="email"><input name="password" type="password"><button>Sign in</button>', query),
    call: '/sign-in/email',
    body: (form) => ({ email: form.get('email'), password: form.get('password') }),
  },
  '/consent': {
    show: (query) => page('Share your account?', '<button name="answer" value="yes">Allow</button>', query),
    call: '/oauth2/consent',
    body: () => ({ accept: true }),
  },
};

async function answer({ show, call, body }, request, response) {
  const send = (status, text) => response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(text);
  if (request.method !== 'POST') return send(200, show(request.url.split('?')[1] ?? ''));
  let sent = '';
  for await (const part of request) sent += part;
  const form = new URLSearchParams(sent);
  const answered = await auth.handler(
    new Request(`${base}/api/auth${call}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: base, cookie: request.headers.cookie ?? '' },
      body: JSON.stringify({ ...body(form), oauth_query: form.get('oauth_query') }),
    }),
  );
  const { url } = await answered.json().catch(() => ({}));
  if (!answered.ok || !url) return send(400, 'The package refused this.');
  response.setHeader('set-cookie', answered.headers.getSetCookie());
  response.writeHead(303, { location: url }).end();
}

const handler = toNodeHandler(auth);
http
  .createServer((request, response) => {
    const known = pages[request.url.split('?')[0]];
    if (known) return answer(known, request, response);
    return handler(request, response);
  })
  .listen(port, '127.0.0.1', () => console.log(`listening on ${base}`));
