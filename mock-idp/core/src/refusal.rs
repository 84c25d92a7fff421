//! Why a sign-off, or a part of it, was refused: one typed reason, with its texts in one place.

/// Why a sign-off request, or the part of it that failed, is not honoured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// A parameter that may stand once was sent more often.
    Repeated(&'static str),
    /// No `id_token_hint`, where one is required.
    HintRequired,
    /// The `id_token_hint` did not pass this step.
    Hint(HintRefusal),
    /// `client_id` names no client that may be used.
    ClientUnknown,
    /// `client_id` is not the client the hint was issued to (RP-Initiated Logout section 2).
    ClientDisagrees,
    /// No `post_logout_redirect_uri`, where one is required.
    TargetRequired,
    /// The `post_logout_redirect_uri` is not registered for the client or clients that count.
    TargetUnregistered,
    /// The redirect URI and `state` together are too long.
    TargetTooLong,
    /// The whole request is longer than this provider cares to read.
    RequestTooLong,
    /// There is no session to end, where one is required.
    SessionAbsent,
    /// A parameter without meaning for the outcome was not understood.
    HarmlessParameter,
    /// PingOne: the application does not let an ID token alone end a session.
    IdpSignoffDisabled,
}

/// The step of the hint's examination that failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HintRefusal {
    /// Not a signed JWT in compact form with JSON objects in it.
    Malformed,
    /// Signed with an algorithm that is never used here.
    Algorithm,
    /// Not signed with this provider's key.
    Signature,
    /// A token, but no ID token.
    NotAnIdToken,
    /// Issued by somebody else, or for another address of this provider.
    Issuer,
    /// Not issued to exactly one application.
    Audience,
    /// Issued to an application that does not exist.
    ApplicationUnknown,
    /// Issued to an application that is disabled.
    ApplicationDisabled,
    /// About nobody who is known here.
    UserUnknown,
    /// Past its `exp`.
    Expired,
    /// Of a session that is neither current nor recent.
    SessionNotRecent,
    /// About another user than the one of the current session.
    OtherUser,
    /// Genuine, but there is no session.
    NoSession,
    /// Longer than is read.
    TooLong,
    /// About another session than the current one.
    OtherSession,
}

impl Refusal {
    /// The parameter at fault.
    pub fn parameter(self) -> &'static str {
        match self {
            Self::Repeated(parameter) => parameter,
            Self::HintRequired | Self::Hint(_) | Self::IdpSignoffDisabled => "id_token_hint",
            Self::ClientUnknown | Self::ClientDisagrees => "client_id",
            Self::TargetRequired | Self::TargetUnregistered | Self::TargetTooLong => {
                "post_logout_redirect_uri"
            }
            Self::RequestTooLong => "request",
            Self::SessionAbsent => "session",
            Self::HarmlessParameter => "ui_locales",
        }
    }

    /// The reason in one sentence, with nothing of the request in it.
    pub fn message(self) -> &'static str {
        match self {
            Self::Repeated(_) => "The parameter was sent more than once.",
            Self::HintRequired => "An ID token hint is required.",
            Self::Hint(step) => step.message(),
            Self::ClientUnknown => "No such application.",
            Self::ClientDisagrees => "The ID token hint was issued to another application.",
            Self::TargetRequired => "A post-logout redirect URI is required.",
            Self::TargetUnregistered => "The post-logout redirect URI is not registered.",
            Self::TargetTooLong => {
                "The post-logout redirect URI and the state are too long together."
            }
            Self::RequestTooLong => "The request is too long.",
            Self::SessionAbsent => "There is no session.",
            Self::HarmlessParameter => "The languages asked for are not supported.",
            Self::IdpSignoffDisabled => {
                "The application does not allow sign-off by ID token alone."
            }
        }
    }
}

impl HintRefusal {
    fn message(self) -> &'static str {
        match self {
            Self::Malformed => "Invalid ID token hint: it is not a signed JSON Web Token.",
            Self::Algorithm => "Invalid ID token hint: its algorithm is not used here.",
            Self::Signature => "Invalid ID token hint: its signature does not verify.",
            Self::NotAnIdToken => "Invalid ID token hint: it is not an ID token.",
            Self::Issuer => "Invalid ID token hint: its issuer is not this authorization server.",
            Self::Audience => "Invalid ID token hint: it was not issued to a single application.",
            Self::ApplicationUnknown => "Invalid ID token hint: its application does not exist.",
            Self::ApplicationDisabled => "Invalid ID token hint: its application is disabled.",
            Self::UserUnknown => "Invalid ID token hint: its user does not exist.",
            Self::Expired => "Invalid ID token hint: it is no longer valid.",
            Self::SessionNotRecent => "Invalid ID token hint: its session ended long ago.",
            Self::OtherUser => "Invalid ID token hint: its user is not the user of the session.",
            Self::NoSession => "Invalid ID token hint: there is no session for it.",
            Self::TooLong => "Invalid ID token hint: it is too long.",
            Self::OtherSession => "Invalid ID token hint: it is about another session.",
        }
    }
}
