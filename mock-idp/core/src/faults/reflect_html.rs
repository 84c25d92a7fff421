//! What was sent stands in the page as markup, in the origin of the provider.

use super::{Expect, Fault};
use crate::config::DialectId::{Oidc, PingOne};

pub(super) static FAULT: Fault = Fault {
    id: "reflect-html",
    summary: "writes the refused redirect URI into the page without escaping it",
    dialects: &[PingOne, Oidc],
    expect: Expect::Must,
    breaks: &[(PingOne, &["CSS-04"]), (Oidc, &["CSS-04"])],
    stands_on: &["J-02", "J-05", "Q-13"],
    inject: |policy| {
        policy.answer.values_escaped = false;
    },
};
