// openid-client, as it is published, as a server's relying party; the people use a browser. Each dialect in turn.

import { strict as assert } from 'node:assert';

import * as client from 'openid-client';

import { answer, goBack, signOn, startBrowser, startSite } from '../browser.mjs';
import { check } from '../check.mjs';
import { ALICE, ENVIRONMENT, startMock } from '../mock.mjs';

const ID = 'a1000000-0000-4000-8000-00000000000a';
const SECRET = 'secret-a';

// What is special: whether the person is asked although the hint is a good one, whether they get back by a link, and what
// it takes to get a refresh token. One with offline_access outlives the session (Core section 11).
const DIALECTS = {
  pingone: { tenant: { id: ENVIRONMENT }, asks: false, links: false, offline: false },
  oidc: { tenant: { id: 'main' }, asks: true, links: false, offline: false },
  identityserver: { tenant: { id: 'main' }, asks: false, links: true, offline: true },
};

for (const [dialect, { tenant, asks, links, offline }] of Object.entries(DIALECTS)) {
  await check(`openid-client, ${dialect}`, async ({ step, uses }) => {
    const site = uses(await startSite());
    const [redirectUri, signedOff] = [`${site.origin}/callback`, `${site.origin}/signed-off`];
    const mock = uses(
      await startMock({
        ...tenant,
        dialect,
        clients: [
          {
            id: ID,
            secret: SECRET,
            grants: ['authorization_code', 'refresh_token'],
            redirect_uris: [redirectUri],
            post_logout_redirect_uris: [signedOff],
          },
        ],
      }),
    );
    const { page } = uses(await startBrowser());

    const config = await step('the client discovers the provider', async () => {
      const config = await client.discovery(new URL(mock.issuer), ID, SECRET, client.ClientSecretBasic(SECRET), {
        execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks],
      });
      assert.equal(config.serverMetadata().issuer, mock.issuer);
      assert.ok(config.serverMetadata().supportsPKCE(), 'PKCE is announced');
      return config;
    });

    /** An authorization request with everything that the client can check in the answer. */
    const request = async (more = {}) => {
      const checks = {
        pkceCodeVerifier: client.randomPKCECodeVerifier(),
        expectedState: client.randomState(),
        expectedNonce: client.randomNonce(),
      };
      const address = client.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: `openid profile email${offline ? ' offline_access' : ''}`,
        code_challenge: await client.calculatePKCECodeChallenge(checks.pkceCodeVerifier),
        code_challenge_method: 'S256',
        state: checks.expectedState,
        nonce: checks.expectedNonce,
        ...more,
      });
      await page.goto(address.href);
      return checks;
    };
    const redeemed = (checks) =>
      client.authorizationCodeGrant(config, new URL(page.url()), { ...checks, idTokenExpected: true });

    const tokens = await step('Alice signs on, and the client accepts the answer', async () => {
      const checks = await request();
      await signOn(page, ALICE);
      const tokens = await redeemed(checks);
      assert.equal(tokens.claims().sub, ALICE.id);
      assert.equal(tokens.token_type, 'bearer');
      return tokens;
    });

    await step('userinfo is about Alice', async () => {
      const info = await client.fetchUserInfo(config, tokens.access_token, ALICE.id);
      assert.equal(info.preferred_username, ALICE.username);
    });

    const renewed = await step('the refresh token brings new tokens of the same session', async () => {
      const renewed = await client.refreshTokenGrant(config, tokens.refresh_token);
      assert.notEqual(renewed.access_token, tokens.access_token);
      assert.equal(renewed.claims().sub, ALICE.id);
      assert.equal(renewed.claims().sid, tokens.claims().sid);
      return renewed;
    });
    const refresh = renewed.refresh_token ?? tokens.refresh_token;

    await step('a second application of the browser needs no password', async () => {
      const silent = await redeemed(await request({ prompt: 'none' }));
      assert.equal(silent.claims().sub, ALICE.id);
    });

    if (config.serverMetadata().introspection_endpoint) {
      await step('the access token is active', async () => {
        const told = await client.tokenIntrospection(config, renewed.access_token);
        assert.equal(told.active, true);
        assert.equal(told.sub, ALICE.id);
      });
    }

    await step('the client signs off, and the browser comes back with its state', async () => {
      const state = client.randomState();
      const address = client.buildEndSessionUrl(config, {
        id_token_hint: renewed.id_token,
        post_logout_redirect_uri: signedOff,
        state,
      });
      await page.goto(address.href);
      if (asks) await answer(page, 'yes');
      if (links) await goBack(page);
      assert.equal(page.url(), `${signedOff}?state=${state}`);
    });

    await step('the session has ended: prompt=none is answered with login_required', async () => {
      const checks = await request({ prompt: 'none' });
      await assert.rejects(redeemed(checks), { name: 'AuthorizationResponseError', error: 'login_required' });
    });

    if (offline) {
      await step('the refresh token outlives it: it was granted for the time nobody is signed in', async () => {
        const later = await client.refreshTokenGrant(config, refresh);
        assert.equal(later.claims().sub, ALICE.id);
      });
      return;
    }
    await step('the refresh token has ended with it', async () => {
      await assert.rejects(client.refreshTokenGrant(config, refresh), {
        name: 'ResponseBodyError',
        status: 400,
        error: 'invalid_grant',
      });
    });
  });
}
