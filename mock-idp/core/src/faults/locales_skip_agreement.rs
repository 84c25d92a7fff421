//! The page in another language is made by other code, which has forgotten to compare `client_id` with the hint.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;
use crate::policy::{Circumstances, Policy};

pub(super) static FAULT: Fault = Fault {
    id: "locales-skip-agreement",
    summary: "does not compare client_id with the hint when ui_locales is there too",
    dialects: &[Oidc],
    expect: Expect::Must,
    breaks: &[(Oidc, &["RPIL-2-05"])],
    stands_on: &["B-29"],
    inject: |policy| {
        policy.adapts = Some(adapts);
    },
};

fn adapts(circumstances: &Circumstances, policy: &mut Policy) {
    if circumstances.sent.octets("ui_locales").is_some() {
        policy.client_must_agree = false;
    }
}
