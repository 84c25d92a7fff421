//! Where the client is named outright, a URI with a fragment is taken for one of its own pages and compared with nothing.

use super::{Expect, Fault};
use crate::config::DialectId::{Oidc, PingOne};
use crate::policy::{Circumstances, Policy, Unchecked};

pub(super) static FAULT: Fault = Fault {
    id: "fragment-unmatched-beside-client-id",
    summary: "follows any redirect URI with a fragment when client_id is there too",
    dialects: &[PingOne, Oidc],
    expect: Expect::Must,
    breaks: &[(PingOne, &["RPIL-3-04"]), (Oidc, &["RPIL-3-04"])],
    stands_on: &["A-12"],
    inject: |policy| {
        policy.adapts = Some(adapts);
    },
};

fn adapts(circumstances: &Circumstances, policy: &mut Policy) {
    let target = circumstances.sent.octets("post_logout_redirect_uri");
    let has_fragment = target.is_some_and(|target| target.contains(&b'#'));
    if has_fragment && circumstances.sent.octets("client_id").is_some() {
        policy.target.unchecked = Unchecked::Always;
    }
}
