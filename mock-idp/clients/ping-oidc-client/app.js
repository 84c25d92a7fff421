// An application of one page that uses the SDK as its README shows it.

import { oidc } from '@forgerock/oidc-client';

window.sdk = (config) => oidc({ config });
