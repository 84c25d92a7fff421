//! The policy of the question bars the redirect that follows its answer.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;
use crate::http::Response;
use crate::realm::{Incoming, Realm};

pub(super) static FAULT: Fault = Fault {
    id: "csp-breaks-redirect",
    summary: "sends form-action with the page that asks",
    dialects: &[Oidc],
    expect: Expect::Should,
    breaks: &[(Oidc, &["CSS-13"])],
    stands_on: &["H-10"],
    inject: |policy| {
        policy.after.push(change);
    },
};

fn change(_: &Realm, _: &Incoming, response: Response) -> Response {
    response.rewritten("Content-Security-Policy", |policy| {
        format!("{policy}; form-action 'self'")
    })
}
