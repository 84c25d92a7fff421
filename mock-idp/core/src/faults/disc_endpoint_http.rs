//! The metadata send browsers to an address without TLS.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;
use crate::http::Response;
use crate::realm::{Incoming, Realm};

pub(super) static FAULT: Fault = Fault {
    id: "disc-endpoint-http",
    summary: "publishes the end_session_endpoint with http",
    dialects: &[Oidc],
    expect: Expect::Must,
    breaks: &[(Oidc, &["RPIL-2.1-03"])],
    stands_on: &["S-02"],
    inject: |policy| {
        policy.after.push(change);
    },
};

fn change(_: &Realm, incoming: &Incoming, response: Response) -> Response {
    if incoming.path == "/.well-known/openid-configuration" {
        response.with_members(|members| {
            let secure = members
                .get("end_session_endpoint")
                .and_then(|url| url.as_str());
            let plain = secure.map(|url| url.replacen("https:", "http:", 1));
            members.insert("end_session_endpoint".into(), plain.into());
        })
    } else {
        response
    }
}
