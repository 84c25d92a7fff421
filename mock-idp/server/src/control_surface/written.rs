//! What the control surface answers, as JSON.

use jiff::Timestamp;
use mock_idp_core::{
    ControlAnswer, DialectId, Entry, Event, Expect, Fault, FaultUse, Response, Tenant,
    faults as every_fault,
};
use serde_json::{Map, Value, json};

use crate::site::Site;

pub(super) fn response(status: u16, value: &Value) -> Response {
    of_type("application/json", status, format!("{value}\n"))
}

/// A certificate (RFC 8555 section 9.1).
pub(super) fn pem(pem: &str) -> Response {
    of_type("application/pem-certificate-chain", 200, pem.to_owned())
}

fn of_type(media_type: &str, status: u16, content: String) -> Response {
    let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    Response {
        status,
        headers: vec![
            header("content-type", media_type),
            header("cache-control", "no-store"),
            header("x-content-type-options", "nosniff"),
        ],
        body: content.into_bytes(),
    }
}

pub(super) fn health(site: &Site) -> Value {
    let tenant = |tenant: &Tenant| json!({ "id": tenant.id, "dialect": tenant.dialect.name(), "issuer": tenant.issuer });
    let mut health = json!({
        "status": "up",
        "pid": std::process::id(),
        "tenants": site.described().tenants.iter().map(tenant).collect::<Vec<_>>(),
    });
    if let Some(reloads) = site.reloads() {
        health["config_file"] = json!({
            "path": reloads.path,
            "reloaded": reloads.taken_over,
            "error": reloads.error.map(|error| error.to_string()),
        });
    }
    health
}

pub(super) fn standing(answer: &ControlAnswer) -> Value {
    json!({
        "now": time(answer.now),
        "faults": answer.faults,
        "uses": answer.uses.iter().map(used).collect::<Vec<_>>(),
    })
}

/// A fault that is on, without the members that confine it to nothing.
fn used(fault: &FaultUse) -> Value {
    let mut members = Map::new();
    members.insert("id".to_owned(), json!(fault.id));
    for (name, value) in [
        ("tenant", fault.tenant.as_ref().map(|id| json!(id))),
        ("client", fault.client.as_ref().map(|id| json!(id))),
        ("times", fault.times.map(|times| json!(times))),
    ] {
        members.extend(value.map(|value| (name.to_owned(), value)));
    }
    Value::Object(members)
}

pub(super) fn faults(on: &[FaultUse]) -> Value {
    let faults: Vec<Value> = every_fault()
        .iter()
        .map(|fault| described(fault, on))
        .collect();
    json!({ "faults": faults })
}

fn described(fault: &Fault, on: &[FaultUse]) -> Value {
    let uses: Vec<&FaultUse> = on.iter().filter(|used| used.id == fault.id).collect();
    let dialects: Vec<&str> = fault
        .dialects
        .iter()
        .map(|dialect: &DialectId| dialect.name())
        .collect();
    let breaks: Map<String, Value> = fault
        .breaks
        .iter()
        .map(|(dialect, rules)| (dialect.name().to_owned(), json!(rules)))
        .collect();
    let expect = match fault.expect {
        Expect::Must => "must",
        Expect::Should => "should",
        Expect::None => "none",
    };
    json!({
        "id": fault.id,
        "summary": fault.summary,
        "on": !uses.is_empty(),
        "uses": uses.into_iter().map(used).collect::<Vec<_>>(),
        "dialects": dialects,
        "expect": expect,
        "breaks": breaks,
    })
}

pub(super) fn journal(entries: &[Entry], after: u64) -> Value {
    let entries: Vec<Value> = entries
        .iter()
        .filter(|entry| entry.number > after)
        .map(|shown| Value::Object(entry(shown)))
        .collect();
    json!({ "entries": entries })
}

/// An entry of the journal as it is shown.
pub(crate) fn entry(entry: &Entry) -> Map<String, Value> {
    let mut members = Map::new();
    members.insert("number".to_owned(), json!(entry.number));
    members.insert("at".to_owned(), json!(time(entry.at)));
    members.insert("tenant".to_owned(), json!(entry.tenant));
    if let Value::Object(event) = event(&entry.event) {
        members.extend(event);
    }
    members
}

fn event(event: &Event) -> Value {
    match event {
        Event::Request {
            method,
            endpoint,
            parameters,
            status,
        } => json!({
            "event": "request",
            "method": method,
            "endpoint": endpoint,
            "parameters": parameters,
            "status": status,
        }),
        Event::SessionStarted { session, user } => {
            json!({ "event": "session_started", "session": session, "user": user })
        }
        Event::SessionEnded { session, user } => {
            json!({ "event": "session_ended", "session": session, "user": user })
        }
        Event::FrontChannelLogout { client } => {
            json!({ "event": "front_channel_logout", "client": client })
        }
        Event::InternalCall {
            method,
            endpoint,
            cookie,
            status,
            set_cookie,
        } => json!({
            "event": "internal_call",
            "method": method,
            "endpoint": endpoint,
            "cookie": cookie,
            "status": status,
            "set_cookie": set_cookie,
        }),
        Event::Outgoing {
            purpose,
            method,
            origin,
            status,
            problem,
        } => json!({
            "event": "outgoing",
            "purpose": purpose,
            "method": method,
            "origin": origin,
            "status": status,
            "problem": problem,
        }),
        Event::SignOffRefused { reason } => json!({
            "event": "sign_off_refused",
            "parameter": reason.parameter(),
            "reason": reason.message(),
        }),
    }
}

fn time(at: Timestamp) -> String {
    at.to_string()
}
