//! Programs are sent to a page for people.

use super::{Expect, Fault};
use crate::config::DialectId::PingOne;

pub(super) static FAULT: Fault = Fault {
    id: "idp-always-redirects",
    summary: "idpSignoff redirects programs, too",
    dialects: &[PingOne],
    expect: Expect::Should,
    breaks: &[(PingOne, &["P1-IDP-05"])],
    stands_on: &["F-08"],
    inject: |policy| {
        policy.hint_alone.no_content_for_programs = false;
    },
};
