//! 307 makes a browser repeat the POST at the relying party, with whatever was in it.

use super::{Expect, Fault};
use crate::config::DialectId::{IdentityServer, Oidc, PingOne};

pub(super) static FAULT: Fault = Fault {
    id: "redirect-307",
    summary: "redirects with 307",
    dialects: &[PingOne, Oidc, IdentityServer],
    expect: Expect::Must,
    breaks: &[
        (PingOne, &["BCP-4.12-01"]),
        (Oidc, &["BCP-4.12-01"]),
        (IdentityServer, &["RPIL-2-18"]),
    ],
    stands_on: &["R-01"],
    inject: |policy| {
        policy.answer.redirect_after_get = 307;
        policy.answer.redirect_after_post = 307;
    },
};
