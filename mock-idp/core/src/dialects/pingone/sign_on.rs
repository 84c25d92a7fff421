//! `/as/authorize` and `/as/resume`: the two ends of a sign-on.

use serde_json::json;

use super::{cookies, errors, flows};
use crate::authorize::{self, Authorization, Prompt, Rejected, ResponseMode};
use crate::clock::after;
use crate::http::Response;
use crate::realm::{Incoming, Realm};
use crate::sessions::{Flow, Session};

const MODES: &[ResponseMode] = &[
    ResponseMode::Query,
    ResponseMode::Fragment,
    ResponseMode::FormPost,
    ResponseMode::PiFlow,
];

pub(crate) fn authorize(realm: &mut Realm, incoming: &Incoming) -> Response {
    if !matches!(incoming.request.method.as_str(), "GET" | "POST") {
        return Response::not_allowed("GET, POST");
    }
    let sent = incoming.parameters();
    let by_json = sent.octets("response_mode") == Some(b"pi.flow");
    if !by_json && accepts_json_only(incoming) {
        return errors::media_type(realm, 406).answer();
    }
    match authorize::read(realm, &sent, MODES) {
        Ok(authorization) => {
            proceed(realm, incoming, authorization).with("X-Frame-Options", "DENY")
        }
        Err(Rejected::Shown { parameter, message }) => {
            let error = errors::invalid_value(realm, parameter, message);
            if by_json {
                error.answer()
            } else {
                error.shown(realm, incoming.site)
            }
        }
        Err(Rejected::Sent { description, .. }) if by_json => {
            errors::invalid_value(realm, "request", description).answer()
        }
        Err(Rejected::Sent {
            reply,
            error,
            description,
        }) => reply.error(error, description),
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
            let reply = authorization.reply.clone();
            reply.code(&authorization.grant(realm, &session, incoming.now))
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
    let id = begin(realm, incoming, authorization, cookie.clone(), None);
    let response = if by_json {
        flows::shown(realm, incoming, &id)
    } else {
        Response::redirect(
            302,
            &format!("{}/signon/?flowId={id}", realm.ui(incoming.site)),
        )
    };
    cookies::set(realm, incoming.site, response, &cookie)
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
    let reply = flow.authorization.reply.clone();
    let code = flow.authorization.grant(realm, &session, incoming.now);
    if reply.mode != ResponseMode::PiFlow {
        return reply.code(&code);
    }
    let mut answer = json!({ "code": code });
    if let Some(state) = &reply.state {
        answer["state"] = String::from_utf8_lossy(state).into_owned().into();
    }
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

pub(crate) fn accepts_json_only(incoming: &Incoming) -> bool {
    let accept = incoming.header_text("Accept").unwrap_or("*/*");
    accept
        .split(',')
        .all(|range| range.split(';').next().unwrap_or_default().trim() == "application/json")
}
