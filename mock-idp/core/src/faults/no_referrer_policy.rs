//! The next site may learn the address of the question.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;
use crate::http::Response;
use crate::realm::{Incoming, Realm};

pub(super) static FAULT: Fault = Fault {
    id: "no-referrer-policy",
    summary: "sends no Referrer-Policy",
    dialects: &[Oidc],
    expect: Expect::Should,
    breaks: &[(Oidc, &["BCP-4.2.4-02"])],
    stands_on: &["U-05"],
    inject: |policy| {
        policy.after.push(change);
    },
};

fn change(_: &Realm, _: &Incoming, response: Response) -> Response {
    response.without("Referrer-Policy")
}
