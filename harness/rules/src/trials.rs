//! What was tried at the endpoints around sign-off, once a run: dynamic registration, token revocation, and
//! authorization requests that show nothing. A trial is a fixed conversation; the rules look at what was sent and what
//! came back, and every bad request has a good one beside it that shows that the endpoint works.

mod registration;
mod revocation;
mod silent;

pub use registration::{Registration, RegistrationKind};
pub use revocation::{Lives, Revocation, RevocationKind};
pub use silent::{Silent, SilentEnd, SilentKind};

use crate::ruling::{Finding, Kept, Ruling, Seen, Stop};

/// One of the conversations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trial {
    /// At the `registration_endpoint` (Dynamic Client Registration 1.0 section 3).
    Registration,
    /// At the `revocation_endpoint` (RFC 7009 section 2).
    Revocation,
    /// At the `authorization_endpoint`, with `prompt=none` (Core 1.0 section 3.1.2.1).
    SilentRequests,
}

impl Trial {
    /// All of them, in the order in which they are made.
    pub const ALL: [Trial; 3] = [
        Trial::Registration,
        Trial::Revocation,
        Trial::SilentRequests,
    ];

    /// The id under which its rules are reported.
    pub fn id(self) -> &'static str {
        match self {
            Trial::Registration => "trial/registration",
            Trial::Revocation => "trial/revocation",
            Trial::SilentRequests => "trial/silent-requests",
        }
    }

    /// What it is for, in one sentence.
    pub fn purpose(self) -> &'static str {
        match self {
            Trial::Registration => {
                "Clients register themselves, with URIs that are fine and with URIs that are not."
            }
            Trial::Revocation => "Tokens are revoked, by their client and by others.",
            Trial::SilentRequests => {
                "Authorization requests that may show nothing, with and without a session."
            }
        }
    }
}

/// How far a trial came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tried<T> {
    /// It does not apply to the target, with the reason.
    Not(String),
    /// It could not be made, with the reason.
    Failed(String),
    /// It was made.
    Made(T),
}

impl<T> Default for Tried<T> {
    fn default() -> Self {
        Tried::Not("it was not tried".to_owned())
    }
}

impl<T> Tried<T> {
    /// What was made, or an end as not applicable or undecided.
    fn made(&self) -> Result<&T, Stop> {
        match self {
            Tried::Not(why) => Err(Stop::NotMine(why.clone())),
            Tried::Failed(why) => Err(Stop::Undecided(why.clone())),
            Tried::Made(made) => Ok(made),
        }
    }
}

/// All that was tried of one target.
#[derive(Debug, Clone, Default)]
pub struct Trials {
    /// At the registration endpoint.
    pub registration: Tried<Vec<Registration>>,
    /// At the revocation endpoint.
    pub revocation: Tried<Vec<Revocation>>,
    /// At the authorization endpoint.
    pub silent: Tried<Vec<Silent>>,
}

/// Kept when `seen` is a yes. The control has to have been looked at before: with it the endpoint could have been seen
/// to fail.
pub(crate) fn must(seen: Seen, expected: &str) -> Ruling {
    match seen {
        Seen::Yes(_) => Ok(Kept::proven()),
        Seen::No(actual) => Err(Stop::Violated(Finding {
            expected: vec![expected.to_owned()],
            actual,
        })),
        Seen::Unknown(why) => Err(Stop::Undecided(why)),
    }
}

#[cfg(test)]
mod tests {
    use super::{SilentEnd, Trial};
    use crate::testing::tried::{code, refused, revocation};
    use crate::trials::{RegistrationKind, RevocationKind};
    use std::collections::BTreeSet;

    #[test]
    fn each_trial_has_an_id_of_its_own_and_a_purpose() {
        let ids = BTreeSet::from(Trial::ALL.map(Trial::id));
        assert_eq!(ids.len(), Trial::ALL.len());
        assert!(ids.iter().all(|id| id.starts_with("trial/")));
        let purposes = BTreeSet::from(Trial::ALL.map(Trial::purpose));
        assert_eq!(purposes.len(), Trial::ALL.len());
    }

    #[test]
    fn an_answer_is_told_by_its_status_and_error_code() {
        let refused = refused(RegistrationKind::Native, "redirect_uris", "app:/x");
        assert_eq!(refused.describe(), "status 400 (invalid_redirect_uri)");
        let revoked = |status| revocation(RevocationKind::Refresh, status, None).describe();
        assert_eq!(revoked(200), "status 200");
        assert_eq!(revoked(400), "status 400 (invalid_request)");
    }

    #[test]
    fn no_two_ends_of_a_silent_request_read_alike() {
        let ends = [
            code("alice"),
            SilentEnd::Error("login_required".to_owned()),
            SilentEnd::Form(200),
            SilentEnd::Unknown("no answer came".to_owned()),
        ];
        let texts: BTreeSet<String> = ends.iter().map(SilentEnd::describe).collect();
        assert_eq!(texts.len(), ends.len());
    }
}
