// @workos-inc/node, as it is published, as an application's server; the people use a browser. WorkOS signs them on and off at
// a customer's identity provider, which is a plain tenant of the same mock.

import { strict as assert } from 'node:assert';

import { WorkOS } from '@workos-inc/node';

import { answer, signOn, startBrowser, startSite } from '../browser.mjs';
import { check } from '../check.mjs';
import { ALICE, startMock } from '../mock.mjs';

const [ID, KEY] = ['client_a', 'sk_test_a'];

await check('@workos-inc/node, workos', async ({ step, uses }) => {
  const site = uses(await startSite());
  const [redirectUri, signedOut] = [`${site.origin}/callback`, `${site.origin}/signed-out`];
  const upstream = { issuer: '{origin}/customer', client_id: 'workos', client_secret: 'secret-of-workos' };
  const mock = uses(
    await startMock(
      {
        id: '',
        dialect: 'workos',
        clients: [{ id: ID, secret: KEY, redirect_uris: [redirectUri] }],
        workos: {
          connections: [{ id: 'conn_oidc', organization: 'org_customer', external_key: 'key1', upstream }],
          sign_out_redirects: [signedOut],
        },
      },
      {
        id: 'customer',
        dialect: 'oidc',
        clients: [
          { id: 'workos', secret: 'secret-of-workos', redirect_uris: ['{origin}/sso/oidc/key1/callback'] },
          { id: 'wiki', secret: 'secret-w', redirect_uris: [`${site.origin}/wiki`] },
        ],
      },
    ),
  );
  const { page } = uses(await startBrowser());
  const address = new URL(mock.issuer);
  const at = { clientId: ID, apiHostname: address.hostname, port: Number(address.port), https: false };
  const workos = new WorkOS(KEY, at);

  /** The product's own words for a call that the library has no method for yet. */
  const authorizeLogout = (by, profile) => by.post('/sso/logout/authorize', { profile_id: profile });
  const connection = workos.sso.getAuthorizationUrl({
    clientId: ID,
    connection: 'conn_oidc',
    redirectUri,
    state: 'where I was',
  });
  /** What another application of the identity provider is told when it asks without a question to the person. */
  const otherApplication = async () => {
    const asked = new URLSearchParams({
      client_id: 'wiki',
      response_type: 'code',
      scope: 'openid',
      prompt: 'none',
      redirect_uri: `${site.origin}/wiki`,
    });
    await page.goto(`${address.origin}/customer/authorize?${asked}`);
    const told = new URL(page.url()).searchParams;
    return told.get('error') ?? (told.has('code') ? 'a code' : 'nothing');
  };

  const profile = await step('Alice signs on at the identity provider, and the library gets her profile', async () => {
    await page.goto(connection);
    assert.ok(page.url().startsWith(`${address.origin}/customer/`), 'at the identity provider');
    await signOn(page, ALICE);
    const back = new URL(page.url());
    assert.equal(back.origin + back.pathname, redirectUri);
    assert.equal(back.searchParams.get('state'), 'where I was');
    const { profile, accessToken } = await workos.sso.getProfileAndToken({
      code: back.searchParams.get('code'),
      clientId: ID,
    });
    assert.match(profile.id, /^prof_/);
    assert.equal(profile.connectionType, 'GenericOIDC');
    assert.equal(profile.idpId, ALICE.id);
    assert.equal((await workos.sso.getProfile({ accessToken })).id, profile.id);
    return profile;
  });

  await step('another application of the identity provider knows her, too', async () => {
    assert.equal(await otherApplication(), 'a code');
  });

  const logout = await step('the library asks for a logout token with its API key and the profile', async () => {
    const { data } = await authorizeLogout(workos, profile.id);
    const url = new URL(data.logout_url);
    assert.equal(url.origin + url.pathname, `${address.origin}/sso/logout`);
    assert.equal(url.searchParams.get('token'), data.logout_token);
    return url;
  });

  await step('the browser follows the URL to the identity provider, which asks and signs her off', async () => {
    await page.goto(logout.href);
    assert.ok(page.url().startsWith(`${address.origin}/customer/`), 'at the identity provider');
    await answer(page, 'yes');
    assert.ok(page.url().startsWith(`${address.origin}/customer/`), 'nobody is sent back');
  });

  await step('the session at the identity provider has ended for all its applications', async () => {
    assert.equal(await otherApplication(), 'login_required');
    await page.goto(connection);
    await page.waitForSelector('input[type=password]');
  });

  await step('the URL is good once', async () => {
    const again = await page.goto(logout.href);
    assert.equal(again.status(), 404);
    assert.equal(new URL(page.url()).pathname, '/sso/logout');
  });

  await step('an unknown profile and a wrong key are errors that the library knows', async () => {
    await assert.rejects(authorizeLogout(workos, 'prof_nobody'), { name: 'NotFoundException', status: 404 });
    const stranger = new WorkOS('sk_test_nobody', at);
    await assert.rejects(authorizeLogout(stranger, profile.id), { name: 'UnauthorizedException', status: 401 });
  });

  await step('AuthKit: the URL that the library builds ends the session and leads to return_to', async () => {
    const authorize = workos.userManagement.getAuthorizationUrl({ clientId: ID, provider: 'authkit', redirectUri });
    await page.goto(authorize);
    await signOn(page, ALICE);
    const code = new URL(page.url()).searchParams.get('code');
    const { user, accessToken } = await workos.userManagement.authenticateWithCode({ clientId: ID, code });
    assert.equal(user.id, ALICE.id);
    const { sid } = JSON.parse(Buffer.from(accessToken.split('.')[1], 'base64url').toString());
    await page.goto(workos.userManagement.getLogoutUrl({ sessionId: sid, returnTo: signedOut }));
    assert.equal(page.url(), signedOut);
    await page.goto(authorize);
    await page.waitForSelector('input[type=password]');
  });
});
