//! The control surface: what a test may do to a provider that no relying party can.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Deserializer};

use crate::config::FaultUse;

/// One command. In JSON: `{"do": "advance_clock", "seconds": 60}`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub enum Control {
    /// Moves the provider's clock, forwards or back.
    AdvanceClock {
        /// By how much.
        seconds: i64,
    },
    /// Sets the provider's clock.
    SetClock {
        /// To what.
        #[serde(deserialize_with = "timestamp")]
        at: Timestamp,
    },
    /// Stops the provider's clock where it stands.
    FreezeClock {},
    /// Lets a stopped clock go on from where it stands.
    RunClock {},
    /// Disables a client: nothing may be done in its name until it is enabled again.
    DisableClient {
        /// The tenant's id.
        tenant: String,
        /// The client's id.
        client: String,
    },
    /// Enables a client again.
    EnableClient {
        /// The tenant's id.
        tenant: String,
        /// The client's id.
        client: String,
    },
    /// Removes a client for good (until `Reset`).
    DeleteClient {
        /// The tenant's id.
        tenant: String,
        /// The client's id.
        client: String,
    },
    /// Forgets everything: back to the configuration as it was given.
    Reset {},
    /// Gives a tenant a clock of its own, or moves the one it has. It begins where the provider's stands.
    TenantClock {
        /// The tenant's id.
        tenant: String,
        /// What to do with it.
        clock: TenantClock,
    },
    /// Forgets everything about one tenant, its entries in the journal and its own clock included: back to the
    /// configuration as it was given. Other tenants notice nothing.
    ResetTenant {
        /// The tenant's id.
        tenant: String,
    },
    /// Switches a fault on or off, on every tenant whose dialect has it.
    SwitchFault {
        /// The fault's id.
        id: String,
        /// On or off.
        on: bool,
    },
    /// Switches a fault on for one tenant, one client, or so many sign-offs; again for the same, it begins anew.
    UseFault(FaultUse),
    /// Switches a fault off for one tenant or client; with neither, as `SwitchFault`.
    DropFault {
        /// The fault's id.
        id: String,
        /// The tenant it was switched on for; any when absent.
        #[serde(default)]
        tenant: Option<String>,
        /// The client it was switched on for; any when absent.
        #[serde(default)]
        client: Option<String>,
    },
}

/// What to do with a tenant's own clock. In JSON: `{"advance": 60}`, `{"set": "2030-01-31T12:00:00Z"}`, `"freeze"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TenantClock {
    /// Moves it by so many seconds, forwards or back.
    Advance(i64),
    /// Sets it.
    Set(#[serde(deserialize_with = "timestamp")] Timestamp),
    /// Stops it where it stands.
    Freeze,
    /// Lets it go on from where it stands.
    Run,
}

fn timestamp<'de, D: Deserializer<'de>>(input: D) -> Result<Timestamp, D::Error> {
    String::deserialize(input)?
        .parse()
        .map_err(serde::de::Error::custom)
}

/// How things stand after a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ControlAnswer {
    /// The provider's time; after a command about one tenant, that tenant's.
    pub now: Timestamp,
    /// The faults that are on, for whomever.
    pub faults: Vec<&'static str>,
    /// For whom, and for how many sign-offs more.
    pub uses: Vec<FaultUse>,
}

/// A command that could not be carried out. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ControlError {
    /// No tenant has this id.
    UnknownTenant {
        /// The id that was asked for.
        id: String,
        /// The ids there are.
        known: Vec<String>,
    },
    /// The tenant has no client with this id.
    UnknownClient {
        /// The id that was asked for.
        id: String,
        /// The ids there are.
        known: Vec<String>,
    },
    /// There is no fault with this id, or none for a dialect that is served.
    UnknownFault {
        /// The id that was asked for.
        id: String,
    },
    /// A fault was to be on for no sign-off at all.
    FaultForNothing,
    /// The clock would leave the range of dates that can be written.
    ClockOutOfRange,
}

impl fmt::Display for ControlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownTenant { id, known } => {
                write!(
                    f,
                    "no tenant is called {id:?}; there are: {}",
                    known.join(", ")
                )
            }
            Self::UnknownClient { id, known } => {
                write!(
                    f,
                    "the tenant has no client {id:?}; there are: {}",
                    known.join(", ")
                )
            }
            Self::UnknownFault { id } => {
                write!(
                    f,
                    "no fault {id:?} for the dialects that are served; the list of faults has the names"
                )
            }
            Self::FaultForNothing => {
                f.write_str("times: a fault is on for at least 1 sign-off; without it, for ever")
            }
            Self::ClockOutOfRange => f.write_str("the clock would leave the years -9999 to 9999"),
        }
    }
}

impl std::error::Error for ControlError {}
