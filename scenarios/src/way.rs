//! By which way somebody is signed off, where it is not a request at the logout endpoint.

use serde::{Deserialize, Serialize};

/// The way.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    /// The request of RP-Initiated Logout 1.0; a product that has another word for an orderly one says that.
    #[default]
    Request,
    /// The application's server asks for a logout token, and the browser takes it to the product.
    Token(ByToken),
    /// The identity provider behind the product tells it that somebody signed off there.
    Notice(Notice),
}

/// A sign-off by a logout token.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct ByToken {
    /// Whose profile the application's server names.
    pub profile: Whose,
    /// With which key it calls.
    pub key: Key,
    /// What the browser takes along.
    pub token: LogoutToken,
    /// How long the browser waits before it goes, in seconds.
    pub wait: i64,
}

/// A profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Whose {
    /// That of the last sign-in in this browser.
    #[default]
    Own,
    /// That of this sign-in.
    OfSignIn(usize),
    /// One of another tenant of the product.
    OfOtherTenant,
    /// One that nobody has.
    Nobodys,
    /// None is named.
    Unnamed,
    /// One whose connection cannot sign off.
    Unable(Inability),
}

/// What keeps a connection from signing people off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Inability {
    /// It speaks another protocol than OpenID Connect.
    OtherProtocol,
    /// The feature was not enabled for it.
    NotEnabled,
    /// The identity provider's discovery document has no `revocation_endpoint`.
    NoRevocation,
    /// The identity provider's discovery document has no `end_session_endpoint`.
    NoEndSession,
}

/// An API key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Key {
    /// The application's own.
    #[default]
    Own,
    /// One that nobody has.
    Wrong,
    /// None.
    Absent,
}

/// What the browser takes along.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LogoutToken {
    /// The token that was handed out for it.
    #[default]
    AsIssued,
    /// That token with one character of its signature changed.
    Altered,
    /// The token that was handed out for an earlier sign-off of the scenario, counted from 0. The application's server
    /// makes no call.
    Earlier(usize),
    /// One that another environment handed out for a profile of its own. Its application's server makes the call there.
    OfOtherTenant,
    /// One that was never handed out. The application's server makes no call.
    Invented,
    /// None. The application's server makes no call.
    Absent,
}

/// A notice of the identity provider behind the product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct Notice {
    /// At an address with a key that nobody has.
    pub unknown_key: bool,
    /// With parameters that name another address to go on to.
    pub with_parameters: bool,
}
