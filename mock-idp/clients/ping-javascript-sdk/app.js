// An application of one page that uses the older SDK as its README shows it.

import * as sdk from '@forgerock/javascript-sdk';

window.sdk = sdk;
