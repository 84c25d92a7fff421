//! Who calls, and what they may do.

use super::error::ApiError;
use crate::config::ApplicationKind;
use crate::realm::{Incoming, Realm};
use crate::userinfo::bearer;

/// Whoever holds the bearer token.
pub(super) struct Caller {
    /// Where the token was issued.
    pub(super) realm: usize,
    worker: bool,
    manages: Option<Vec<String>>,
}

impl Caller {
    /// The holder of the token that was sent: it must be known, unexpired, and its application enabled.
    pub(super) fn of(realms: &[Realm], incoming: &Incoming) -> Result<Self, ApiError> {
        let sent = incoming.header_text("Authorization").and_then(bearer);
        let sent = sent.ok_or(ApiError::Unauthorized)?;
        let found = realms.iter().enumerate().find_map(|(index, realm)| {
            let token = realm.store.access.find(sent)?;
            let client = realm.tenant.client(&token.client)?;
            let good = token.expires > incoming.now && client.enabled;
            good.then(|| Self {
                realm: index,
                worker: client.kind == ApplicationKind::Worker && token.end_user.is_none(),
                manages: client.manages.clone(),
            })
        });
        found.ok_or(ApiError::Unauthorized)
    }

    /// Only a worker manages anything, and only what it was given; without a name, all there is.
    pub(super) fn must_manage(&self, environment: Option<&str>) -> Result<(), ApiError> {
        let may = self.worker && environment.is_none_or(|id| self.manages(id));
        if may {
            Ok(())
        } else {
            Err(ApiError::Forbidden)
        }
    }

    pub(super) fn manages(&self, environment: &str) -> bool {
        let given = self.manages.as_ref();
        given.is_none_or(|ids| ids.iter().any(|id| id == environment))
    }

    /// Whether it was given every environment, also those that are not there yet.
    pub(super) fn manages_all(&self) -> bool {
        self.manages.is_none()
    }

    /// A worker, or an application of the same environment.
    pub(super) fn must_be_of(&self, realm: usize) -> Result<(), ApiError> {
        if self.worker || self.realm == realm {
            Ok(())
        } else {
            Err(ApiError::Forbidden)
        }
    }
}
