// The crate openidconnect, as it is published, in a program of its own.

import { strict as assert } from 'node:assert';
import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { check } from '../check.mjs';
import { ALICE, ENVIRONMENT, startMock } from '../mock.mjs';

// The first start compiles the crate and what it depends on.
const COMPILING = 900_000;

const ID = 'a1000000-0000-4000-8000-00000000000a';
const SECRET = 'secret-a';
// Nothing listens there: the program follows no redirect to it.
const [CALLBACK, SIGNED_OFF] = ['https://a.example/callback', 'https://a.example/signed-off'];

const ended = async (program, given, limit) => {
  const child = spawn(program, given, { stdio: 'inherit', timeout: limit });
  const [code, signal] = await once(child, 'exit');
  assert.equal(code, 0, `${program} ended with ${code ?? signal}`);
};

const cargo = (command) => [
  command,
  '--quiet',
  '--locked',
  '--manifest-path',
  new URL('Cargo.toml', import.meta.url).pathname,
  '--target-dir',
  process.env.CLIENTS_TARGET,
];
await ended('cargo', cargo('build'), COMPILING);

await check('openidconnect, pingone', async ({ step, uses }) => {
  const mock = uses(
    await startMock({
      id: ENVIRONMENT,
      dialect: 'pingone',
      clients: [
        {
          id: ID,
          secret: SECRET,
          grants: ['authorization_code', 'refresh_token'],
          redirect_uris: [CALLBACK],
          post_logout_redirect_uris: [SIGNED_OFF],
        },
      ],
    }),
  );
  await step('the crate signs on, refreshes and signs off', async () => {
    const given = [mock.issuer, ID, SECRET, CALLBACK, SIGNED_OFF, ALICE.id, ALICE.username, ALICE.password];
    await ended('cargo', [...cargo('run'), '--', ...given], 60_000);
  });
  await step('the mock saw one session begin and end', async () => {
    const entries = await mock.journal();
    const count = (name) => entries.filter(({ event }) => event === name).length;
    assert.deepEqual([count('session_started'), count('session_ended')], [1, 1]);
  });
});
