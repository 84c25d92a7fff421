//! Whose pages may read what an endpoint answers. The product trusts every origin where a token or nothing is shown, and
//! only those of an application's `corsSettings` where the session cookie is. Undocumented and taken from a report: the
//! question beforehand is always answered with yes, as it cannot name the application.

use crate::cors::{self, Readers};
use crate::jwt::Parts;
use crate::realm::{Incoming, Realm};

/// Who reads the answers of an endpoint.
#[derive(Debug, Clone, Copy)]
pub(super) enum Sharing {
    /// Pages of the provider's own.
    Own,
    /// Every page.
    Everybody,
    /// Pages of the origins that an application has.
    Application(fn(&Realm, &Incoming) -> Whose),
}

/// Whose origins count.
pub(super) enum Whose {
    /// Those of the application that the request names, which may not exist.
    Named(String),
    /// Those of every enabled application: the request names none.
    Anyones,
}

impl Sharing {
    pub(super) fn beforehand(self) -> Readers {
        match self {
            Self::Own => Readers::Own,
            Self::Everybody | Self::Application(_) => Readers::Any,
        }
    }

    pub(super) fn readers(self, realm: &Realm, incoming: &Incoming) -> Readers {
        match self {
            Self::Own => Readers::Own,
            Self::Everybody => Readers::Any,
            Self::Application(named) => {
                // Most requests come from no page, and then the application is not looked for.
                let trusted = cors::origin(incoming)
                    .is_some_and(|origin| trusts(realm, &named(realm, incoming), origin));
                if trusted { Readers::Any } else { Readers::Own }
            }
        }
    }
}

fn trusts(realm: &Realm, whose: &Whose, origin: &str) -> bool {
    let counts = |id: &str| match whose {
        Whose::Named(named) => named == id,
        Whose::Anyones => true,
    };
    realm
        .tenant
        .clients
        .iter()
        .filter(|client| client.enabled && counts(&client.id))
        .flat_map(|client| &client.cors_origins)
        .any(|configured| cors::is_meant(configured, origin))
}

/// The application of an authorization request, which may be in the address of a `POST`, too.
pub(super) fn by_client_id(_: &Realm, incoming: &Incoming) -> Whose {
    let sent = incoming.parameters();
    let named = sent
        .text("client_id")
        .or(incoming.query.text("client_id"))
        .unwrap_or_default();
    Whose::Named(named.to_owned())
}

/// The application whose flow goes on.
pub(super) fn by_flow(realm: &Realm, incoming: &Incoming) -> Whose {
    let id = incoming.query.text("flowId").unwrap_or_default();
    let flow = realm.store.flows.find(id);
    let client = flow.map(|flow| flow.authorization.client.clone());
    Whose::Named(client.unwrap_or_default())
}

/// The application that the hint was issued to, verified or not: this decides about readers only.
pub(super) fn by_hint(_: &Realm, incoming: &Incoming) -> Whose {
    let sent = incoming.parameters();
    let hint = sent.octets("id_token_hint").and_then(Parts::of);
    let audience = hint.and_then(|hint| hint.claims.get("aud")?.as_str().map(str::to_owned));
    audience.map_or(Whose::Anyones, Whose::Named)
}
