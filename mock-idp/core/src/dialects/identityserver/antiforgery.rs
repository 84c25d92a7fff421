//! The tokens that the host's forms must come back with, as ASP.NET makes them: bound to a cookie of the browser and to
//! the person signed in, and good for any number of answers.

use super::cookies;
use super::memory::FormToken;
use crate::http::Response;
use crate::page::hidden;
use crate::parameters::Parameters;
use crate::policy::Bound;
use crate::realm::{Incoming, Realm};

const COOKIE: &str = ".AspNetCore.Antiforgery";
const FIELD: &str = "__RequestVerificationToken";

/// A token for a form, with the cookie it belongs to if the browser has none yet.
pub(super) struct Issued {
    field: String,
    new_cookie: Option<String>,
}

impl Issued {
    /// The hidden field.
    pub(super) fn field(&self) -> String {
        hidden(FIELD, &self.field)
    }

    /// The page with the cookie.
    pub(super) fn on(&self, realm: &Realm, page: Response) -> Response {
        match &self.new_cookie {
            Some(value) => cookies::set_own(realm, page, COOKIE, value),
            None => page,
        }
    }
}

/// Makes a token for a form that this browser is shown.
pub(super) fn issue(realm: &mut Realm, incoming: &Incoming) -> Issued {
    let sent = incoming.cookies(COOKIE).into_iter().next();
    let known = sent.filter(|value| !value.is_empty());
    let new_cookie = known.is_none().then(|| realm.random.opaque());
    let cookie = known.or_else(|| new_cookie.clone()).unwrap_or_default();
    let user = realm.session(incoming).map(|session| session.user);
    let field = realm.random.opaque();
    let form_tokens = &mut realm.store.identity_server.form_tokens;
    form_tokens.put(field.clone(), FormToken { cookie, user });
    Issued { field, new_cookie }
}

/// Whether a form came from a page that this browser was shown.
pub(super) fn is_genuine(
    realm: &mut Realm,
    incoming: &Incoming,
    form: &Parameters,
    bound: Bound,
) -> bool {
    if bound == Bound::Nothing {
        return true;
    }
    let user = realm.session(incoming).map(|session| session.user);
    let sent = incoming.cookies(COOKIE);
    let field = form.text(FIELD).unwrap_or_default();
    let form_tokens = &mut realm.store.identity_server.form_tokens;
    let found = form_tokens.find(field).is_some_and(|token| {
        bound == Bound::AnyAnswer || (sent.contains(&token.cookie) && token.user == user)
    });
    if found && bound == Bound::OneAnswer {
        form_tokens.take(field);
    }
    found
}
