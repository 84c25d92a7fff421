//! The question can be framed, and a foreign page can lay its own button over the yes.

use super::{Expect, Fault};
use crate::config::DialectId::{IdentityServer, Oidc};

pub(super) static FAULT: Fault = Fault {
    id: "no-frame-headers",
    summary: "lets any page frame the question",
    dialects: &[Oidc, IdentityServer],
    expect: Expect::Must,
    breaks: &[
        (Oidc, &["BCP-4.16-01"]),
        (IdentityServer, &["BCP-4.16-01", "BCP-4.16-02"]),
    ],
    stands_on: &["H-12"],
    inject: |policy| {
        policy.confirmation.frames_forbidden = false;
    },
};
