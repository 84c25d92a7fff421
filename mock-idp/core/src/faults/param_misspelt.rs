//! The redirect URI is looked for under another name.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;

pub(super) static FAULT: Fault = Fault {
    id: "param-misspelt",
    summary: "reads post_logout_redirect_url instead of post_logout_redirect_uri",
    dialects: &[Oidc],
    expect: Expect::Should,
    breaks: &[(Oidc, &["CSS-14"])],
    stands_on: &["A-08"],
    inject: |policy| {
        policy.intake.target_name = "post_logout_redirect_url";
    },
};
