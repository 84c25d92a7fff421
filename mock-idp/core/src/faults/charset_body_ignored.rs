//! The content type of a form is compared as a whole, so that a form which names its `charset` has no parameters.

use super::{Expect, Fault};
use crate::config::DialectId::{Oidc, PingOne};
use crate::policy::{Circumstances, Policy, PostParameters};

pub(super) static FAULT: Fault = Fault {
    id: "charset-body-ignored",
    summary: "ignores the body of a POST whose content type has a parameter",
    dialects: &[PingOne, Oidc],
    expect: Expect::Must,
    breaks: &[(PingOne, &["RPIL-2-18"]), (Oidc, &["RPIL-2-18"])],
    stands_on: &["L-09"],
    inject: |policy| {
        policy.adapts = Some(adapts);
    },
};

fn adapts(circumstances: &Circumstances, policy: &mut Policy) {
    if circumstances.by_post && circumstances.content_type.contains(';') {
        policy.intake.post_parameters = PostParameters::Query;
    }
}
