// Ping's older SDK for browsers, as it is published: sign-on by redirect, renewal in a frame, sign-off by redirect.

import { strict as assert } from 'node:assert';

import { createRemoteJWKSet, jwtVerify } from 'jose';

import { signOn, startBrowser, startSite } from '../browser.mjs';
import { check, refreshed } from '../check.mjs';
import { ALICE, ENVIRONMENT, startMock } from '../mock.mjs';

const CLIENT = 'c1000000-0000-4000-8000-00000000000c';

await check('@forgerock/javascript-sdk', async ({ step, uses }) => {
  const site = uses(await startSite(new URL('app.js', import.meta.url).pathname));
  const [redirectUri, signedOff] = [`${site.origin}/callback`, `${site.origin}/signed-off`];
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
          post_logout_redirect_uris: [signedOff],
          // The SDK prefers the endpoint that this allows.
          idp_signoff: true,
        },
      ],
    }),
  );
  const { page } = uses(await startBrowser());
  const config = {
    clientId: CLIENT,
    redirectUri,
    scope: 'openid profile email offline_access',
    serverConfig: { wellknown: `${mock.issuer}/.well-known/openid-configuration`, timeout: 5000 },
  };
  /** Calls the SDK in the page, configured anew as after each load. */
  const call = (object, name, given) =>
    page.evaluate(
      async (config, object, name, given) => {
        await window.sdk.Config.setAsync(config);
        try {
          return { value: await window.sdk[object][name](given) };
        } catch (error) {
          return { error: error.message };
        }
      },
      config,
      object,
      name,
      given,
    );
  /** The same where the SDK leaves the page, and so never answers. */
  const leave = async (object, name, given) => {
    const left = page.waitForNavigation();
    await call(object, name, given).catch(() => undefined);
    await left;
  };
  const keys = createRemoteJWKSet(new URL(`${mock.issuer}/jwks`));
  const verified = async (token) => {
    const { payload } = await jwtVerify(token, keys, { issuer: mock.issuer, audience: CLIENT });
    return payload;
  };

  await step('nobody is signed on: the frame comes back with what the SDK knows as "sign on"', async () => {
    await page.goto(site.origin);
    const { error } = await call('TokenManager', 'getTokens', {});
    assert.match(error, /User authentication is required/);
  });

  const tokens = await step('the SDK sends Alice to the hosted page and redeems the code', async () => {
    await leave('TokenManager', 'getTokens', { login: 'redirect' });
    assert.equal(new URL(page.url()).origin, new URL(mock.issuer).origin);
    await signOn(page, ALICE);
    const landed = new URL(page.url());
    assert.equal(landed.origin + landed.pathname, redirectUri);
    const query = Object.fromEntries(landed.searchParams);
    const { value, error } = await call('TokenManager', 'getTokens', { query });
    assert.equal(error, undefined);
    assert.equal((await verified(value.idToken)).sub, ALICE.id);
    assert.ok(value.refreshToken, 'a refresh token was asked for');
    return value;
  });

  await step('userinfo is about Alice', async () => {
    const { value } = await call('UserManager', 'getCurrentUser');
    assert.equal(value.sub, ALICE.id);
  });

  const renewed = await step('the SDK renews its tokens in a frame', async () => {
    const { value, error } = await call('TokenManager', 'getTokens', { forceRenew: true });
    assert.equal(error, undefined);
    assert.notEqual(value.accessToken, tokens.accessToken);
    const [before, after] = [await verified(tokens.idToken), await verified(value.idToken)];
    assert.equal(after.sid, before.sid, 'the session is the same');
    return value;
  });

  await step('the SDK signs off by redirect, and the browser comes back', async () => {
    await leave('FRUser', 'logout', { logoutRedirectUri: signedOff });
    assert.equal(page.url(), signedOff);
  });

  await step('the session and its tokens have ended', async () => {
    const { error } = await call('TokenManager', 'getTokens', {});
    assert.match(error, /User authentication is required/);
    const refresh = await refreshed(`${mock.issuer}/token`, CLIENT, renewed.refreshToken);
    assert.deepEqual(refresh, { status: 400, error: 'invalid_grant' });
    const entries = await mock.journal();
    const signOffs = entries.filter(({ event, endpoint }) => event === 'request' && /sign-?off/i.test(endpoint));
    assert.deepEqual(
      signOffs.map(({ method, endpoint, status }) => [method, endpoint, status]),
      [['GET', '/as/idpSignoff', 302]],
    );
    assert.equal(entries.filter(({ event }) => event === 'session_ended').length, 1);
  });
});
