//! An error is reported to a relying party by redirect, which section 4 forbids: nobody knows whose request it was.

use super::{Expect, Fault};
use crate::config::DialectId::{Oidc, PingOne};
use crate::policy::Consequence;

pub(super) static FAULT: Fault = Fault {
    id: "error-redirects",
    summary: "sends the browser to a client with error= when a request is refused",
    dialects: &[PingOne, Oidc],
    expect: Expect::Must,
    breaks: &[(PingOne, &["RPIL-4-04"]), (Oidc, &["RPIL-4-04"])],
    stands_on: &["I-07", "U-01", "U-02", "U-03"],
    inject: |policy| {
        policy.answer.refused = |_| Consequence::RedirectWithError;
    },
};
