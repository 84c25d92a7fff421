//! What is sent is not announced.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;
use crate::http::Response;
use crate::realm::{Incoming, Realm};

pub(super) static FAULT: Fault = Fault {
    id: "iss-unannounced",
    summary: "sends iss in authorization responses and says that it does not",
    dialects: &[Oidc],
    expect: Expect::Should,
    breaks: &[(Oidc, &["R9207-3-01"])],
    stands_on: &["S-01", "S-02"],
    inject: |policy| {
        policy.after.push(change);
    },
};

fn change(_: &Realm, incoming: &Incoming, response: Response) -> Response {
    if incoming.path != "/.well-known/openid-configuration" {
        return response;
    }
    response.with_members(|members| {
        let name = "authorization_response_iss_parameter_supported";
        members.insert(name.into(), false.into());
    })
}
