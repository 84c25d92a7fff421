//! `/as/authorize` and `/as/resume`: the two ends of a sign-on.

use serde_json::{Value, json};

use super::{cookies, errors, flows, session_check};
use crate::authorize::{self, Authorization, Prompt, Rejected, ResponseMode};
use crate::clock::after;
use crate::http::Response;
use crate::parameters::Parameters;
use crate::realm::{Incoming, Realm};
use crate::sessions::{Flow, Session};
use crate::token::pushed;
use crate::uri;

pub(super) const MODES: &[ResponseMode] = &[
    ResponseMode::Query,
    ResponseMode::Fragment,
    ResponseMode::FormPost,
    ResponseMode::PiFlow,
];

pub(crate) fn authorize(realm: &mut Realm, incoming: &Incoming) -> Response {
    if !matches!(incoming.request.method.as_str(), "GET" | "POST") {
        return Response::not_allowed("GET, POST");
    }
    // The product's own browser SDK posts with all parameters in the address and no content.
    let sent = if incoming.is_post() && incoming.request.body.is_empty() {
        incoming.query.clone()
    } else {
        incoming.parameters()
    };
    match pushed::resolved(realm, incoming, sent) {
        Ok(sent) => asked(realm, incoming, &sent),
        Err(rejected) => refused(realm, incoming, rejected, false),
    }
}

fn asked(realm: &mut Realm, incoming: &Incoming, sent: &Parameters) -> Response {
    let by_json = sent.octets("response_mode") == Some(b"pi.flow");
    if !by_json && accepts_json_only(incoming) {
        return errors::media_type(realm, 406).answer();
    }
    match authorize::read(realm, sent, MODES) {
        Ok(authorization) => {
            proceed(realm, incoming, authorization).with("X-Frame-Options", "DENY")
        }
        Err(rejected) => refused(realm, incoming, rejected, by_json),
    }
}

fn refused(realm: &mut Realm, incoming: &Incoming, rejected: Rejected, by_json: bool) -> Response {
    match rejected {
        Rejected::Shown { parameter, message } => {
            let error = errors::invalid_value(realm, parameter, message);
            if by_json {
                error.answer()
            } else {
                let client = incoming.parameters();
                error.shown_by(realm, incoming.site, client.text("client_id"))
            }
        }
        Rejected::Sent { description, .. } if by_json => {
            errors::invalid_value(realm, "request", description).answer()
        }
        Rejected::Sent {
            reply,
            error,
            description,
        } => reply.error(error, description),
    }
}

fn proceed(realm: &mut Realm, incoming: &Incoming, authorization: Authorization) -> Response {
    let session = realm.session(incoming);
    let by_json = authorization.reply.mode == ResponseMode::PiFlow;
    if let Some(session) = authorization.served_by(session.clone(), incoming.now) {
        return if by_json {
            let id = begin(
                realm,
                incoming,
                authorization,
                session.cookie.clone(),
                Some(session.id),
            );
            flows::finished(realm, incoming, &id)
        } else {
            coded(realm, incoming, authorization, &session)
        };
    }
    if authorization.prompt == Prompt::None {
        return if by_json {
            errors::login_required(realm).answer()
        } else {
            authorization
                .reply
                .error("login_required", "User authentication is required.")
        };
    }
    let cookie = browser_cookie(realm, incoming, session);
    let client = authorization.client.clone();
    let id = begin(realm, incoming, authorization, cookie.clone(), None);
    let response = if by_json {
        flows::shown(realm, incoming, &id)
    } else {
        Response::redirect(302, &pages(realm, incoming, &client, &id))
    };
    cookies::set(realm, incoming.site, response, &cookie)
}

/// Where people sign on in a flow: at the hosted pages, or at the application's own.
fn pages(realm: &Realm, incoming: &Incoming, client: &str, flow: &str) -> String {
    let client = realm.tenant.client(client);
    match client.and_then(|client| client.login_page_url.as_deref()) {
        Some(own) => {
            let environment = realm.tenant.id.as_bytes();
            let parameters = [("environmentId", environment), ("flowId", flow.as_bytes())];
            uri::with_parameters(own.as_bytes(), &parameters)
        }
        None => format!("{}/signon/?flowId={flow}", realm.ui(incoming.site)),
    }
}

