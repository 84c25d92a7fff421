//! `/authorize` and the sign-in form.

use super::{asked, pages, session_cookie_name, set_cookie};
use crate::authorize::{self, Authorization, Prompt, Rejected, ResponseMode};
use crate::clock::after;
use crate::config::DialectId;
use crate::http::Response;
use crate::page;
use crate::realm::{Incoming, Realm, Site};
use crate::sessions::{Flow, Session};

const MODES: &[ResponseMode] = &[
    ResponseMode::Query,
    ResponseMode::Fragment,
    ResponseMode::FormPost,
];

pub(crate) fn authorize(realm: &mut Realm, incoming: &Incoming) -> Response {
    if !matches!(incoming.request.method.as_str(), "GET" | "POST") {
        return Response::not_allowed("GET, POST");
    }
    let sent = incoming.parameters();
    let read = authorize::read(realm, &sent, MODES);
    let read = read.and_then(|authorization| match realm.tenant.dialect {
        DialectId::Oidc => asked::complete(realm, &sent, authorization),
        _ => Ok(authorization),
    });
    match read {
        Ok(authorization) => proceed(realm, incoming, authorization),
        Err(Rejected::Shown { parameter, message }) => page::page(
            400,
            "Sign in",
            &format!("<p>{message} (<code>{parameter}</code>)</p>"),
        ),
        Err(Rejected::Sent {
            reply,
            error,
            description,
        }) => reply.error(error, description),
    }
}

fn proceed(realm: &mut Realm, incoming: &Incoming, authorization: Authorization) -> Response {
    let session = realm.session(incoming);
    if let Some(session) = authorization.served_by(session, incoming.now) {
        return concluded(realm, incoming, authorization, &session);
    }
    if authorization.prompt == Prompt::None && realm.policy.around.silence_kept {
        return authorization
            .reply
            .error("login_required", "The End-User must sign in.");
    }
    let login_hint = authorization.login_hint.clone();
    let (id, browser) = begin(realm, incoming, authorization, None);
    let response = pages::sign_on(realm, &id, &login_hint, false);
    set_cookie(realm, response, &browser_cookie_name(realm), &browser)
}

/// Answers the client, or asks for consent first.
fn concluded(
    realm: &mut Realm,
    incoming: &Incoming,
    authorization: Authorization,
    session: &Session,
) -> Response {
    if !authorization.wanted.consent {
        let reply = authorization.reply.clone();
        return reply.code(&authorization.grant(realm, session, incoming.now));
    }
    let (client, scope) = (authorization.client.clone(), authorization.scope.clone());
    let (id, browser) = begin(realm, incoming, authorization, Some(session.id.clone()));
    let response = pages::consent(realm, &id, &client, &scope);
    set_cookie(realm, response, &browser_cookie_name(realm), &browser)
}

/// Keeps a request until its browser comes back: to sign in, or to consent with the session that is there. Gives the
/// transaction and the cookie. The browser that began is the one that ends it: its cookie must come back with the form.
fn begin(
    realm: &mut Realm,
    incoming: &Incoming,
    authorization: Authorization,
    session: Option<String>,
) -> (String, String) {
    let sent = incoming
        .cookies(&browser_cookie_name(realm))
        .into_iter()
        .next();
    let known = sent.filter(|value| realm.store.flows.values().any(|flow| flow.cookie == *value));
    let browser = known.unwrap_or_else(|| realm.random.opaque());
    let id = realm.random.opaque();
    let flow = Flow {
        id: id.clone(),
        cookie: browser.clone(),
        authorization,
        held_up: None,
        completed: session,
        created: incoming.now,
        expires: after(incoming.now, realm.tenant.lifetimes.flow),
    };
    realm.store.flows.put(id.clone(), flow);
    (id, browser)
}

/// Whether a transaction is this browser's, and at this point: with a session or without one.
fn is_own(realm: &Realm, incoming: &Incoming, id: &str, with_session: bool) -> bool {
    let browser = incoming.cookies(&browser_cookie_name(realm));
    realm.store.flows.find(id).is_some_and(|flow| {
        browser.contains(&flow.cookie)
            && flow.expires > incoming.now
            && flow.completed.is_some() == with_session
    })
}

const NOT_OWN: &str = "<p>This sign-in has expired or was begun in another browser.</p>";

fn browser_cookie_name(realm: &Realm) -> String {
    let prefix = if realm.is_https(Site::Default) {
        "__Host-"
    } else {
        ""
    };
    format!("{prefix}sign-in{}", realm.tenant.id)
}

/// `POST /sign-in`.
pub(crate) fn submitted(realm: &mut Realm, incoming: &Incoming) -> Response {
    if !incoming.is_post() {
        return Response::not_allowed("POST");
    }
    let form = incoming.parameters();
    let id = form.text("transaction").unwrap_or_default();
    if !is_own(realm, incoming, id, false) {
        return page::page(400, "Sign in", NOT_OWN);
    }
    let username = form.text("username").unwrap_or_default();
    let Some(user) = realm.authenticate(username, form.text("password").unwrap_or_default()) else {
        return pages::sign_on(realm, id, username, true);
    };
    let Some(flow) = realm.store.flows.take(id) else {
        return pages::sign_on(realm, id, username, true);
    };
    let wanted = flow.authorization.wanted.user.as_ref();
    if wanted.is_some_and(|wanted| *wanted != user) {
        return flow
            .authorization
            .reply
            .error("login_required", "Another End-User was asked for.");
    }
    let before = realm.session(incoming);
    let session = realm.start_session(&user, before.as_ref(), incoming);
    let response = concluded(realm, incoming, flow.authorization, &session);
    set_cookie(
        realm,
        response,
        &session_cookie_name(realm),
        &session.cookie,
    )
}

/// `POST /consent`.
pub(crate) fn consented(realm: &mut Realm, incoming: &Incoming) -> Response {
    if !incoming.is_post() {
        return Response::not_allowed("POST");
    }
    let form = incoming.parameters();
    let id = form.text("transaction").unwrap_or_default();
    let session = realm.session(incoming);
    let own = is_own(realm, incoming, id, true);
    let flow = own.then(|| realm.store.flows.take(id)).flatten();
    let (Some(flow), Some(session)) = (flow, session) else {
        return page::page(400, "Consent", NOT_OWN);
    };
    if flow.completed.as_ref() != Some(&session.id) {
        return page::page(400, "Consent", NOT_OWN);
    }
    let reply = flow.authorization.reply.clone();
    match form.text("answer") {
        Some("allow") => reply.code(&flow.authorization.grant(realm, &session, incoming.now)),
        _ => reply.error("access_denied", "The End-User did not consent."),
    }
}
