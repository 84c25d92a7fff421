//! The deletion keeps the lifetime of the cookie.

use super::{Expect, Fault};
use crate::config::DialectId::PingOne;
use crate::http::Response;
use crate::realm::{Incoming, Realm};

pub(super) static FAULT: Fault = Fault {
    id: "cookie-lifetime-kept",
    summary: "deletes the session cookies with a past date and an hour of Max-Age",
    dialects: &[PingOne],
    expect: Expect::Should,
    breaks: &[(PingOne, &["CK-4.1.2.2-01"])],
    stands_on: &["G-01"],
    inject: |policy| {
        policy.after.push(change);
    },
};

fn change(_: &Realm, _: &Incoming, response: Response) -> Response {
    response.with_deletions(|cookie| format!("{cookie}; Max-Age=3600"))
}
