// oidc-provider: verifies the hint, keeps what was asked for in a session of its own, and asks the person on a page.
import { createServer } from 'node:http';
import Provider from 'oidc-provider';
import { callback, client, jwk, out, signOff, tell } from './signed.mjs';

const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const url = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(url, {
    clients: [{
      client_id: client,
      client_secret: 'secret-of-rp-a-0123456789abcdef',
      redirect_uris: [callback],
      post_logout_redirect_uris: [out],
    }],
    jwks: { keys: [jwk] },
    cookies: { keys: ['a-fixed-cookie-key'] },
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: true } },
  });
  server.on('request', provider.callback());
  tell(url, signOff('/session/end', url));
});
