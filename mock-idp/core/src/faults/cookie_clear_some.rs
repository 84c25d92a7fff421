//! Of two session cookies one is forgotten.

use super::{Expect, Fault};
use crate::config::DialectId::PingOne;
use crate::http::Response;
use crate::realm::{Incoming, Realm};

pub(super) static FAULT: Fault = Fault {
    id: "cookie-clear-some",
    summary: "leaves the cookie ST, and deletes ST-NO-SS only",
    dialects: &[PingOne],
    expect: Expect::Should,
    breaks: &[(PingOne, &["P1-SA-04"])],
    stands_on: &["G-05", "G-06"],
    inject: |policy| {
        policy.after.push(change);
    },
};

fn change(_: &Realm, _: &Incoming, response: Response) -> Response {
    let mut response = response;
    response
        .headers
        .retain(|(name, value)| name != "Set-Cookie" || !value.starts_with("ST=;"));
    response
}
