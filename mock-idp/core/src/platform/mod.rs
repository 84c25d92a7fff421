//! PingOne's platform API (`https://api.pingone.{tld}/v1`): a worker application sets an environment up with it, as it
//! would the product. What it makes lives as long as the provider's memory: a reset forgets it.
//!
//! Only a part of the product's API is here. Members that are documented but mean nothing to a mock are kept and shown
//! again; members that nobody documents are refused.

mod applications;
mod caller;
mod collection;
mod directory;
mod environments;
mod error;
mod logout_settings;
mod passwords;
mod populations;
mod reader;
mod routes;
mod sessions;
mod users;

use crate::address::Address;
use crate::config::DialectId;
use crate::cors::{self, Readers};
use crate::http::Response;
use crate::random::Seeded;
use crate::realm::{Incoming, Realm, Site};
use crate::signing::Keyring;

use caller::Caller;
use error::ApiError;
use routes::{Action, Route};

pub(crate) use directory::Directory;
pub(crate) use routes::ROUTES;

/// The path below which the API lies on every host but a custom domain.
const BASE: &str = "/v1";

/// The product trusts every origin where an access token is used.
const READERS: Readers = Readers::AnyWithoutCookies;

/// What an action comes to.
type Outcome = Result<Response, ApiError>;

/// All environments, for the actions that are about more than one.
pub(crate) struct World<'a> {
    pub(crate) realms: &'a mut Vec<Realm>,
    pub(crate) random: &'a mut Seeded,
    pub(crate) seed: u64,
    pub(crate) keyring: Keyring,
}

/// One call: what was sent, what its path names, and who sent it.
struct Call<'a> {
    incoming: &'a Incoming<'a>,
    /// What stands in the path in place of `{environment}` and after, in order.
    ids: Vec<&'a str>,
    caller: Caller,
    /// The address of the API for links in answers, up to and including the version.
    base: String,
}

impl Call<'_> {
    fn id(&self, at: usize) -> &str {
        self.ids.get(at).copied().unwrap_or_default()
    }

    /// The address of something in the environment.
    fn link(&self, path: &str) -> String {
        format!("{}/environments/{}{path}", self.base, self.id(0))
    }
}

/// What became of a call: the endpoint for the journal, the environment it was about, and the answer.
pub(crate) struct Answered {
    pub(crate) endpoint: &'static str,
    pub(crate) environment: Option<usize>,
    pub(crate) response: Response,
}

/// Whether a request is for the platform API: below its path, and not on anybody's own domain.
pub(crate) fn is_meant(realms: &[Realm], address: &Address) -> bool {
    let path = address.path;
    let below = path == BASE || path.starts_with("/v1/");
    below
        && realms
            .iter()
            .any(|realm| realm.tenant.dialect == DialectId::PingOne)
        && !realms.iter().any(|realm| {
            let domain = realm.tenant.custom_domain.as_deref();
            domain.is_some_and(|domain| domain.eq_ignore_ascii_case(&address.authority))
        })
}

/// Answers a call.
pub(crate) fn respond(mut world: World, incoming: &Incoming) -> Answered {
    let path = incoming.path.strip_prefix(BASE).unwrap_or_default();
    let found = routes::find(path);
    let environment = found
        .as_ref()
        .and_then(|(_, ids)| position(world.realms, ids.first()?));
    let methods = found.as_ref().map(|(route, _)| route.allow());
    let endpoint = found.as_ref().map_or("(unknown)", |(route, _)| route.path);
    let beforehand = methods.and_then(|methods| cors::preflight(incoming, READERS, &methods));
    if let Some(response) = beforehand {
        return Answered {
            endpoint,
            environment,
            response,
        };
    }
    let outcome = match found {
        Some((route, ids)) => carried_out(&mut world, incoming, route, ids, environment),
        None => Err(ApiError::NotFound),
    };
    let response = outcome.unwrap_or_else(|error| error.answer(&world.random.uuid()));
    // An environment that is gone has no journal of its own any more.
    let environment = environment.filter(|index| *index < world.realms.len());
    Answered {
        endpoint,
        environment,
        response: cors::readable(incoming, READERS, traced(&mut world, incoming, response)),
    }
}

/// The environment that a call is about.
pub(crate) fn environment(realms: &[Realm], address: &Address) -> Option<usize> {
    let path = address.path.strip_prefix(BASE)?;
    let (_, ids) = routes::find(path)?;
    position(realms, ids.first()?)
}

fn position(realms: &[Realm], id: &str) -> Option<usize> {
    realms
        .iter()
        .position(|realm| realm.tenant.id == id && realm.tenant.dialect == DialectId::PingOne)
}

fn carried_out(
    world: &mut World,
    incoming: &Incoming,
    route: &Route,
    ids: Vec<&str>,
    environment: Option<usize>,
) -> Outcome {
    let caller = Caller::of(world.realms, incoming)?;
    let method = incoming.request.method.as_str();
    let Some((_, action)) = route.actions.iter().find(|(known, _)| *known == method) else {
        return Err(ApiError::Method(route.allow()));
    };
    let call = Call {
        incoming,
        base: base(world, environment.unwrap_or(caller.realm)),
        ids,
        caller,
    };
    match action {
        Action::OfAll(action) => {
            call.caller.must_manage(call.ids.first().copied())?;
            action(world, &call)
        }
        Action::Managed(action) => {
            call.caller.must_manage(Some(call.id(0)))?;
            let realm = environment.ok_or(ApiError::NotFound)?;
            action(&mut world.realms[realm], &call)
        }
        Action::Own(action) => {
            let realm = environment.ok_or(ApiError::NotFound)?;
            call.caller.must_be_of(realm)?;
            action(&mut world.realms[realm], &call)
        }
    }
}

/// `api.` where the issuer has `auth.`; otherwise the issuer's own origin.
fn base(world: &World, realm: usize) -> String {
    let issuer = world.realms[realm].issuer(Site::Default);
    let origin = crate::config::origin_of(&issuer);
    let origin = origin.replacen("://auth.pingone.", "://api.pingone.", 1);
    format!("{origin}{BASE}")
}

/// The identifiers of the caller's own tracing come back, or new ones.
fn traced(world: &mut World, incoming: &Incoming, response: Response) -> Response {
    const NAMES: [&str; 2] = [
        "X-Ping-External-Transaction-ID",
        "X-Ping-External-Session-ID",
    ];
    NAMES.iter().fold(response, |response, name| {
        let sent = incoming.header_text(name);
        let usable = sent.filter(|id| !id.is_empty() && id.len() <= 100);
        let id = usable.map_or_else(|| world.random.uuid(), str::to_owned);
        response.with(name, id)
    })
}
