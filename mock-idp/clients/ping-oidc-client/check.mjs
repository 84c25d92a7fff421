// Ping's SDK for browsers, as it is published, in a browser: discovery, sign-on, renewal, sign-off.

import { strict as assert } from 'node:assert';

import { createRemoteJWKSet, jwtVerify } from 'jose';

import { signOn, startBrowser, startSite } from '../browser.mjs';
import { check, refreshed } from '../check.mjs';
import { ALICE, ENVIRONMENT, startMock } from '../mock.mjs';

const CLIENT = 'c1000000-0000-4000-8000-00000000000c';

await check('@forgerock/oidc-client', async ({ step, uses }) => {
  const site = uses(await startSite(new URL('app.js', import.meta.url).pathname));
  const redirectUri = `${site.origin}/callback`;
  const mock = uses(
    await startMock({
      id: ENVIRONMENT,
      dialect: 'pingone',
      clients: [
        {
          id: CLIENT,
          kind: 'SINGLE_PAGE_APP',
          token_endpoint_auth: 'none',
          pkce: 's256-required',
          grants: ['authorization_code', 'refresh_token'],
          redirect_uris: [redirectUri],
          idp_signoff: true,
          cors_origins: [site.origin],
        },
      ],
    }),
  );
  const { page } = uses(await startBrowser());
  const config = {
    clientId: CLIENT,
    redirectUri,
    scope: 'openid profile email offline_access',
    serverConfig: { wellknown: `${mock.issuer}/.well-known/openid-configuration` },
  };
  /** Calls the SDK in the page; its functions never throw, they answer with an `error`. */
  const call = (path, ...given) =>
    page.evaluate(
      async (config, path, given) => {
        window.client ??= await window.sdk(config);
        const [group, name] = path.split('.');
        return window.client[group][name](...given);
      },
      config,
      path,
      given,
    );
  const keys = createRemoteJWKSet(new URL(`${mock.issuer}/jwks`));
  const verified = async (token) => {
    const { payload } = await jwtVerify(token, keys, { issuer: mock.issuer, audience: CLIENT });
    return payload;
  };

  await step('nobody is signed on: the background request wants a sign-on', async () => {
    await page.goto(site.origin);
    const answer = await call('authorize.background');
    assert.equal(answer.error, 'LOGIN_REQUIRED');
    assert.equal(answer.type, 'auth_error');
  });

  const tokens = await step('Alice signs on at the hosted page, and the SDK redeems the code', async () => {
    const address = await call('authorize.url');
    assert.equal(new URL(address).origin, new URL(mock.issuer).origin);
    await page.goto(address);
    await signOn(page, ALICE);
    const landed = new URL(page.url());
    assert.equal(landed.origin + landed.pathname, redirectUri);
    const tokens = await call('token.exchange', landed.searchParams.get('code'), landed.searchParams.get('state'));
    assert.equal(tokens.error, undefined, JSON.stringify(tokens));
    assert.equal((await verified(tokens.idToken)).sub, ALICE.id);
    assert.ok(tokens.refreshToken, 'a refresh token was asked for');
    return tokens;
  });

  await step('the SDK refuses the same answer a second time', async () => {
    const landed = new URL(page.url()).searchParams;
    const again = await call('token.exchange', landed.get('code'), landed.get('state'));
    assert.ok(again.error, JSON.stringify(again));
  });

  await step('userinfo is about Alice', async () => {
    const info = await call('user.info');
    assert.equal(info.sub, ALICE.id);
    assert.equal(info.preferred_username, ALICE.username);
  });

  const renewed = await step('the SDK renews its tokens in the background', async () => {
    const renewed = await call('token.get', { forceRenew: true });
    assert.equal(renewed.error, undefined, JSON.stringify(renewed));
    assert.notEqual(renewed.accessToken, tokens.accessToken);
    const [before, after] = [await verified(tokens.idToken), await verified(renewed.idToken)];
    assert.equal(after.sub, ALICE.id);
    assert.equal(after.sid, before.sid, 'the session is the same');
    const refresh = await refreshed(`${mock.issuer}/token`, CLIENT, renewed.refreshToken);
    assert.equal(refresh.status, 200);
    return renewed;
  });

  await step('the SDK signs off: the session and its tokens end', async () => {
    const answer = await call('user.logout');
    assert.deepEqual(answer, { sessionResponse: null, revokeResponse: null, deleteResponse: null });
    const kept = await call('token.get');
    assert.equal(kept.error, 'No tokens found');
    const silent = await call('authorize.background');
    assert.equal(silent.error, 'LOGIN_REQUIRED');
    for (const token of [tokens.refreshToken, renewed.refreshToken]) {
      const refresh = await refreshed(`${mock.issuer}/token`, CLIENT, token);
      assert.deepEqual(refresh, { status: 400, error: 'invalid_grant' });
    }
    const cookies = (await page.cookies(mock.issuer)).map((cookie) => cookie.name);
    assert.deepEqual(cookies.filter((name) => name.startsWith('ST')), []);
  });

  await step('the mock saw the sign-off at the endpoint that the SDK prefers', async () => {
    const entries = await mock.journal();
    const signOffs = entries.filter(({ event, endpoint }) => event === 'request' && /sign-?off/i.test(endpoint));
    assert.deepEqual(
      signOffs.map(({ method, endpoint, status }) => [method, endpoint, status]),
      [['GET', '/as/idpSignoff', 204]],
    );
    assert.equal(entries.filter(({ event }) => event === 'session_ended').length, 1);
  });
});
