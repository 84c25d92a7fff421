//! What there is, and which method does what with it.

use super::{
    Call, Outcome, World, applications, environments, logout_settings, passwords, populations,
    sessions, users,
};
use crate::realm::Realm;

/// Something that can be called.
pub(crate) struct Route {
    /// Below the version; names in braces stand for identifiers, the first of them for the environment.
    pub(crate) path: &'static str,
    pub(crate) does: &'static str,
    /// What is otherwise at the product, or not known of it.
    pub(crate) differs: &'static str,
    pub(super) actions: &'static [(&'static str, Action)],
}

/// What a method does, and who may ask for it.
pub(super) enum Action {
    /// Something about all environments, for a worker that may manage the one that is named.
    OfAll(fn(&mut World, &Call) -> Outcome),
    /// Something in an environment, for a worker that may manage it.
    Managed(fn(&mut Realm, &Call) -> Outcome),
    /// Something in an environment, also for its own users.
    Own(fn(&mut Realm, &Call) -> Outcome),
}

use Action::{Managed, OfAll, Own};

impl Route {
    pub(super) fn allow(&self) -> String {
        let methods: Vec<_> = self.methods().collect();
        methods.join(", ")
    }

    /// The methods it takes.
    pub(crate) fn methods(&self) -> impl Iterator<Item = &'static str> {
        self.actions.iter().map(|(method, _)| *method)
    }
}

/// Every route. Where two fit, the first counts.
pub(crate) static ROUTES: &[Route] = &[
    Route {
        path: "/environments",
        does: "environments",
        differs: "the list holds those the worker may manage; a new one lies beside the worker's own and needs no licence",
        actions: &[
            ("GET", OfAll(environments::list)),
            ("POST", OfAll(environments::create)),
        ],
    },
    Route {
        path: "/environments/{environment}",
        does: "one environment",
        differs: "a worker cannot delete its own",
        actions: &[
            ("GET", Managed(environments::read)),
            ("PUT", Managed(environments::update)),
            ("DELETE", OfAll(environments::delete)),
        ],
    },
    Route {
        path: "/environments/{environment}/logoutSettings",
        does: "what signing off means for the environment",
        differs: "of the second switch only the name is public",
        actions: &[
            ("GET", Managed(logout_settings::read)),
            ("PUT", Managed(logout_settings::update)),
        ],
    },
    Route {
        path: "/environments/{environment}/populations",
        does: "populations",
        differs: "",
        actions: &[
            ("GET", Managed(populations::list)),
            ("POST", Managed(populations::create)),
        ],
    },
    Route {
        path: "/environments/{environment}/populations/{population}",
        does: "one population",
        differs: "",
        actions: &[
            ("GET", Managed(populations::read)),
            ("PUT", Managed(populations::update)),
            ("DELETE", Managed(populations::delete)),
        ],
    },
    Route {
        path: "/environments/{environment}/applications",
        does: "applications",
        differs: "only OPENID_CONNECT; a worker manages all environments unless the mock's configuration says otherwise, there are no roles",
        actions: &[
            ("GET", Managed(applications::list)),
            ("POST", Managed(applications::create)),
        ],
    },
    Route {
        path: "/environments/{environment}/applications/{application}",
        does: "one application",
        differs: "`allowWildcardInRedirectUris`, token durations and signing settings are kept and have no effect",
        actions: &[
            ("GET", Managed(applications::read)),
            ("PUT", Managed(applications::update)),
            ("DELETE", Managed(applications::delete)),
        ],
    },
    Route {
        path: "/environments/{environment}/applications/{application}/secret",
        does: "its secret",
        differs: "a new secret replaces the one before at once",
        actions: &[
            ("GET", Managed(applications::secret)),
            ("POST", Managed(applications::new_secret)),
        ],
    },
    Route {
        path: "/environments/{environment}/users",
        does: "users",
        differs: "of `filter` only NAME eq \"VALUE\" with id, username, email, population.id",
        actions: &[
            ("GET", Managed(users::list)),
            ("POST", Managed(users::create)),
        ],
    },
    Route {
        path: "/environments/{environment}/users/{user}",
        does: "one user; POST locks and unlocks",
        differs: "attributes without a meaning here are kept and shown again",
        actions: &[
            ("GET", Managed(users::read)),
            ("PUT", Managed(users::replace)),
            ("PATCH", Managed(users::change)),
            ("POST", Managed(users::lock_or_unlock)),
            ("DELETE", Managed(users::delete)),
        ],
    },
    Route {
        path: "/environments/{environment}/users/{user}/enabled",
        does: "whether a user may sign on",
        differs: "",
        actions: &[
            ("GET", Managed(users::enabled)),
            ("PUT", Managed(users::set_enabled)),
        ],
    },
    Route {
        path: "/environments/{environment}/users/{user}/password",
        does: "the state of a password; setting and changing it",
        differs: "no password policies, no recovery",
        actions: &[
            ("GET", Managed(passwords::read)),
            ("PUT", Managed(passwords::update)),
        ],
    },
    Route {
        path: "/environments/{environment}/users/{user}/sessions",
        does: "sessions of a user",
        differs: "remote addresses and locations are not known",
        actions: &[("GET", Managed(sessions::of_user))],
    },
    Route {
        path: "/environments/{environment}/users/{user}/sessions/{session}",
        does: "one of them",
        differs: "after it was ended it is not found",
        actions: &[
            ("GET", Managed(sessions::read_of_user)),
            ("DELETE", Managed(sessions::delete_of_user)),
        ],
    },
    Route {
        path: "/environments/{environment}/sessions",
        does: "a session that was begun elsewhere",
        differs: "needs a user; the idle time is the environment's",
        actions: &[("POST", Managed(sessions::create))],
    },
    Route {
        path: "/environments/{environment}/sessions/me",
        does: "the session of the cookie `ST`",
        differs: "the tokens of people are accepted in their own environment",
        actions: &[
            ("GET", Own(sessions::read_own)),
            ("PUT", Own(sessions::update_own)),
            ("DELETE", Own(sessions::delete_own)),
        ],
    },
    Route {
        path: "/environments/{environment}/sessions/{session}",
        does: "one session",
        differs: "",
        actions: &[("GET", Managed(sessions::read))],
    },
];

/// The route that a path takes, with what stands in place of the names in braces.
pub(super) fn find(path: &str) -> Option<(&'static Route, Vec<&str>)> {
    ROUTES
        .iter()
        .find_map(|route| Some((route, identifiers(route.path, path)?)))
}

fn identifiers<'a>(template: &str, path: &'a str) -> Option<Vec<&'a str>> {
    let (mut expected, mut found) = (template.split('/'), path.split('/'));
    let mut identifiers = Vec::new();
    loop {
        match (expected.next(), found.next()) {
            (None, None) => return Some(identifiers),
            (Some(name), Some(id)) if name.starts_with('{') && !id.is_empty() => {
                identifiers.push(id);
            }
            (Some(name), Some(segment)) if name == segment => {}
            _ => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_route_is_found_by_its_own_path() {
        for route in ROUTES {
            let path = route.path.replace(['{', '}'], "");
            let (found, ids) = find(&path).unwrap();
            assert_eq!(found.path, route.path);
            assert_eq!(ids.len(), route.path.matches('{').count());
        }
    }

    #[test]
    fn what_is_longer_shorter_or_empty_is_no_route() {
        for path in [
            "",
            "/",
            "/environments/",
            "/environments/e/",
            "/environments/e/users//sessions",
        ] {
            assert!(find(path).is_none(), "{path}");
        }
    }
}
