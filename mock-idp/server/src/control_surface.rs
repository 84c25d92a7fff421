//! The control surface over HTTP: what a test may do to the provider that no relying party can.
//!
//! Content is JSON and read strictly. A `POST` needs `Content-Type: application/json`, so that no page in a browser
//! can command a mock on the loopback address by a form.

mod written;

pub(crate) use written::entry as entry_as_json;

use mock_idp_core::{
    Control, ControlAnswer, ControlError, FaultUse, Request, Response, TenantClock,
};
use percent_encoding::percent_decode_str;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::site::Site;

/// The path below which no tenant is served. `{PREFIX}/health` says whether the server is up.
pub const PREFIX: &str = "/__mock";

/// Carries out a command and says how things stand. None when the request is not meant for the control surface.
pub(crate) fn answer(site: &Site, request: &Request) -> Option<Response> {
    let below = request.target.strip_prefix(PREFIX)?;
    let (path, query) = below.split_once('?').unwrap_or((below, ""));
    if !path.is_empty() && !path.starts_with('/') {
        return None;
    }
    if (request.method.as_str(), path) == ("GET", "/ca.pem") {
        return Some(authority(site).unwrap_or_else(Refused::response));
    }
    let answer = carried_out(site, request, path, query);
    Some(answer.map_or_else(Refused::response, |value| written::response(200, &value)))
}

fn carried_out(site: &Site, request: &Request, path: &str, query: &str) -> Result<Value, Refused> {
    let segments: Vec<&str> = path.split('/').skip(1).collect();
    match (request.method.as_str(), segments.as_slice()) {
        ("GET", ["health"]) => Ok(written::health(site)),
        ("GET", ["journal"]) => journal(site, query),
        ("GET", ["faults"]) => standing(site).map(|standing| written::faults(&standing.uses)),
        ("POST", ["clock"]) => clock(site, request),
        ("POST", ["clients", tenant, client]) => switch_client(site, request, tenant, client),
        ("POST", ["faults"]) => switch_fault(site, request),
        ("POST", ["reset"]) => reset(site, request),
        _ => Err(unknown_route(&segments)),
    }
}

/// What has to be trusted, which nobody can be asked to fetch over TLS.
fn authority(site: &Site) -> Result<Response, Refused> {
    let secured = site.secured.as_ref();
    let secured = secured.ok_or_else(|| Refused::new(404, "this server does not speak TLS"))?;
    Ok(written::pem(&secured.ca_pem()))
}

struct Refused {
    status: u16,
    why: String,
}

impl Refused {
    fn new(status: u16, why: impl Into<String>) -> Self {
        Self {
            status,
            why: why.into(),
        }
    }

    fn response(self) -> Response {
        written::response(self.status, &json!({ "error": self.why }))
    }
}

impl From<ControlError> for Refused {
    fn from(error: ControlError) -> Self {
        let status = match error {
            ControlError::ClockOutOfRange | ControlError::FaultForNothing => 400,
            _ => 404,
        };
        Self::new(status, error.to_string())
    }
}

/// What there is, and how it is asked for.
const ROUTES: [(&str, &str); 7] = [
    ("health", "GET"),
    ("ca.pem", "GET"),
    ("clock", "POST"),
    ("clients", "POST"),
    ("reset", "POST"),
    ("journal", "GET"),
    ("faults", "GET or POST"),
];

