//! A parser that trusts what it is given falls over a broken escape.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;
use crate::http::Response;
use crate::realm::{Incoming, Realm};

pub(super) static FAULT: Fault = Fault {
    id: "crash-parse",
    summary: "answers 500 to a percent sign that begins no escape",
    dialects: &[Oidc],
    expect: Expect::Should,
    breaks: &[(Oidc, &["CSS-03"])],
    stands_on: &["L-19", "L-20", "N-09"],
    inject: |policy| {
        policy.before.push(refuse);
    },
};

fn refuse(_: &Realm, incoming: &Incoming) -> Option<Response> {
    let text = [incoming.request.target.as_bytes(), &incoming.request.body].concat();
    let mut octets = text.split(|octet| *octet == b'%').skip(1);
    let broken =
        octets.any(|rest| !rest.iter().take(2).all(u8::is_ascii_hexdigit) || rest.len() < 2);
    (incoming.is_about_signing_off() && broken)
        .then(|| Response::text(500, "Internal server error."))
}
