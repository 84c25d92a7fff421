//! The page for those who go nowhere is gone.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;
use crate::policy::OwnPage;

pub(super) static FAULT: Fault = Fault {
    id: "broken-default",
    summary: "sends a browser that asked for nothing to a page that does not exist",
    dialects: &[Oidc],
    expect: Expect::Must,
    breaks: &[(Oidc, &["CSS-14", "RPIL-4-03"])],
    stands_on: &["F-08"],
    inject: |policy| {
        policy.answer.own_page = OwnPage::Missing;
    },
};
