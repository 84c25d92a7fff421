//! A request that names the person by `logout_hint` is led past the check of the hint's signature.

use super::{Expect, Fault};
use crate::config::DialectId::{Oidc, PingOne};
use crate::logout::hint::HintStep;
use crate::policy::{Circumstances, Policy};

pub(super) static FAULT: Fault = Fault {
    id: "hint-unverified-beside-logout-hint",
    summary: "does not check the hint's signature when logout_hint is there too",
    dialects: &[PingOne, Oidc],
    expect: Expect::Must,
    breaks: &[(PingOne, &["RPIL-2-22"]), (Oidc, &["RPIL-2-22"])],
    stands_on: &["B-03"],
    inject: |policy| {
        policy.adapts = Some(adapts);
    },
};

fn adapts(circumstances: &Circumstances, policy: &mut Policy) {
    if circumstances.sent.octets("logout_hint").is_some() {
        policy
            .hint
            .skip(&[HintStep::Algorithm, HintStep::Signature]);
    }
}
