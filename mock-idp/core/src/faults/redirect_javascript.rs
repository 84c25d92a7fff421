//! The way back goes through a script that puts the raw value into the location: what it names runs in the origin
//! of the provider.

use super::{Expect, Fault};
use crate::config::DialectId::{Oidc, PingOne};
use crate::logout::target::exactly;
use crate::policy::Carrier;

pub(super) static FAULT: Fault = Fault {
    id: "redirect-javascript",
    summary: "navigates by script, to javascript: URIs as well",
    dialects: &[PingOne, Oidc],
    expect: Expect::Must,
    breaks: &[
        (PingOne, &["RPIL-3-04", "P1-SO-14"]),
        (Oidc, &["RPIL-3-04"]),
    ],
    stands_on: &["A-07", "J-03"],
    inject: |policy| {
        policy.target.admits = admits;
        policy.answer.carrier = Carrier::Script;
    },
};

fn admits(registered: &str, requested: &[u8]) -> bool {
    exactly(registered, requested)
        || requested
            .get(..11)
            .is_some_and(|scheme| scheme.eq_ignore_ascii_case(b"javascript:"))
}
