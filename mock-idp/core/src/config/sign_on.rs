//! How people sign on at a PingOne environment.

use serde::Deserialize;

/// How people sign on at a PingOne environment. The plain dialect has no such settings.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct SignOnSettings {
    /// Names of the sign-on policies, the usual one first. `acr_values` chooses among them and `acr` names the one that
    /// was chosen; all of them ask for a password and nothing else.
    pub policies: Vec<String>,
    /// How many wrong passwords in a row lock a user out; 0 never does.
    pub failures_until_lockout: u32,
    /// For how many seconds a user is locked out.
    pub lockout: u32,
    /// How many sessions are kept of one user, ended ones included; the oldest goes first.
    pub sessions_per_user: usize,
    /// Whether the hosted page offers to sign on as one of the users without a password: for people who try things out.
    pub users_offered: bool,
}

impl Default for SignOnSettings {
    fn default() -> Self {
        Self {
            policies: vec!["Single_Factor".into()],
            failures_until_lockout: 5,
            lockout: 15 * 60,
            sessions_per_user: 10,
            users_offered: true,
        }
    }
}
