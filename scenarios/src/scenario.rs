//! The scenario: an id, a purpose and steps.

use crate::intent::{IfAsked, LogoutIntent};
use crate::setting::Setting;
use serde::{Deserialize, Serialize};

/// A relying party, by role. A target says which client plays it.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Party {
    /// The client under test.
    #[default]
    A,
    /// A second client of the same IdP.
    B,
    /// A client of the same IdP that the scenario disables. Never A or B.
    Disposable,
}

/// An End-User, by role.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Person {
    /// The first user.
    #[default]
    Alice,
    /// The second user.
    Bob,
}

/// One of several browsers, each with a cookie jar of its own.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Browser {
    /// The first browser.
    #[default]
    First,
    /// Another one.
    Second,
}

/// A sign-in of a person at a relying party, through the IdP, by authorization code flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct SignIn {
    /// Who.
    pub person: Person,
    /// At which client.
    pub party: Party,
    /// In which browser. A browser that is signed in already keeps its session: the IdP signs the person
    /// on to a further client (single sign-on) when the person is the same.
    pub browser: Browser,
    /// A refresh token comes of it (without `offline_access`, unless [`SignIn::offline`] asks for that), and
    /// what becomes of it and of the access token is looked at.
    pub refresh: bool,
    /// Ask for `offline_access` (Core 1.0 section 11), with the person's consent. Goes with `refresh`.
    pub offline: bool,
}

impl SignIn {
    /// By this person.
    #[must_use]
    pub fn by(mut self, person: Person) -> Self {
        self.person = person;
        self
    }

    /// At this client.
    #[must_use]
    pub fn at(mut self, party: Party) -> Self {
        self.party = party;
        self
    }

    /// In this browser.
    #[must_use]
    pub fn in_browser(mut self, browser: Browser) -> Self {
        self.browser = browser;
        self
    }

    /// With a refresh token.
    #[must_use]
    pub fn with_refresh_token(mut self) -> Self {
        self.refresh = true;
        self
    }

    /// With a refresh token that may be used while nobody is signed in.
    #[must_use]
    pub fn with_offline_access(mut self) -> Self {
        self.offline = true;
        self.with_refresh_token()
    }
}

/// One step of a scenario.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// Somebody signs in. Sign-ins are numbered from 0 in the order of the steps; hints name them so.
    SignIn(SignIn),
    /// A sign-off request goes out, and the visit is followed to where it rests.
    SignOff(LogoutIntent),
    /// Time passes at the IdP, in seconds.
    Advance(i64),
    /// Time passes at the IdP until the ID token of a sign-in has been expired for so long. Lifetimes differ
    /// between products, so [`Step::Advance`] alone cannot say "expired by a minute".
    AdvancePastExpiry {
        /// The sign-in whose ID token expires.
        sign_in: usize,
        /// Seconds between its `exp` and the new time.
        seconds: i64,
    },
    /// An administrator disables the client.
    Disable(Party),
    #[serde(rename_all = "kebab-case")]
    /// The person answers the question of an earlier sign-off of the scenario, or gives a used answer again.
    Answer {
        /// Which sign-off, counted from 0.
        sign_off: usize,
        /// The answer.
        answer: IfAsked,
    },
    /// An administrator deletes the client.
    Delete(Party),
    /// An administrator sets something. Before the first sign-in.
    Configure(Setting),
}

/// What is tried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Scenario {
    /// A path from general to particular, such as `redirect/unregistered/sub-path`. Never a number, never
    /// reused for something else.
    pub id: String,
    /// Why it is tried, in one sentence.
    pub purpose: String,
    /// What happens, in order.
    pub steps: Vec<Step>,
}

impl Scenario {
    /// A scenario in which Alice signs in at client A and then `intent` is sent: the usual shape.
    pub fn after_sign_in(
        id: impl Into<String>,
        purpose: impl Into<String>,
        intent: LogoutIntent,
    ) -> Self {
        Scenario::of(
            id,
            purpose,
            vec![Step::SignIn(SignIn::default()), Step::SignOff(intent)],
        )
    }

    /// A scenario of the given steps.
    pub fn of(id: impl Into<String>, purpose: impl Into<String>, steps: Vec<Step>) -> Self {
        Scenario {
            id: id.into(),
            purpose: purpose.into(),
            steps,
        }
    }
}
