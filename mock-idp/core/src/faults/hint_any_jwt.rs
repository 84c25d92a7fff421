//! Any token of this provider passes for an ID token. Access tokens travel to resource servers, which could then
//! sign people off.

use super::{Expect, Fault};
use crate::config::DialectId::{Oidc, PingOne};
use crate::logout::hint::HintStep;
use crate::policy::ClientFrom;

pub(super) static FAULT: Fault = Fault {
    id: "hint-any-jwt",
    summary: "takes an access token for a hint",
    dialects: &[PingOne, Oidc],
    expect: Expect::Must,
    breaks: &[(PingOne, &["RPIL-2-22"]), (Oidc, &["RPIL-2-22"])],
    stands_on: &["B-06", "B-07", "B-08", "B-09"],
    inject: |policy| {
        policy.hint.skip(&[HintStep::Kind]);
        policy.hint.client_from = ClientFrom::ClientIdElseAudience;
    },
};
