//! The revocation endpoint is there, says yes, and does nothing.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;

pub(super) static FAULT: Fault = Fault {
    id: "revocation-does-nothing",
    summary: "answers 200 to every revocation and revokes nothing",
    dialects: &[Oidc],
    expect: Expect::Must,
    breaks: &[(Oidc, &["REV-2-01", "REV-2-02", "REV-2.2.1-01"])],
    stands_on: &["S-01", "E-01", "E-02"],
    inject: |policy| {
        policy.around.revokes = |_, _, _, _| Ok(());
    },
};
