//! Authorization responses lack the `iss` that was announced.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;
use crate::http::Response;
use crate::realm::{Incoming, Realm};

pub(super) static FAULT: Fault = Fault {
    id: "iss-missing",
    summary: "announces iss in authorization responses and sends none",
    dialects: &[Oidc],
    expect: Expect::Must,
    breaks: &[(Oidc, &["R9207-2-01", "R9207-3-01"])],
    stands_on: &["S-01", "S-02"],
    inject: |policy| {
        policy.after.push(change);
    },
};

fn change(_: &Realm, _: &Incoming, response: Response) -> Response {
    response.rewritten("Location", |location| {
        let Some((before, query)) = location.split_once('?') else {
            return location.to_owned();
        };
        let kept: Vec<_> = query
            .split('&')
            .filter(|pair| !pair.starts_with("iss="))
            .collect();
        format!("{before}?{}", kept.join("&"))
    })
}
