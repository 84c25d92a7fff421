// What every check is made of: named steps with exact assertions, and everything that was started ended.

import { strict as assert } from 'node:assert';

const CHECK_LIMIT = 120_000;

/**
 * Runs a check and exits with 1 if it fails.
 * @param {string} name
 * @param {(check: { step: Function, uses: Function }) => Promise<void>} body
 */
export async function check(name, body) {
  const started = [];
  const limit = setTimeout(() => {
    console.error(`FAIL ${name}: not done within ${CHECK_LIMIT / 1000} s`);
    process.exit(1);
  }, CHECK_LIMIT);
  let steps = 0;
  /** Keeps what has a `stop` until the end. */
  const uses = (something) => {
    started.push(something);
    return something;
  };
  const step = async (sentence, run) => {
    try {
      const value = await run();
      steps += 1;
      console.log(`  ok   ${sentence}`);
      return value;
    } catch (error) {
      throw new Error(`${sentence}: ${error.message}`, { cause: error });
    }
  };
  try {
    await body({ step, uses });
    assert.ok(steps > 0, 'the check did nothing');
    console.log(`PASS ${name}: ${steps} steps`);
  } catch (error) {
    console.error(`FAIL ${name}: ${error.message}`);
    for (const line of started.flatMap((something) => something.trace?.() ?? [])) console.error(`  ${line}`);
    process.exitCode = 1;
  } finally {
    for (const something of started.reverse()) {
      await something.stop().catch((error) => console.error(`  not ended: ${error.message}`));
    }
    clearTimeout(limit);
  }
}

/** Asks the token endpoint as a public client, and tells status and `error`. */
export async function refreshed(endpoint, client, token) {
  const answer = await fetch(endpoint, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'refresh_token', client_id: client, refresh_token: token }),
  });
  const content = await answer.json();
  return { status: answer.status, error: content.error };
}
