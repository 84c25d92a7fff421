// oauth2-mock-server as a target: loopback only. It knows no clients, no users and no sessions: the authorization
// endpoint answers everybody with a code at once.
import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { OAuth2Server } from 'oauth2-mock-server';

const port = Number(process.env.PORT ?? 4102);

// The harness may be given the private key: it unlocks hints that only the provider could sign.
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
if (process.env.KEY_FILE) {
  writeFileSync(process.env.KEY_FILE, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
}
const server = new OAuth2Server();
await server.issuer.keys.add({ ...privateKey.export({ format: 'jwk' }), kid: 'target-1', alg: 'RS256', use: 'sig' });
await server.start(port, '127.0.0.1');
server.issuer.url = `http://127.0.0.1:${port}`;
console.log(`listening on ${server.issuer.url}`);
