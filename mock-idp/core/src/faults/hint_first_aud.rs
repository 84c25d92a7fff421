//! Of several audiences the first one is the client. The specification says nothing of such hints.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;
use crate::policy::ClientFrom;

pub(super) static FAULT: Fault = Fault {
    id: "hint-first-aud",
    summary: "takes the first audience of a hint for its client",
    dialects: &[Oidc],
    expect: Expect::None,
    breaks: &[],
    stands_on: &["B-28", "B-32"],
    inject: |policy| {
        policy.hint.client_from = ClientFrom::FirstAudience;
    },
};
