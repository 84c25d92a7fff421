//! `/connect/endsession`: looks at a sign-off request and hands it to the logout page.

use super::context::LogoutContext;
use super::{LOGOUT_PAGE, at};
use crate::http::Response;
use crate::logout::consider;
use crate::parameters::media_type;
use crate::realm::{Incoming, Realm};
use crate::uri;

/// Answers a request. Whatever is wrong with it, the browser gets to the logout page; only what may be used goes along.
pub(super) fn respond(realm: &mut Realm, incoming: &Incoming) -> Response {
    if !matches!(incoming.request.method.as_str(), "GET" | "POST") {
        return Response::empty(405);
    }
    if incoming.is_post() && !has_form(incoming) {
        // `ReadFormAsync` throws, and nothing catches it.
        return Response::empty(500);
    }
    let considered = match consider(realm, incoming) {
        Ok(considered) => considered,
        Err(response) => return response,
    };
    let settings = &realm.tenant.identity_server;
    let anonymous = considered.session.is_none();
    let unwelcome = anonymous && settings.require_authenticated_user_for_sign_out_message;
    let valid = !(considered.hint_failed || unwelcome);
    let context = LogoutContext::of_request(realm, &considered).filter(|_| valid);
    let status = if incoming.is_post() {
        realm.policy.answer.redirect_after_post
    } else {
        realm.policy.answer.redirect_after_get
    };
    let page = at(realm, LOGOUT_PAGE);
    let Some(context) = context else {
        return Response::redirect(status, &page);
    };
    let id = realm.random.opaque();
    let location = uri::with_parameters(page.as_bytes(), &[("logoutId", id.as_bytes())]);
    realm.store.identity_server.contexts.put(id, context);
    Response::redirect(status, &location)
}

/// An empty content needs no type.
fn has_form(incoming: &Incoming) -> bool {
    match media_type(incoming.request) {
        Some(kind) => kind == "application/x-www-form-urlencoded",
        None => incoming.request.body.is_empty(),
    }
}
