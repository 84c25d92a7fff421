//! `/authorize` and the sign-in form.

use super::{pages, session_cookie_name, set_cookie};
use crate::authorize::{self, Authorization, Prompt, Rejected, ResponseMode};
use crate::clock::after;
use crate::http::Response;
use crate::page;
use crate::realm::{Incoming, Realm, Site};
use crate::sessions::Flow;

const MODES: &[ResponseMode] = &[
    ResponseMode::Query,
    ResponseMode::Fragment,
    ResponseMode::FormPost,
];

pub(crate) fn authorize(realm: &mut Realm, incoming: &Incoming) -> Response {
    if !matches!(incoming.request.method.as_str(), "GET" | "POST") {
        return Response::not_allowed("GET, POST");
    }
    match authorize::read(realm, &incoming.parameters(), MODES) {
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
        let reply = authorization.reply.clone();
        return reply.code(&authorization.grant(realm, &session, incoming.now));
    }
    if authorization.prompt == Prompt::None {
        return authorization
            .reply
            .error("login_required", "The End-User must sign in.");
    }
    // The browser that began a sign-in is the one that ends it: its cookie must come back with the form.
    let browser = incoming
        .cookies(&browser_cookie_name(realm))
        .into_iter()
        .next();
    let known =
        browser.filter(|value| realm.store.flows.values().any(|flow| flow.cookie == *value));
    let browser = known.unwrap_or_else(|| realm.random.opaque());
    let id = realm.random.opaque();
    let response = pages::sign_on(realm, &id, &authorization.login_hint, false);
    let flow = Flow {
        id: id.clone(),
        cookie: browser.clone(),
        authorization,
        held_up: None,
        completed: None,
        created: incoming.now,
        expires: after(incoming.now, realm.tenant.lifetimes.flow),
    };
    realm.store.flows.put(id, flow);
    set_cookie(realm, response, &browser_cookie_name(realm), &browser)
}

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
    let browser = incoming.cookies(&browser_cookie_name(realm));
    let found = realm.store.flows.find(id);
    let own =
        found.is_some_and(|flow| browser.contains(&flow.cookie) && flow.expires > incoming.now);
    if !own {
        let sorry = "<p>This sign-in has expired or was begun in another browser.</p>";
        return page::page(400, "Sign in", sorry);
    }
    let username = form.text("username").unwrap_or_default();
    let Some(user) = realm.authenticate(username, form.text("password").unwrap_or_default()) else {
        return pages::sign_on(realm, id, username, true);
    };
    let Some(flow) = realm.store.flows.take(id) else {
        return pages::sign_on(realm, id, username, true);
    };
    let before = realm.session(incoming);
    let session = realm.start_session(&user, before.as_ref(), incoming);
    let reply = flow.authorization.reply.clone();
    let response = reply.code(&flow.authorization.grant(realm, &session, incoming.now));
    set_cookie(
        realm,
        response,
        &session_cookie_name(realm),
        &session.cookie,
    )
}
