//! The metadata send tokens and secrets to an address without TLS.

use super::{Expect, Fault};
use crate::config::DialectId::PingOne;
use crate::http::Response;
use crate::realm::{Incoming, Realm};

pub(super) static FAULT: Fault = Fault {
    id: "disc-revocation-http",
    summary: "publishes the revocation_endpoint with http",
    dialects: &[PingOne],
    expect: Expect::Must,
    breaks: &[(PingOne, &["REV-2-03"])],
    stands_on: &["S-02"],
    inject: |policy| {
        policy.after.push(change);
    },
};

fn change(_: &Realm, incoming: &Incoming, response: Response) -> Response {
    if incoming.path != "/as/.well-known/openid-configuration" {
        return response;
    }
    response.with_members(|members| {
        let name = "revocation_endpoint";
        let secure = members.get(name).and_then(|url| url.as_str());
        let plain = secure.map(|url| url.replacen("https:", "http:", 1));
        members.insert(name.into(), plain.into());
    })
}
