//! A cookie of the sign-in page has neither prefix nor Secure.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;
use crate::http::Response;
use crate::realm::{Incoming, Realm};

pub(super) static FAULT: Fault = Fault {
    id: "cookie-plain",
    summary: "sets a cookie for the language without Secure",
    dialects: &[Oidc],
    expect: Expect::Should,
    breaks: &[(Oidc, &["CK-8.3-01", "CK-4.1.3-01"])],
    stands_on: &["G-01"],
    inject: |policy| {
        policy.after.push(change);
    },
};

fn change(_: &Realm, incoming: &Incoming, response: Response) -> Response {
    if incoming.path == "/sign-in" {
        response.with("Set-Cookie", "language=en; Path=/; HttpOnly")
    } else {
        response
    }
}
