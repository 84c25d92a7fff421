//! What an operator set at the IdP for a case, as far as a sign-off depends on it.

/// A setting that was made before the first sign-in. What nobody set is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Setting {
    /// Whether sessions may be ended by an ID token of this client alone.
    HintAlone {
        /// The client.
        client: String,
        /// On or off.
        allowed: bool,
    },
    /// Where a sign-off from every protocol may lead, byte for byte.
    EveryProtocolUris(Vec<String>),
    /// Whether a sign-off also tells the session's other clients.
    OthersToo(bool),
    /// Where a client wants to hear of a sign-off in a frame (Front-Channel Logout 1.0 section 2).
    FrontChannelUri {
        /// The client.
        client: String,
        /// The address.
        uri: String,
    },
    /// Pages of a client's own in place of those of the IdP.
    OwnPages {
        /// The client.
        client: String,
        /// The address.
        url: String,
    },
}
