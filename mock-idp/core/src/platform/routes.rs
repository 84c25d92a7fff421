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
        actions: &[
            ("GET", OfAll(environments::list)),
            ("POST", OfAll(environments::create)),
        ],
    },
    Route {
        path: "/environments/{environment}",
        actions: &[
            ("GET", Managed(environments::read)),
            ("PUT", Managed(environments::update)),
            ("DELETE", OfAll(environments::delete)),
        ],
    },
    Route {
        path: "/environments/{environment}/logoutSettings",
        actions: &[
            ("GET", Managed(logout_settings::read)),
            ("PUT", Managed(logout_settings::update)),
        ],
    },
    Route {
        path: "/environments/{environment}/populations",
        actions: &[
            ("GET", Managed(populations::list)),
            ("POST", Managed(populations::create)),
        ],
    },
    Route {
        path: "/environments/{environment}/populations/{population}",
        actions: &[
            ("GET", Managed(populations::read)),
            ("PUT", Managed(populations::update)),
            ("DELETE", Managed(populations::delete)),
        ],
    },
    Route {
        path: "/environments/{environment}/applications",
        actions: &[
            ("GET", Managed(applications::list)),
            ("POST", Managed(applications::create)),
        ],
    },
    Route {
        path: "/environments/{environment}/applications/{application}",
        actions: &[
            ("GET", Managed(applications::read)),
            ("PUT", Managed(applications::update)),
            ("DELETE", Managed(applications::delete)),
        ],
    },
    Route {
        path: "/environments/{environment}/applications/{application}/secret",
        actions: &[
            ("GET", Managed(applications::secret)),
            ("POST", Managed(applications::new_secret)),
        ],
    },
    Route {
        path: "/environments/{environment}/users",
        actions: &[
            ("GET", Managed(users::list)),
            ("POST", Managed(users::create)),
        ],
    },
    Route {
        path: "/environments/{environment}/users/{user}",
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
        actions: &[
            ("GET", Managed(users::enabled)),
            ("PUT", Managed(users::set_enabled)),
        ],
    },
    Route {
        path: "/environments/{environment}/users/{user}/password",
        actions: &[
            ("GET", Managed(passwords::read)),
            ("PUT", Managed(passwords::update)),
        ],
    },
    Route {
        path: "/environments/{environment}/users/{user}/sessions",
        actions: &[("GET", Managed(sessions::of_user))],
    },
    Route {
        path: "/environments/{environment}/users/{user}/sessions/{session}",
        actions: &[
            ("GET", Managed(sessions::read_of_user)),
            ("DELETE", Managed(sessions::delete_of_user)),
        ],
    },
    Route {
        path: "/environments/{environment}/sessions",
        actions: &[("POST", Managed(sessions::create))],
    },
    Route {
        path: "/environments/{environment}/sessions/me",
        actions: &[
            ("GET", Own(sessions::read_own)),
            ("PUT", Own(sessions::update_own)),
            ("DELETE", Own(sessions::delete_own)),
        ],
    },
    Route {
        path: "/environments/{environment}/sessions/{session}",
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
