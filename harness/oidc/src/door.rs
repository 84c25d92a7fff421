//! The addresses of an IdP at which a browser can be signed off.

use serde::{Deserialize, Serialize};

/// Which of an IdP's addresses a sign-off is meant for. Products have others beside the one that
/// RP-Initiated Logout 1.0 describes, and its sentences do not speak of those.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Door {
    /// The `end_session_endpoint` of the metadata (RP-Initiated Logout 1.0 section 2.1).
    #[default]
    EndSession,
    /// The logout endpoint of the same tenant at another host, such as a custom domain.
    OtherAddress,
    /// Where an ID token alone ends its session, without the browser's cookie.
    HintAlone,
    /// Where a session ends for applications of every protocol.
    EveryProtocol,
}

impl Door {
    /// For reports.
    pub fn describe(self) -> &'static str {
        match self {
            Door::EndSession => "the end_session_endpoint",
            Door::OtherAddress => "the logout endpoint at another host of the tenant",
            Door::HintAlone => "the endpoint that ends a session by an ID token alone",
            Door::EveryProtocol => "the endpoint that ends a session for every protocol",
        }
    }
}
