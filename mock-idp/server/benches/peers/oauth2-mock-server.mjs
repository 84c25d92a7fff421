// oauth2-mock-server: redirects to whatever it is told. It does not look at the hint and has no sessions.
import { OAuth2Server } from 'oauth2-mock-server';
import { jwk, signOff, tell } from './signed.mjs';

const server = new OAuth2Server();
await server.issuer.keys.add(jwk);
await server.start(0, '127.0.0.1');
const url = `http://127.0.0.1:${server.address().port}`;
server.issuer.url = url;
tell(url, signOff('/endsession', url));
