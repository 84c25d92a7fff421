//! `/connect/authorize`, and the host's pages to log in and to consent.

use super::{CONSENT_PAGE, LOGIN_PAGE, antiforgery, at, base_path, cookies, pages};
use crate::authorize::{self, Authorization, Prompt, Rejected, ResponseMode};
use crate::http::Response;
use crate::parameters::Parameters;
use crate::policy::Bound;
use crate::realm::{Incoming, Realm};
use crate::uri;

const MODES: &[ResponseMode] = &[
    ResponseMode::Query,
    ResponseMode::Fragment,
    ResponseMode::FormPost,
];

/// `/connect/authorize`.
pub(super) fn authorize(realm: &mut Realm, incoming: &Incoming) -> Response {
    if !matches!(incoming.request.method.as_str(), "GET" | "POST") {
        return Response::empty(405);
    }
    asked(realm, incoming, &incoming.parameters())
}

/// `/connect/authorize/callback`: the same request once somebody has logged in or consented.
pub(super) fn resume(realm: &mut Realm, incoming: &Incoming) -> Response {
    if incoming.request.method != "GET" {
        return Response::empty(405);
    }
    asked(realm, incoming, &incoming.query)
}

fn asked(realm: &mut Realm, incoming: &Incoming, sent: &Parameters) -> Response {
    match authorize::read(realm, sent, MODES) {
        Ok(authorization) => proceed(realm, incoming, sent, authorization),
        Err(Rejected::Shown { message, .. }) => pages::error(400, message),
        Err(Rejected::Sent {
            reply,
            error,
            description,
        }) => reply.error(error, description),
    }
}

fn proceed(
    realm: &mut Realm,
    incoming: &Incoming,
    sent: &Parameters,
    authorization: Authorization,
) -> Response {
    let session = realm.session(incoming);
    let Some(session) = authorization.served_by(session, incoming.now) else {
        return if authorization.prompt == Prompt::None {
            let reply = &authorization.reply;
            reply.error("login_required", "The user is not logged in.")
        } else {
            page_with_return_url(realm, LOGIN_PAGE, sent)
        };
    };
    if !has_consented(realm, &session.user, &authorization.client) {
        return if authorization.prompt == Prompt::None {
            let reply = &authorization.reply;
            reply.error("consent_required", "The user has not consented.")
        } else {
            page_with_return_url(realm, CONSENT_PAGE, sent)
        };
    }
    let reply = authorization.reply.clone();
    reply.code(&authorization.grant(realm, &session, incoming.now))
}

fn has_consented(realm: &Realm, user: &str, client: &str) -> bool {
    let needed = realm
        .tenant
        .client(client)
        .is_some_and(|client| client.require_consent);
    let given = &realm.store.identity_server.consents;
    !needed || given.contains(&(user.to_owned(), client.to_owned()))
}

/// Sends the browser to a page that afterwards goes on with the request. What the page settles is left out of it:
/// `prompt` and `max_age` would bring the browser back to the page for ever.
fn page_with_return_url(realm: &Realm, page: &str, sent: &Parameters) -> Response {
    let kept = sent.without(&["prompt", "max_age"]).encoded();
    let return_url = format!("{}/connect/authorize/callback?{kept}", base_path(realm));
    let address = at(realm, page);
    let parameters = [("ReturnUrl", return_url.as_bytes())];
    Response::redirect(302, &uri::with_parameters(address.as_bytes(), &parameters))
}

/// The authorization request in a return URL, if it is one of this host's own.
fn request_of(realm: &Realm, return_url: &str) -> Option<Parameters> {
    let own = format!("{}/connect/authorize/callback?", base_path(realm));
    let (path, query) = return_url.split_at_checked(own.len())?;
    path.eq_ignore_ascii_case(&own)
        .then(|| Parameters::parse(query.as_bytes()))
}

/// The login page.
pub(super) fn login(realm: &mut Realm, incoming: &Incoming) -> Response {
    match incoming.request.method.as_str() {
        "GET" => {
            let return_url = incoming.query.text("ReturnUrl").unwrap_or_default();
            let request = request_of(realm, return_url);
            let hint = request.and_then(|request| request.text("login_hint").map(str::to_owned));
            login_form(
                realm,
                incoming,
                return_url,
                &hint.unwrap_or_default(),
                false,
            )
        }
        "POST" => logged_in(realm, incoming),
        _ => Response::empty(405),
    }
}

fn login_form(
    realm: &mut Realm,
    incoming: &Incoming,
    return_url: &str,
    username: &str,
    failed: bool,
) -> Response {
    let token = antiforgery::issue(realm, incoming);
    let page = pages::login(realm, &token, return_url, username, failed);
    token.on(realm, page)
}

/// The value of a field in either spelling of the sample pages.
fn field<'a>(form: &'a Parameters, names: [&'a str; 2]) -> &'a str {
    names
        .iter()
        .find_map(|name| form.text(name))
        .unwrap_or_default()
}

fn logged_in(realm: &mut Realm, incoming: &Incoming) -> Response {
    let form = incoming.parameters();
    if !antiforgery::is_genuine(realm, incoming, &form, Bound::BrowserAndUser) {
        return Response::empty(400);
    }
    let return_url = field(&form, ["Input.ReturnUrl", "ReturnUrl"]);
    let Some(request) = request_of(realm, return_url) else {
        return pages::error(400, "invalid return URL");
    };
    if field(&form, ["Input.Button", "button"]) == "cancel" {
        return refused_by_user(realm, &request);
    }
    let username = field(&form, ["Input.Username", "Username"]);
    let password = field(&form, ["Input.Password", "Password"]);
    let Some(user) = realm.authenticate(username, password) else {
        return login_form(realm, incoming, return_url, username, true);
    };
    let before = realm.session(incoming);
    let session = realm.start_session(&user, before.as_ref(), incoming);
    cookies::set(realm, Response::redirect(302, return_url), &session)
}

fn refused_by_user(realm: &Realm, request: &Parameters) -> Response {
    match authorize::read(realm, request, MODES) {
        Ok(authorization) => {
            let reply = &authorization.reply;
            reply.error("access_denied", "The user has not agreed.")
        }
        Err(_) => pages::error(400, "invalid return URL"),
    }
}

/// The consent page.
pub(super) fn consent(realm: &mut Realm, incoming: &Incoming) -> Response {
    let is_post = match incoming.request.method.as_str() {
        "GET" => false,
        "POST" => true,
        _ => return Response::empty(405),
    };
    let sent = incoming.parameters();
    let return_url = sent.text("ReturnUrl").unwrap_or_default().to_owned();
    let request = request_of(realm, &return_url);
    let found = request.and_then(|request| authorize::read(realm, &request, MODES).ok());
    let (Some(authorization), Some(session)) = (found, realm.session(incoming)) else {
        return pages::error(400, "no consent request matching the return URL");
    };
    if !is_post {
        let token = antiforgery::issue(realm, incoming);
        let page = pages::consent(realm, &token, &return_url, &authorization);
        return token.on(realm, page);
    }
    if !antiforgery::is_genuine(realm, incoming, &sent, Bound::BrowserAndUser) {
        return Response::empty(400);
    }
    if sent.text("button") != Some("yes") {
        let reply = &authorization.reply;
        return reply.error("access_denied", "The user has not agreed.");
    }
    let given = &mut realm.store.identity_server.consents;
    given.insert((session.user, authorization.client));
    Response::redirect(302, &return_url)
}
