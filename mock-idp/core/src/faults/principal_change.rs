//! Another user signs on, and the session of the one before goes on under their name.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;
use crate::policy::SessionIdentity;

pub(super) static FAULT: Fault = Fault {
    id: "principal-change",
    summary: "keeps the session when somebody else signs on in the browser",
    dialects: &[Oidc],
    expect: Expect::Should,
    breaks: &[(Oidc, &["CK-8.4-01"])],
    stands_on: &["T-05"],
    inject: |policy| {
        policy.session_identity = SessionIdentity::KeptInBrowser;
    },
};
