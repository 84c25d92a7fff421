//! The `iss` of authorization responses has a slash more than the issuer.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;
use crate::http::Response;
use crate::realm::{Incoming, Realm};

pub(super) static FAULT: Fault = Fault {
    id: "iss-other",
    summary: "sends an iss in authorization responses that is not its issuer",
    dialects: &[Oidc],
    expect: Expect::Must,
    breaks: &[(Oidc, &["R9207-2-02"])],
    stands_on: &["B-38"],
    inject: |policy| {
        policy.after.push(change);
    },
};

fn change(_: &Realm, _: &Incoming, response: Response) -> Response {
    response.rewritten("Location", |location| {
        let pairs = location.split('&').map(|pair| {
            let more = if pair.starts_with("iss=") { "%2F" } else { "" };
            format!("{pair}{more}")
        });
        pairs.collect::<Vec<_>>().join("&")
    })
}
