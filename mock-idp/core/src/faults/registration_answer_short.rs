//! A client that registered is told its credentials and not what was registered.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;
use crate::http::Response;
use crate::realm::{Incoming, Realm};

pub(super) static FAULT: Fault = Fault {
    id: "registration-answer-short",
    summary: "answers a registration without the URIs of the client",
    dialects: &[Oidc],
    expect: Expect::Must,
    breaks: &[(Oidc, &["DCR-3.2-01"])],
    stands_on: &["A-55", "S-01"],
    inject: |policy| {
        policy.after.push(change);
    },
};

fn change(_: &Realm, incoming: &Incoming, response: Response) -> Response {
    if incoming.path != "/register" {
        return response;
    }
    response.with_members(|members| {
        members.remove("redirect_uris");
        members.remove("post_logout_redirect_uris");
    })
}
