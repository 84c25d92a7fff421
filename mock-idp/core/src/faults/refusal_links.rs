//! The page that refuses an address links to it.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;

pub(super) static FAULT: Fault = Fault {
    id: "refusal-links",
    summary: "shows a refused redirect URI as a link",
    dialects: &[Oidc],
    expect: Expect::Should,
    breaks: &[(Oidc, &["CSS-10"])],
    stands_on: &["A-25"],
    inject: |policy| {
        policy.answer.refused_target_linked = true;
    },
};
