//! 302 after a POST leaves the next method to custom. Every browser uses GET; 303 would say so.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;

pub(super) static FAULT: Fault = Fault {
    id: "redirect-302-after-post",
    summary: "redirects with 302 after a POST",
    dialects: &[Oidc],
    expect: Expect::None,
    breaks: &[],
    stands_on: &["R-02"],
    inject: |policy| {
        policy.answer.redirect_after_post = 302;
    },
};
