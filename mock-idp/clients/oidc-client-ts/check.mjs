// oidc-client-ts, as it is published, in a browser: sign-on, renewal by refresh token and in a frame, sign-off.

import { strict as assert } from 'node:assert';

import { answer, signOn, startBrowser, startSite } from '../browser.mjs';
import { check, refreshed } from '../check.mjs';
import { ALICE, startMock } from '../mock.mjs';

const CLIENT = 'spa';

await check('oidc-client-ts, oidc', async ({ step, uses }) => {
  const site = uses(await startSite(new URL('app.js', import.meta.url).pathname));
  const [redirectUri, signedOff] = [`${site.origin}/callback`, `${site.origin}/signed-off`];
  const mock = uses(
    await startMock({
      id: 'main',
      dialect: 'oidc',
      clients: [
        {
          id: CLIENT,
          token_endpoint_auth: 'none',
          pkce: 's256-required',
          grants: ['authorization_code', 'refresh_token'],
          redirect_uris: [redirectUri],
          post_logout_redirect_uris: [signedOff],
        },
      ],
    }),
  );
  const { page } = uses(await startBrowser());
  const settings = {
    authority: mock.issuer,
    client_id: CLIENT,
    redirect_uri: redirectUri,
    post_logout_redirect_uri: signedOff,
    scope: 'openid profile email',
    loadUserInfo: true,
    automaticSilentRenew: false,
    silentRequestTimeoutInSeconds: 5,
  };
  /** Calls the user manager in the page. */
  const call = (name, given) =>
    page.evaluate(
      async (settings, name, given) => {
        window.users ??= window.manager(settings);
        try {
          return { value: JSON.parse(JSON.stringify((await window.users[name](given)) ?? null)) };
        } catch (error) {
          return { error: error.error ?? error.message };
        }
      },
      settings,
      name,
      given,
    );
  /** The same where it leaves the page, and so never answers. */
  const leave = async (name, given) => {
    const left = page.waitForNavigation();
    await call(name, given).catch(() => undefined);
    await left;
  };

  await step('nobody is signed on: the frame is answered with login_required', async () => {
    await page.goto(site.origin);
    assert.deepEqual(await call('signinSilent'), { error: 'login_required' });
  });

  const user = await step('Alice signs on, and the client accepts the answer', async () => {
    await leave('signinRedirect', { state: 'where I was' });
    await signOn(page, ALICE);
    assert.ok(page.url().startsWith(`${redirectUri}?`));
    const { value, error } = await call('signinCallback');
    assert.equal(error, undefined);
    assert.equal(value.profile.sub, ALICE.id);
    assert.equal(value.profile.preferred_username, ALICE.username);
    assert.equal(value.state, 'where I was');
    return value;
  });

  const renewed = await step('the refresh token brings new tokens', async () => {
    const { value, error } = await call('signinSilent');
    assert.equal(error, undefined);
    assert.notEqual(value.access_token, user.access_token);
    assert.equal(value.profile.sub, ALICE.id);
    assert.equal(value.profile.sid, user.profile.sid);
    return value;
  });
  const refresh = renewed.refresh_token ?? user.refresh_token;

  await step('"no" leaves Alice signed on', async () => {
    await leave('signoutRedirect');
    await answer(page, 'no');
    assert.equal((await refreshed(`${mock.issuer}/token`, CLIENT, refresh)).status, 200);
    const after = await mock.journal();
    assert.equal(after.filter(({ event }) => event === 'session_ended').length, 0);
  });

  await step('"yes" ends the session, and the client accepts the way back', async () => {
    await page.goto(site.origin);
    // The client forgot the user when it left; the hint is given as a server would.
    await leave('signoutRedirect', { id_token_hint: renewed.id_token, state: 'bye' });
    await answer(page, 'yes');
    assert.ok(page.url().startsWith(`${signedOff}?state=`), page.url());
    const { value, error } = await call('signoutCallback');
    assert.equal(error, undefined);
    assert.equal(value.error, null);
    assert.equal(value.userState, 'bye');
  });

  await step('the session and its tokens have ended', async () => {
    assert.deepEqual(await call('signinSilent'), { error: 'login_required' });
    const refused = await refreshed(`${mock.issuer}/token`, CLIENT, refresh);
    assert.deepEqual(refused, { status: 400, error: 'invalid_grant' });
  });
});
