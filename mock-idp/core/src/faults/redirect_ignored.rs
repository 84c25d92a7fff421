//! The browser stays, whatever was asked for.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;

pub(super) static FAULT: Fault = Fault {
    id: "redirect-ignored",
    summary: "stays on its own page in spite of a registered redirect URI",
    dialects: &[Oidc],
    expect: Expect::Should,
    breaks: &[(Oidc, &["CSS-14"])],
    stands_on: &["F-05"],
    inject: |policy| {
        policy.target.followed = false;
    },
};
