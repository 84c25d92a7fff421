//! Two layers write the path of the cookie.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;
use crate::http::Response;
use crate::realm::{Incoming, Realm};

pub(super) static FAULT: Fault = Fault {
    id: "cookie-attribute-twice",
    summary: "writes Path twice into the deletion of the session cookie",
    dialects: &[Oidc],
    expect: Expect::Should,
    breaks: &[(Oidc, &["CK-4.1.1-02"])],
    stands_on: &["G-02"],
    inject: |policy| {
        policy.after.push(change);
    },
};

fn change(_: &Realm, _: &Incoming, response: Response) -> Response {
    response.with_deletions(|cookie| format!("{cookie}; Path=/"))
}
