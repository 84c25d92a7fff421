//! The endpoint fails, whatever is asked.

use super::{Expect, Fault};
use crate::config::DialectId::{Oidc, PingOne};
use crate::http::Response;
use crate::realm::{Incoming, Realm};

pub(super) static FAULT: Fault = Fault {
    id: "crash",
    summary: "answers 500 to every sign-off",
    dialects: &[PingOne, Oidc],
    expect: Expect::Should,
    breaks: &[
        (PingOne, &["CSS-03", "CSS-14"]),
        (Oidc, &["CSS-03", "CSS-14"]),
    ],
    stands_on: &["D-13"],
    inject: |policy| {
        policy.before.push(refuse);
    },
};

fn refuse(_: &Realm, incoming: &Incoming) -> Option<Response> {
    incoming
        .is_about_signing_off()
        .then(|| Response::text(500, "Internal server error."))
}
