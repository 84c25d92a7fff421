//! Where the browser goes after the yes stands in the page's own form, and the answer is believed: what was checked
//! when the question was asked is not what is used.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;
use crate::policy::Outcome;

pub(super) static FAULT: Fault = Fault {
    id: "confirm-form-tamper",
    summary: "redirects to whatever target the confirmation form posts back",
    dialects: &[Oidc],
    expect: Expect::Must,
    breaks: &[(Oidc, &["CSS-17"])],
    stands_on: &["A-54"],
    inject: |policy| {
        policy.confirmation.outcome = Outcome::AsPostedBack;
    },
};
