//! Each attempt leaves a cookie behind.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;
use crate::http::Response;
use crate::realm::{Incoming, Realm};

pub(super) static FAULT: Fault = Fault {
    id: "cookie-growth",
    summary: "sets one more cookie with each sign-off",
    dialects: &[Oidc],
    expect: Expect::Should,
    breaks: &[(Oidc, &["CK-6.1-01"])],
    stands_on: &["K-08"],
    inject: |policy| {
        policy.after.push(change);
    },
};

fn change(_: &Realm, incoming: &Incoming, response: Response) -> Response {
    if !incoming.is_about_signing_off() {
        return response;
    }
    let held = incoming.request.header("Cookie").map_or(0, <[u8]>::len);
    response.with(
        "Set-Cookie",
        format!("__Host-attempt-{held}=1; Path=/; Secure; HttpOnly; SameSite=None"),
    )
}
