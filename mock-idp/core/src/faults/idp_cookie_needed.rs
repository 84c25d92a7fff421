//! The endpoint for programs ends the session of the cookie only, which programs do not have.

use super::{Expect, Fault};
use crate::config::DialectId::PingOne;
use crate::policy::EndedByHint;

pub(super) static FAULT: Fault = Fault {
    id: "idp-cookie-needed",
    summary: "ends a session at idpSignoff only if its cookie came along",
    dialects: &[PingOne],
    expect: Expect::Must,
    breaks: &[(PingOne, &["P1-IDP-01"])],
    stands_on: &["D-01"],
    inject: |policy| {
        policy.hint_alone.ends = EndedByHint::ItsSessionWithCookie;
    },
};
