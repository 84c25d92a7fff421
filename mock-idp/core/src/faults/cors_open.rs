//! The endpoint may be read by scripts of any origin.

use super::{Expect, Fault};
use crate::config::DialectId::{Oidc, PingOne};
use crate::http::Response;
use crate::realm::{Incoming, Realm};

pub(super) static FAULT: Fault = Fault {
    id: "cors-open",
    summary: "allows every origin to read the answers of the sign-off",
    dialects: &[PingOne, Oidc],
    expect: Expect::Must,
    breaks: &[(PingOne, &["BCP-2.6-02"]), (Oidc, &["BCP-2.6-02"])],
    stands_on: &["H-04"],
    inject: |policy| {
        policy.after.push(change);
    },
};

fn change(_: &Realm, incoming: &Incoming, response: Response) -> Response {
    match incoming.header_text("Origin") {
        Some(origin) if incoming.is_about_signing_off() => response
            .with("Access-Control-Allow-Origin", origin)
            .with("Access-Control-Allow-Credentials", "true"),
        _ => response,
    }
}
