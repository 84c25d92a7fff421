//! The cookie is deleted under another path than it was set with.

use super::{Expect, Fault};
use crate::config::DialectId::{Oidc, PingOne};
use crate::http::Response;
use crate::realm::{Incoming, Realm};

pub(super) static FAULT: Fault = Fault {
    id: "cookie-clear-wrong-path",
    summary: "deletes the session cookie under a path of its own",
    dialects: &[PingOne, Oidc],
    expect: Expect::Should,
    breaks: &[(PingOne, &["CK-4.1.2-01"]), (Oidc, &["CK-4.1.2-01"])],
    stands_on: &["G-02", "G-03", "G-04"],
    inject: |policy| {
        policy.after.push(change);
    },
};

fn change(_: &Realm, _: &Incoming, response: Response) -> Response {
    response.with_deletions(|cookie| cookie.replace("Path=/", "Path=/elsewhere"))
}
