//! What only an operator can set at an IdP.

use crate::scenario::Party;
use serde::{Deserialize, Serialize};

/// A setting. A target may begin anew when it is made, so it stands before the first sign-in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Setting {
    /// Whether sessions may be ended by an ID token of this client alone.
    HintAlone(Party, bool),
    /// A sign-off from every protocol may lead to the first post-logout redirect URI of these clients, and
    /// nowhere else.
    EveryProtocolUris(Vec<Party>),
    /// Whether a sign-off also tells the session's other clients.
    OthersToo(bool),
    /// The client wants to hear of a sign-off in a frame.
    FrontChannelUri(Party),
    /// The client has pages of its own in place of those of the IdP.
    OwnPages(Party),
}
