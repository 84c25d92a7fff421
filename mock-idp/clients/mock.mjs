// The mock as a process of its own, with a configuration made for one check.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const START_LIMIT = 30_000;

/** The environment of the `pingone` tenants. */
export const ENVIRONMENT = '5f1c7d2e-4a0b-4c3d-9e8f-7a6b5c4d3e2f';

/** Who signs on. */
export const ALICE = { id: 'a2000000-0000-4000-8000-0000000a11ce', username: 'alice', password: 'password-of-alice' };

/**
 * Starts a mock. `stop` ends it.
 * @param {object} tenant as in a configuration file, in the words of TOML
 * @param {object[]} beside further ones
 */
export async function startMock(tenant, ...beside) {
  const program = process.env.MOCK_IDP_SERVE;
  if (!program) throw new Error('MOCK_IDP_SERVE is not set; run mock-idp/clients/check');
  const folder = await mkdtemp(join(tmpdir(), 'mock-idp-'));
  const file = join(folder, 'mock.toml');
  const config = { seed: 7, server: { address: '127.0.0.1:0' }, tenants: [tenant, ...beside].map((one) => ({ users: [ALICE], ...one })) };
  await writeFile(file, document(config));
  const child = spawn(program, [file], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const stop = async () => {
    child.kill('SIGINT');
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const issuer = await firstIssuer(child);
    const control = `${new URL(issuer).origin}/__mock`;
    return { issuer, control, stop, journal: () => journal(control) };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function firstIssuer(child) {
  const limit = AbortSignal.timeout(START_LIMIT);
  const lines = createInterface({ input: child.stdout });
  const [line] = await Promise.race([
    once(lines, 'line', { signal: limit }),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`the mock ended with ${code}`))),
  ]);
  const issuer = /^issuer (\S+)$/.exec(line)?.[1];
  if (!issuer) throw new Error(`the mock began with: ${line}`);
  return issuer;
}

/** What the mock saw. */
async function journal(control) {
  const answer = await fetch(`${control}/journal`);
  if (!answer.ok) throw new Error(`the journal answered ${answer.status}`);
  return (await answer.json()).entries;
}

// Texts of JSON are texts of TOML as long as nothing is escaped that TOML knows otherwise; ids and addresses are not.
const document = (members) =>
  Object.entries(members)
    .map(([name, value]) => `${name} = ${inline(value)}\n`)
    .join('');

function inline(value) {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (typeof value !== 'object') return JSON.stringify(value);
  const members = Object.entries(value).map(([name, inner]) => `${name} = ${inline(inner)}`);
  return `{ ${members.join(', ')} }`;
}
