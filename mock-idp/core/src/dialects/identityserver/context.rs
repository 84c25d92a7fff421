//! The logout context: what the endpoint found out, for the page that acts on it.

use crate::config::Client;
use crate::logout::{Considered, target};
use crate::policy::Told;
use crate::realm::{Realm, Site};
use crate::sessions::Session;

use super::Version;

/// What a `logoutId` stands for (`LogoutMessage`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct LogoutContext {
    /// The client of a good hint.
    pub(super) client: Option<String>,
    /// Where the browser may go, its `state` in it.
    pub(super) target: Option<String>,
    pub(super) subject: Option<String>,
    pub(super) sid: Option<String>,
    /// The clients of the session, in the order in which they were signed in to.
    pub(super) clients: Vec<String>,
    /// A `state` that the host puts on its own pages. Only a fault does that.
    pub(super) state_of_own_page: Option<Vec<u8>>,
}

/// What an `endSessionId` stands for: whom the browser is to tell, and of which session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Notice {
    pub(super) sid: String,
    pub(super) clients: Vec<String>,
}

impl LogoutContext {
    /// What is worth keeping of a request; nothing if there is no client and no session with clients.
    pub(super) fn of_request(realm: &Realm, considered: &Considered) -> Option<Self> {
        let farewell = &considered.farewell;
        let issuer = realm.issuer(Site::Default);
        // A hint that names nobody was compared with nobody, so before Duende 8 nothing of the session goes with it.
        let named = considered
            .hint
            .as_ref()
            .is_none_or(|hint| hint.user.is_some() || Version::of(&realm.tenant) == Version::Eight);
        let of_session = considered
            .session
            .as_ref()
            .filter(|_| named)
            .map(|session| Self::of_session(realm, session));
        let context = Self {
            client: farewell.client.clone(),
            target: farewell
                .target
                .as_ref()
                .map(|to| target::address(realm, &issuer, farewell, to)),
            state_of_own_page: farewell
                .state
                .clone()
                .filter(|_| realm.policy.state.on_own_page),
            ..of_session.unwrap_or_default()
        };
        context.has_payload().then_some(context)
    }

    /// What is known of a session (`CreateLogoutContextAsync`).
    pub(super) fn of_session(realm: &Realm, session: &Session) -> Self {
        Self {
            subject: Some(session.user.clone()),
            sid: Some(session.id.clone()),
            clients: told(realm, session, realm.policy.telling.front_channel),
            ..Self::default()
        }
    }

    pub(super) fn has_payload(&self) -> bool {
        self.client.is_some() || !self.clients.is_empty()
    }
}

/// The clients that hear of the end of a session by one channel.
pub(super) fn told(realm: &Realm, session: &Session, telling: Told) -> Vec<String> {
    let of_session = || session.clients.clone();
    match telling {
        Told::OfTheSession => of_session(),
        Told::AllButTheLast => {
            let mut clients = of_session();
            clients.pop();
            clients
        }
        Told::Everybody => {
            let clients = realm.tenant.clients.iter();
            clients.map(|client| client.id.clone()).collect()
        }
    }
}

impl Notice {
    /// Whom the browser is to tell once the page of a context is shown: the clients of the context, and those of the
    /// session that still is there if it is the same person's.
    pub(super) fn of(
        realm: &Realm,
        context: Option<&LogoutContext>,
        session: Option<&Session>,
    ) -> Option<Self> {
        let current = session.map(|session| LogoutContext::of_session(realm, session));
        let remembered = context.filter(|context| !context.clients.is_empty());
        let mut found = remembered.cloned().or_else(|| current.clone())?;
        if let Some(current) = current.filter(|current| current.subject == found.subject) {
            for client in current.clients {
                if !found.clients.contains(&client) {
                    found.clients.push(client);
                }
            }
        }
        let notice = Self {
            sid: found.sid?,
            clients: found.clients,
        };
        let worth_it = match Version::of(&realm.tenant) {
            Version::Four => !notice.clients.is_empty(),
            Version::Seven | Version::Eight => !notice.listeners(realm).is_empty(),
        };
        worth_it.then_some(notice)
    }

    /// The enabled clients among them that have a front-channel address.
    pub(super) fn listeners<'a>(&self, realm: &'a Realm) -> Vec<(&'a Client, &'a str)> {
        let known = self
            .clients
            .iter()
            .filter_map(|id| realm.tenant.client(id))
            .filter(|client| client.enabled);
        known
            .filter_map(|client| Some((client, client.front_channel_logout_uri.as_deref()?)))
            .collect()
    }
}
