//! Both of two requests found the session, the first one removed it, and the second one fails over what is gone.

use super::{Expect, Fault};
use crate::config::DialectId::{Oidc, PingOne};
use crate::http::Response;
use crate::realm::{Incoming, Realm};

pub(super) static FAULT: Fault = Fault {
    id: "overlap-crash",
    summary: "answers 500 to a sign-off that is under way when its session ends",
    dialects: &[PingOne, Oidc],
    expect: Expect::Should,
    breaks: &[(PingOne, &["CSS-03"]), (Oidc, &["CSS-03"])],
    stands_on: &["T-01", "F-06"],
    inject: |policy| {
        policy.before.push(fail);
    },
};

fn fail(realm: &Realm, incoming: &Incoming) -> Option<Response> {
    let overlapped = incoming.is_about_signing_off() && realm.is_overlapped(incoming);
    overlapped.then(|| Response::text(500, "Internal server error."))
}
