//! The cookie is deleted with an age that the grammar does not have.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;
use crate::http::Response;
use crate::realm::{Incoming, Realm};

pub(super) static FAULT: Fault = Fault {
    id: "cookie-bad-grammar",
    summary: "deletes the session cookie with Max-Age=-1",
    dialects: &[Oidc],
    expect: Expect::Should,
    breaks: &[(Oidc, &["CK-4.1.1-01"])],
    stands_on: &["G-01"],
    inject: |policy| {
        policy.after.push(change);
    },
};

fn change(_: &Realm, _: &Incoming, response: Response) -> Response {
    response.with_deletions(|cookie| cookie.replace("Max-Age=0", "Max-Age=-1"))
}