fn unknown_route(segments: &[&str]) -> Refused {
    let known = segments
        .first()
        .and_then(|first| ROUTES.iter().find(|(name, _)| name == first));
    match known {
        Some(("clients", _)) if segments.len() != 3 => Refused::new(
            404,
            format!("clients are addressed as {PREFIX}/clients/TENANT/CLIENT"),
        ),
        Some((name, methods)) if segments.len() == 1 || *name == "clients" => {
            Refused::new(405, format!("{PREFIX}/{name} takes {methods}"))
        }
        _ => {
            let names: Vec<&str> = ROUTES.iter().map(|(name, _)| *name).collect();
            Refused::new(
                404,
                format!("below {PREFIX}/ there are: {}", names.join(", ")),
            )
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClockCommand {
    advance_seconds: Option<i64>,
    set: Option<String>,
    freeze: Option<bool>,
    tenant: Option<String>,
}

fn clock(site: &Site, request: &Request) -> Result<Value, Refused> {
    let command: ClockCommand = content(request)?;
    let clock = match (command.advance_seconds, command.set, command.freeze) {
        (Some(seconds), None, None) => TenantClock::Advance(seconds),
        (None, Some(at), None) => TenantClock::Set(at.parse().map_err(|_| {
            Refused::new(
                400,
                "set: not a time with an offset, such as 2030-01-31T12:00:00Z",
            )
        })?),
        (None, None, Some(true)) => TenantClock::Freeze,
        (None, None, Some(false)) => TenantClock::Run,
        _ => {
            return Err(Refused::new(
                400,
                "exactly one of advance_seconds, set, freeze is needed",
            ));
        }
    };
    let command = match (command.tenant, clock) {
        (Some(tenant), clock) => Control::TenantClock { tenant, clock },
        (None, TenantClock::Advance(seconds)) => Control::AdvanceClock { seconds },
        (None, TenantClock::Set(at)) => Control::SetClock { at },
        (None, TenantClock::Freeze) => Control::FreezeClock {},
        (None, TenantClock::Run) => Control::RunClock {},
    };
    commanded(site, command)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClientCommand {
    enabled: bool,
}

fn switch_client(
    site: &Site,
    request: &Request,
    tenant: &str,
    client: &str,
) -> Result<Value, Refused> {
    let (tenant, client) = (decoded(tenant)?, decoded(client)?);
    let command = if content::<ClientCommand>(request)?.enabled {
        Control::EnableClient { tenant, client }
    } else {
        Control::DisableClient { tenant, client }
    };
    commanded(site, command)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FaultCommand {
    id: String,
    on: bool,
    #[serde(default)]
    tenant: Option<String>,
    #[serde(default)]
    client: Option<String>,
    #[serde(default)]
    times: Option<u32>,
}

fn switch_fault(site: &Site, request: &Request) -> Result<Value, Refused> {
    let FaultCommand {
        id,
        on,
        tenant,
        client,
        times,
    } = content(request)?;
    let command = match (on, times) {
        (true, times) => Control::UseFault(FaultUse {
            id,
            tenant,
            client,
            times,
        }),
        (false, None) => Control::DropFault { id, tenant, client },
        (false, Some(_)) => {
            return Err(Refused::new(
                400,
                "times: a fault that is switched off has none",
            ));
        }
    };
    commanded(site, command)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ResetCommand {
    tenant: Option<String>,
}

fn reset(site: &Site, request: &Request) -> Result<Value, Refused> {
    let command = match content::<ResetCommand>(request)?.tenant {
        Some(tenant) => Control::ResetTenant { tenant },
        None => Control::Reset {},
    };
    commanded(site, command)
}

/// The entries that are asked for: all, those after a number, those of a tenant.
fn journal(site: &Site, query: &str) -> Result<Value, Refused> {
    let (mut after, mut tenant) = (0, None);
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        match pair.split_once('=') {
            Some(("after", number)) => {
                after = number
                    .parse()
                    .map_err(|_| Refused::new(400, "after: not the number of an entry"))?;
            }
            Some(("tenant", id)) => tenant = Some(decoded(id)?),
            _ => {
                return Err(Refused::new(
                    400,
                    "the journal takes the parameters after=NUMBER and tenant=ID and no other",
                ));
            }
        }
    }
    let mut entries = site.journal();
    entries.retain(|entry| tenant.is_none() || entry.tenant == tenant);
    Ok(written::journal(&entries, after))
}

fn commanded(site: &Site, command: Control) -> Result<Value, Refused> {
    Ok(written::standing(&site.control(command)?))
}

/// How things stand, with nothing changed.
fn standing(site: &Site) -> Result<ControlAnswer, Refused> {
    Ok(site.control(Control::AdvanceClock { seconds: 0 })?)
}

fn content<T: DeserializeOwned>(request: &Request) -> Result<T, Refused> {
    let media_type = request.header("content-type").unwrap_or_default();
    let essence = media_type
        .split(|octet| *octet == b';')
        .next()
        .unwrap_or_default()
        .trim_ascii();
    if !essence.eq_ignore_ascii_case(b"application/json") {
        return Err(Refused::new(415, "the content must be application/json"));
    }
    serde_json::from_slice(&request.body).map_err(|error| Refused::new(400, error.to_string()))
}

fn decoded(segment: &str) -> Result<String, Refused> {
    let text = percent_decode_str(segment).decode_utf8();
    text.map(std::borrow::Cow::into_owned)
        .map_err(|_| Refused::new(400, "the path is not UTF-8 once decoded"))
}
