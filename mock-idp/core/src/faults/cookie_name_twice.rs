//! One answer deletes the session cookie twice.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;
use crate::http::Response;
use crate::realm::{Incoming, Realm};

pub(super) static FAULT: Fault = Fault {
    id: "cookie-name-twice",
    summary: "sends two Set-Cookie fields for the same name",
    dialects: &[Oidc],
    expect: Expect::Should,
    breaks: &[(Oidc, &["CK-4.1.1-03"])],
    stands_on: &["G-05"],
    inject: |policy| {
        policy.after.push(change);
    },
};

fn change(_: &Realm, _: &Incoming, response: Response) -> Response {
    let again = response
        .all("Set-Cookie")
        .find(|cookie| cookie.contains("Max-Age=0"))
        .map(str::to_owned);
    match again {
        Some(cookie) => response.with("Set-Cookie", cookie),
        None => response,
    }
}
