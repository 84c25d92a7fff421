//! Framing is barred by the older header alone.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;
use crate::http::Response;
use crate::realm::{Incoming, Realm};

pub(super) static FAULT: Fault = Fault {
    id: "frame-options-only",
    summary: "bars framing by X-Frame-Options and not by frame-ancestors",
    dialects: &[Oidc],
    expect: Expect::Should,
    breaks: &[(Oidc, &["BCP-4.16-02"])],
    stands_on: &["H-12"],
    inject: |policy| {
        policy.after.push(change);
    },
};

fn change(_: &Realm, _: &Incoming, response: Response) -> Response {
    response.rewritten("Content-Security-Policy", |policy| {
        policy.replace("; frame-ancestors 'none'", "")
    })
}
