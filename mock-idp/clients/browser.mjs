// Chromium without a window, and the site of an application in it. Everything stays on the loopback address.

import { createServer } from 'node:http';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { build } from 'esbuild';
import puppeteer from 'puppeteer-core';

const STEP_LIMIT = 15_000;

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
];

/** Starts a browser with a profile of its own. `stop` ends it. */
export async function startBrowser() {
  const profile = await mkdtemp(join(tmpdir(), 'mock-idp-browser-'));
  const browser = await puppeteer.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: FLAGS,
    userDataDir: profile,
  });
  const page = await browser.newPage();
  page.setDefaultTimeout(STEP_LIMIT);
  const said = [];
  page.on('pageerror', (error) => said.push(`${error}`));
  page.on('console', (message) => said.push(message.text()));
  const stop = async () => {
    await browser.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 3 });
  };
  /** Where the browser is and what it complained of, for a check that failed. */
  const trace = () => [`the browser is at ${page.url().replace(/[?#].*/, '')}`, ...said.slice(-20)];
  return { page, stop, trace };
}

/** Fills in the page's form as a person does, with keys. Ends where the browser comes to rest. */
export async function signOn(page, { username, password }) {
  // IdentityServer's samples bind the fields of a model.
  await page.waitForSelector('input[type=password]');
  await page.type('input[name=username], input[name="Input.Username"]', username);
  await page.type('input[type=password]', password);
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
}

/** Answers the question of a provider that asks before it signs off. */
export async function answer(page, value) {
  await page.waitForSelector(`button[name=answer][value=${value}]`);
  await Promise.all([page.waitForNavigation(), page.click(`button[name=answer][value=${value}]`)]);
}

/** Goes back to the application by the link that IdentityServer's sample pages offer. */
export async function goBack(page) {
  await page.waitForSelector('a.PostLogoutRedirectUri');
  await Promise.all([page.waitForNavigation(), page.click('a.PostLogoutRedirectUri')]);
}

/**
 * Serves an application made of one script at every path of an origin of its own.
 * @param {string} [script] bundled as a browser takes it; an empty page without
 */
export async function startSite(script) {
  const code = script ? await bundled(script) : '';
  const server = createServer((request, response) => {
    const isScript = request.url === '/app.js';
    response.setHeader('Content-Type', isScript ? 'text/javascript' : 'text/html; charset=utf-8');
    response.end(isScript ? code : '<!doctype html><title>An application</title><script src="/app.js"></script>');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${server.address().port}`;
  const stop = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return { origin, stop };
}

async function bundled(script) {
  const result = await build({
    entryPoints: [script],
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    logLevel: 'error',
  });
  return result.outputFiles[0].text;
}
