//! The set of keys was exported whole.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;
use crate::http::Response;
use crate::realm::{Incoming, Realm};

pub(super) static FAULT: Fault = Fault {
    id: "jwks-private",
    summary: "publishes a private member with its key",
    dialects: &[Oidc],
    expect: Expect::Must,
    breaks: &[(Oidc, &["DISC-3-02"])],
    stands_on: &["S-02"],
    inject: |policy| {
        policy.after.push(change);
    },
};

fn change(_: &Realm, incoming: &Incoming, response: Response) -> Response {
    if incoming.path == "/jwks" {
        response.with_members(|members| {
            let keys = members.get_mut("keys").and_then(|keys| keys.as_array_mut());
            for key in keys.into_iter().flatten() {
                key["d"] = "AQAB".into();
            }
        })
    } else {
        response
    }
}