/// Sends the browser back with a code.
fn coded(
    realm: &mut Realm,
    incoming: &Incoming,
    authorization: Authorization,
    session: &Session,
) -> Response {
    let reply = authorization.reply.clone();
    let state = session_check::state(realm, &authorization, session);
    let code = authorization.grant(realm, session, incoming.now);
    reply.code_with(&code, state)
}

/// The cookie that ties a flow to its browser: the one it has, if that means anything here, or a new one.
fn browser_cookie(realm: &mut Realm, incoming: &Incoming, session: Option<Session>) -> String {
    let of_flow = cookies::sent(incoming).into_iter().find(|sent| {
        realm
            .store
            .flows
            .values()
            .any(|flow| flow.cookie == *sent && flow.completed.is_none())
    });
    session
        .map(|session| session.cookie)
        .or(of_flow)
        .unwrap_or_else(|| realm.random.uuid())
}

fn begin(
    realm: &mut Realm,
    incoming: &Incoming,
    authorization: Authorization,
    cookie: String,
    completed: Option<String>,
) -> String {
    let id = realm.random.uuid();
    let flow = Flow {
        id: id.clone(),
        cookie,
        authorization,
        held_up: None,
        completed,
        created: incoming.now,
        expires: after(incoming.now, realm.tenant.lifetimes.flow),
    };
    realm.store.flows.put(id.clone(), flow);
    id
}

/// `GET /as/resume`: a completed flow becomes a code.
pub(crate) fn resume(realm: &mut Realm, incoming: &Incoming) -> Response {
    if incoming.request.method != "GET" {
        return Response::not_allowed("GET");
    }
    let found = incoming
        .query
        .text("flowId")
        .and_then(|id| realm.store.flows.find(id));
    let own = found.filter(|flow| {
        cookies::sent(incoming).contains(&flow.cookie) && flow.expires > incoming.now
    });
    let id = own
        .filter(|flow| flow.completed.is_some())
        .map(|flow| flow.id.clone());
    let session = realm.session(incoming);
    let flow = id.zip(session).and_then(|(id, session)| {
        let own = realm.store.flows.find(&id)?.completed.as_deref() == Some(&session.id);
        own.then(|| realm.store.flows.take(&id))
            .flatten()
            .zip(Some(session))
    });
    let Some((flow, session)) = flow else {
        let message = "The flow is unknown, not completed, or another browser's.";
        return errors::invalid_value(realm, "flowId", message).shown(realm, incoming.site);
    };
    if flow.authorization.reply.mode != ResponseMode::PiFlow {
        return coded(realm, incoming, flow.authorization, &session);
    }
    let answer = answer_of(realm, incoming, flow.authorization, &session);
    Response::json(
        200,
        &json!({
            "id": flow.id,
            "environment": { "id": realm.tenant.id },
            "session": { "id": session.id },
            "status": "COMPLETED",
            "authorizeResponse": answer,
        }),
    )
}

/// The `authorizeResponse` of a flow: what a redirect would carry.
pub(super) fn answer_of(
    realm: &mut Realm,
    incoming: &Incoming,
    authorization: Authorization,
    session: &Session,
) -> Value {
    let state = authorization.reply.state.clone();
    let checked = session_check::state(realm, &authorization, session);
    let mut answer = json!({ "code": authorization.grant(realm, session, incoming.now) });
    if let Some(state) = state {
        answer["state"] = String::from_utf8_lossy(&state).into_owned().into();
    }
    if let Some(checked) = checked {
        answer["session_state"] = checked.into();
    }
    answer
}

pub(crate) fn accepts_json_only(incoming: &Incoming) -> bool {
    let accept = incoming.header_text("Accept").unwrap_or("*/*");
    accept
        .split(',')
        .all(|range| range.split(';').next().unwrap_or_default().trim() == "application/json")
}
