//! Answers may be kept by a cache.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;
use crate::http::Response;
use crate::realm::{Incoming, Realm};

pub(super) static FAULT: Fault = Fault {
    id: "no-cache-headers",
    summary: "sends no Cache-Control with the pages of the sign-off",
    dialects: &[Oidc],
    expect: Expect::Should,
    breaks: &[(Oidc, &["CSS-12"])],
    stands_on: &["R-03", "R-04", "R-05"],
    inject: |policy| {
        policy.after.push(change);
    },
};

fn change(_: &Realm, _: &Incoming, response: Response) -> Response {
    response.without("Cache-Control")
}
