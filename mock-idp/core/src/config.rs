//! What a provider is made of: tenants, clients, users. Every type reads from a file and refuses unknown members.

mod check;
mod fault_use;
mod freedom;
mod people;
mod sign_on;
mod tenant;
mod workos;

use std::fmt;

use serde::Deserialize;

use crate::http::Limits;
use crate::signing::{Keyring, SignatureMemo};
pub(crate) use check::{can_be_registered, check, is_origin, origin_of};
pub use fault_use::FaultUse;
pub use freedom::{
    AccessTokens, Asks, Choice, FailedCheck, Freedom, OwnPages, QuestionKind, RedirectBy,
    RedirectStatus, RedirectWithoutHint, RefreshTokens, RepeatedParameters, SameSite,
    SessionCookie, StateSpelling, Switch,
};
pub use people::{ApplicationKind, Client, Grant, PasswordStatus, Pkce, TokenEndpointAuth, User};
pub use sign_on::SignOnSettings;
pub use tenant::{
    IdentityServerSettings, KeyChoice, LengthUnit, Lifetimes, LogoutSettings, Registration, Tenant,
};
pub use workos::{Connection, ConnectionKind, Profile, Upstream, WorkOs};

/// A whole provider.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Everything unguessable is drawn from this seed: the same seed and the same requests give the same octets.
    pub seed: u64,
    /// The providers served side by side.
    pub tenants: Vec<Tenant>,
    /// How much of a request is read.
    #[serde(default)]
    pub limits: Limits,
    /// Defects that are switched on from the start.
    #[serde(default)]
    pub faults: Vec<FaultUse>,
    /// How many entries the journal keeps; the oldest go first.
    #[serde(default = "default_journal_bound")]
    pub journal_bound: usize,
    /// Signatures shared with other providers; each is made anew when absent.
    #[serde(skip)]
    pub signatures: Option<SignatureMemo>,
    /// Stands at the end of every key's id (`kid`) when present. The test keys are the same everywhere: with a mark of its
    /// own, a provider that took over the address of another one is told from it.
    #[serde(skip)]
    pub key_mark: Option<String>,
}

impl Config {
    /// A provider with default limits, an empty list of faults and the default journal.
    pub fn new(seed: u64, tenants: Vec<Tenant>) -> Self {
        Self {
            seed,
            tenants,
            limits: Limits::default(),
            faults: Vec::new(),
            journal_bound: default_journal_bound(),
            signatures: None,
            key_mark: None,
        }
    }

    /// What the keys of its tenants share.
    pub(crate) fn keyring(&self) -> Keyring {
        Keyring {
            signatures: self.signatures.clone(),
            mark: self.key_mark.clone(),
        }
    }

    /// The same provider with one more fault: a name is one on every tenant whose dialect has it.
    pub fn with_fault(mut self, fault: impl Into<FaultUse>) -> Self {
        self.faults.push(fault.into());
        self
    }
}

fn default_journal_bound() -> usize {
    1_000
}

/// Which product a tenant behaves like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum DialectId {
    /// PingOne, the cloud platform.
    #[serde(rename = "pingone")]
    PingOne,
    /// A provider that does what the specifications ask and nothing else.
    #[serde(rename = "oidc")]
    Oidc,
    /// WorkOS: single sign-on through customers' identity providers, and `AuthKit`.
    #[serde(rename = "workos")]
    WorkOs,
    /// IdentityServer: `IdentityServer4` and its successor, Duende IdentityServer.
    #[serde(rename = "identityserver")]
    IdentityServer,
}

impl DialectId {
    /// The name used in files and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::PingOne => "pingone",
            Self::Oidc => "oidc",
            Self::WorkOs => "workos",
            Self::IdentityServer => "identityserver",
        }
    }
}

impl fmt::Display for DialectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Which state of a product, or of its documentation, a tenant follows where they disagree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Edition {
    /// What is documented now; for IdentityServer the newest major version, [`Edition::Duende8`].
    #[default]
    Current,
    /// As observed in 2023: a hint past its `exp` is refused.
    #[serde(rename = "2023")]
    Year2023,
    /// The older guide: a hint is required, and a redirect URI of any application counts.
    Legacy,
    /// IdentityServer: Duende IdentityServer 8.
    #[serde(rename = "duende-8")]
    Duende8,
    /// IdentityServer: Duende IdentityServer 7 (7.4).
    #[serde(rename = "duende-7")]
    Duende7,
    /// IdentityServer: `IdentityServer4` 4.x.
    #[serde(rename = "is4")]
    IdentityServer4,
}

impl Edition {
    const ALL: [Self; 6] = [
        Self::Current,
        Self::Year2023,
        Self::Legacy,
        Self::Duende8,
        Self::Duende7,
        Self::IdentityServer4,
    ];

    /// The name used in files and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::Year2023 => "2023",
            Self::Legacy => "legacy",
            Self::Duende8 => "duende-8",
            Self::Duende7 => "duende-7",
            Self::IdentityServer4 => "is4",
        }
    }

    /// The edition with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|edition| edition.name() == name)
    }

    /// The editions that a dialect has.
    pub fn of(dialect: DialectId) -> &'static [Self] {
        match dialect {
            DialectId::PingOne => &[Self::Current, Self::Year2023, Self::Legacy],
            DialectId::IdentityServer => &[
                Self::Current,
                Self::Duende8,
                Self::Duende7,
                Self::IdentityServer4,
            ],
            DialectId::Oidc | DialectId::WorkOs => &[Self::Current],
        }
    }
}

/// A configuration that cannot work: where, what is wrong, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError {
    /// The member, as a path (`tenants[0].clients[1].redirect_uris[0]`).
    pub at: String,
    /// What is wrong with it.
    pub problem: String,
    /// What to do about it.
    pub advice: String,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}; {}", self.at, self.problem, self.advice)
    }
}

impl std::error::Error for ConfigError {}
