//! Without a token the session of the cookie ends: any page can sign people off by a picture.

use super::{Expect, Fault};
use crate::config::DialectId::PingOne;

pub(super) static FAULT: Fault = Fault {
    id: "idp-without-hint",
    summary: "idpSignoff without a hint ends the session of the cookie",
    dialects: &[PingOne],
    expect: Expect::Must,
    breaks: &[(PingOne, &["P1-IDP-02"])],
    stands_on: &["H-02"],
    inject: |policy| {
        policy.hint_alone.hint_required = false;
    },
};
