//! A firewall takes a long token for an attack.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;
use crate::http::Response;
use crate::realm::{Incoming, Realm};

pub(super) static FAULT: Fault = Fault {
    id: "waf-403",
    summary: "answers 403 to requests of more than 2000 octets",
    dialects: &[Oidc],
    expect: Expect::Should,
    breaks: &[(Oidc, &["CSS-16"])],
    stands_on: &["K-10"],
    inject: |policy| {
        policy.before.push(refuse);
    },
};

fn refuse(_: &Realm, incoming: &Incoming) -> Option<Response> {
    let length = incoming.request.target.len() + incoming.request.body.len();
    (incoming.is_about_signing_off() && length > 2000).then(|| Response::text(403, "Forbidden."))
}
