// An application of one page that uses oidc-client-ts as its README shows it.

import { UserManager, WebStorageStateStore } from 'oidc-client-ts';

// In the frame of a silent sign-on the page only hands on what it was told.
if (window.parent !== window) new UserManager({ authority: '', client_id: '', redirect_uri: '' }).signinSilentCallback();

window.manager = (settings) =>
  new UserManager({ ...settings, userStore: new WebStorageStateStore({ store: window.localStorage }) });
