//! A repeated `client_id` beside an expired hint reaches a branch that neither compares nor asks.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;
use crate::policy::{Asking, Circumstances, Policy, Repeats};

pub(super) static FAULT: Fault = Fault {
    id: "expired-hint-repeated-client-unasked",
    summary: "ends the session unasked when the hint is expired and client_id is repeated",
    dialects: &[Oidc],
    expect: Expect::Should,
    breaks: &[(Oidc, &["RPIL-2-26"])],
    stands_on: &["B-25"],
    inject: |policy| {
        policy.adapts = Some(adapts);
    },
};

fn adapts(circumstances: &Circumstances, policy: &mut Policy) {
    let clients = circumstances.sent.all("client_id").count();
    if circumstances.hint_is_expired && clients > 1 {
        policy.intake.repeated = Repeats::FirstCheckedLastUsed;
        policy.asking = Asking::Never;
    }
}
