//! Any application may end sessions by ID token alone, whatever its administrator chose.

use super::{Expect, Fault};
use crate::config::DialectId::PingOne;

pub(super) static FAULT: Fault = Fault {
    id: "idp-setting-ignored",
    summary: "idpSignoff ignores the setting of the application",
    dialects: &[PingOne],
    expect: Expect::Must,
    breaks: &[(PingOne, &["P1-IDP-04"])],
    stands_on: &["B-14"],
    inject: |policy| {
        policy.hint_alone.setting_needed = false;
    },
};
