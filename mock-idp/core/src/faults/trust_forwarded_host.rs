//! Host and links are taken from a header field that any sender can write.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;
use crate::config::origin_of;
use crate::http::Response;
use crate::policy::Unchecked;
use crate::realm::{Incoming, Realm};

pub(super) static FAULT: Fault = Fault {
    id: "trust-forwarded-host",
    summary: "builds its addresses from X-Forwarded-Host, and redirects to that host",
    dialects: &[Oidc],
    expect: Expect::Must,
    breaks: &[(Oidc, &["BCP-4.13-01"])],
    stands_on: &["A-24"],
    inject: |policy| {
        policy.target.unchecked = Unchecked::ForwardedHost;
        policy.after.push(change);
    },
};

fn change(realm: &Realm, incoming: &Incoming, mut response: Response) -> Response {
    let forwarded = incoming.header_text("X-Forwarded-Host");
    let Some(host) = forwarded.filter(|_| incoming.is_about_signing_off()) else {
        return response;
    };
    let own = origin_of(&realm.tenant.issuer).to_owned();
    let page = String::from_utf8_lossy(&response.body).into_owned();
    response.body = page.replace(&own, &format!("https://{host}")).into_bytes();
    response
}
