//! Plain OpenID Connect: the specifications and nothing else. It is what a real
//! identity provider speaks unless its target file names a product.

use super::Dialect;
use crate::speech;
use crate::target::SignInKind;

pub(super) const DIALECT: Dialect = Dialect {
    id: "oidc",
    summary: "plain OpenID Connect: discovery, RP-Initiated Logout 1.0, sign-in by form",
    editions: &[],
    sign_in: || SignInKind::Form,
    own_origins: |_| Vec::new(),
    speak: speech::rp_initiated,
    lacks: &[speech::NO_OTHER_WAY],
    doors: |_, _| Vec::new(),
    differences: &[],
};
