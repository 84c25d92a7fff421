//! Authorization requests that may show nothing.

use super::Trials;
use crate::ruling::Stop;

/// Who asks, and with what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SilentKind {
    /// A browser in which nobody signed in.
    WithoutSession,
    /// A browser with a session.
    WithSession,
    /// The same, in languages that there are not.
    UnknownLocales,
    /// The same, with an ID token of the person of the session as a hint.
    HintOfTheUser,
    /// The same, with an ID token of somebody else.
    HintOfAnother,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SilentEnd {
    /// A code, and the `sub` of the ID token that it was redeemed for.
    Code(Option<String>),
    /// An error at the client.
    Error(String),
    /// A page with a form, with its status.
    Form(u16),
    /// Neither, with what was seen.
    Unknown(String),
}

impl SilentEnd {
    /// In words.
    pub fn describe(&self) -> String {
        match self {
            SilentEnd::Code(_) => "a code".to_owned(),
            SilentEnd::Error(error) => format!("error={error}"),
            SilentEnd::Form(status) => format!("a page with a form (status {status})"),
            SilentEnd::Unknown(why) => why.clone(),
        }
    }
}

/// One such request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Silent {
    /// Who asked, and with what.
    pub kind: SilentKind,
    /// The `sub` of the hint, if there was one.
    pub hinted: Option<String>,
    /// What came of it.
    pub end: SilentEnd,
}

impl Trials {
    /// The request of this kind, or an end as not applicable or undecided.
    pub fn silent(&self, kind: SilentKind) -> Result<&Silent, Stop> {
        let made = self.silent.made()?;
        made.iter()
            .find(|silent| silent.kind == kind)
            .ok_or_else(|| {
                Stop::NotMine("it takes a second user, or no such request was made".to_owned())
            })
    }

    /// Ends the ruling as undecided unless this request was answered with a code: only then does what differs from it
    /// tell something.
    pub(crate) fn must_have_code(&self, kind: SilentKind) -> Result<(), Stop> {
        match &self.silent(kind)?.end {
            SilentEnd::Code(_) => Ok(()),
            end => Err(Stop::Undecided(format!(
                "the request beside it got {}",
                end.describe()
            ))),
        }
    }

    /// Ends the ruling as not applicable where the hint of another names the person of the session: an IdP that gives
    /// every token the same `sub` knows one person, whoever is said to sign in.
    pub(crate) fn must_be_two_people(&self) -> Result<(), Stop> {
        let own = &self.silent(SilentKind::HintOfTheUser)?.end;
        let hinted = &self.silent(SilentKind::HintOfAnother)?.hinted;
        match (own, hinted) {
            (SilentEnd::Code(Some(sub)), Some(hinted)) if sub == hinted => {
                Err(Stop::NotMine("both users have the same sub".to_owned()))
            }
            _ => Ok(()),
        }
    }
}
