//! What is remembered between the steps of a sign-on or a sign-off.

use jiff::Timestamp;

use crate::authorize::Challenge;
use crate::config::{Connection, Profile, Tenant};
use crate::shelf::{Kept, Shelf};

/// The memory of the single sign-on.
pub(crate) struct Desk {
    profiles: Shelf<Known>,
    /// Sign-ons that are at the identity provider, by the state that comes back.
    pub(super) away: Shelf<Away>,
    pub(super) codes: Shelf<SsoCode>,
    /// Access tokens, and the profile each stands for.
    pub(super) access: Shelf<SsoAccess>,
    pub(super) logout_tokens: Shelf<LogoutToken>,
}

/// A person as one connection knows them, and what the identity provider gave when they signed on last.
#[derive(Debug, Clone)]
pub(super) struct Known {
    pub(super) profile: Profile,
    pub(super) first_name: String,
    pub(super) last_name: String,
    pub(super) tokens: Option<UpstreamTokens>,
}

#[derive(Debug, Clone)]
pub(super) struct UpstreamTokens {
    pub(super) id: String,
    pub(super) access: String,
    pub(super) refresh: Option<String>,
}

/// A sign-on that somebody is away for, at the identity provider.
#[derive(Debug, Clone)]
pub(super) struct Away {
    pub(super) connection: String,
    pub(super) client: String,
    pub(super) redirect_uri: String,
    pub(super) state: Option<Vec<u8>>,
    pub(super) challenge: Option<Challenge>,
    pub(super) nonce: String,
    pub(super) verifier: String,
    pub(super) expires: Timestamp,
}

/// A code for the application.
pub(super) struct SsoCode {
    pub(super) client: String,
    pub(super) profile: String,
    pub(super) challenge: Option<Challenge>,
    pub(super) expires: Timestamp,
}

/// What an access token stands for.
pub(super) struct SsoAccess {
    pub(super) profile: String,
    pub(super) expires: Timestamp,
}

/// A logout token that was handed out.
pub(super) struct LogoutToken {
    pub(super) profile: String,
    pub(super) expires: Timestamp,
    pub(super) used: bool,
}

impl Kept for Known {}
impl Kept for Away {}
impl Kept for SsoCode {}
impl Kept for SsoAccess {}
impl Kept for LogoutToken {}

impl Desk {
    pub(crate) fn of(tenant: &Tenant) -> Self {
        let mut profiles = Shelf::default();
        for profile in &tenant.workos.profiles {
            let known = Known {
                profile: profile.clone(),
                first_name: String::new(),
                last_name: String::new(),
                tokens: None,
            };
            profiles.put(profile.id.clone(), known);
        }
        Self {
            profiles,
            away: Shelf::default(),
            codes: Shelf::default(),
            access: Shelf::default(),
            logout_tokens: Shelf::default(),
        }
    }

    pub(super) fn profile(&self, id: &str) -> Option<&Known> {
        self.profiles.find(id)
    }

    pub(super) fn remember(&mut self, known: Known) {
        self.profiles.put(known.profile.id.clone(), known);
    }

    /// The tokens of a sign-on that is over.
    pub(super) fn forget_tokens(&mut self, profile: &str) {
        if let Some(known) = self.profiles.find_mut(profile) {
            known.tokens = None;
        }
    }
}

/// The connection with this id.
pub(super) fn connection<'a>(tenant: &'a Tenant, id: &str) -> Option<&'a Connection> {
    let mut connections = tenant.workos.connections.iter();
    connections.find(|connection| connection.id == id)
}

/// The connection with this key in its addresses.
pub(super) fn by_key<'a>(tenant: &'a Tenant, key: &str) -> Option<&'a Connection> {
    let mut connections = tenant.workos.connections.iter();
    connections.find(|connection| connection.external_key == key)
}
