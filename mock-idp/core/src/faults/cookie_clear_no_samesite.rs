//! The deletion lacks the attributes that the cookie was set with.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;
use crate::http::Response;
use crate::realm::{Incoming, Realm};

pub(super) static FAULT: Fault = Fault {
    id: "cookie-clear-no-samesite",
    summary: "deletes the session cookie without Secure and SameSite",
    dialects: &[Oidc],
    expect: Expect::Should,
    breaks: &[(Oidc, &["CK-4.1.3.2-01", "CK-4.1.2-01"])],
    stands_on: &["G-01", "G-07"],
    inject: |policy| {
        policy.after.push(change);
    },
};

fn change(_: &Realm, _: &Incoming, response: Response) -> Response {
    response.with_deletions(|cookie| {
        cookie
            .replace("; Secure", "")
            .replace("; SameSite=None", "")
    })
}
