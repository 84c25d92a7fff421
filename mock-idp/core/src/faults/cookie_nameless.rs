//! A cookie without a name goes out with the sign-off.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;
use crate::http::Response;
use crate::realm::{Incoming, Realm};

pub(super) static FAULT: Fault = Fault {
    id: "cookie-nameless",
    summary: "sets a cookie without a name",
    dialects: &[Oidc],
    expect: Expect::Should,
    breaks: &[(Oidc, &["CK-4.1.1-04"])],
    stands_on: &["G-05"],
    inject: |policy| {
        policy.after.push(change);
    },
};

fn change(_: &Realm, incoming: &Incoming, response: Response) -> Response {
    if incoming.is_about_signing_off() {
        response.with("Set-Cookie", "=visited; Path=/; Secure")
    } else {
        response
    }
}
