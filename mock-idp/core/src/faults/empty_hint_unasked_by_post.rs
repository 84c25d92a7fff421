//! In a form, the name of the hint is taken for the hint: an empty one skips the question.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;
use crate::policy::{Asking, Circumstances, Policy};

pub(super) static FAULT: Fault = Fault {
    id: "empty-hint-unasked-by-post",
    summary: "asks nobody when a form has an id_token_hint, even an empty one",
    dialects: &[Oidc],
    expect: Expect::Should,
    breaks: &[(Oidc, &["RPIL-6-01"])],
    stands_on: &["C-05"],
    inject: |policy| {
        policy.adapts = Some(adapts);
    },
};

fn adapts(circumstances: &Circumstances, policy: &mut Policy) {
    let named = circumstances.sent.all("id_token_hint").next();
    if circumstances.by_post && named.is_some_and(<[u8]>::is_empty) {
        policy.asking = Asking::Never;
    }
}
