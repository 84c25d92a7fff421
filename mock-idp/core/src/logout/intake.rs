//! What of a sign-off request is read, and what is refused before anything is looked at.

use crate::http::Response;
use crate::parameters::{Given, Parameters};
use crate::policy::{Intake, PostParameters, Repeats, StateOfPost, Values};
use crate::realm::{Incoming, Realm};
use crate::refusal::Refusal;

/// What the request asks for. Empty parameters are absent.
#[derive(Debug, Clone, Default)]
pub(crate) struct Wish {
    pub(crate) hint: Option<Vec<u8>>,
    pub(crate) target: Option<Value>,
    pub(crate) state: Option<Vec<u8>>,
    pub(crate) client_id: Option<Vec<u8>>,
    /// `ui_locales`, as sent.
    pub(crate) locales: String,
    pub(crate) by_post: bool,
}

/// The value of a parameter: what is checked and what is used. They are the same unless a policy says otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Value {
    pub(crate) checked: Vec<u8>,
    pub(crate) used: Vec<u8>,
}

/// A request that is not looked at any further.
pub(crate) enum Stopped {
    Answered(Response),
    Refused(Refusal),
}

const ONCE: [&str; 4] = [
    "id_token_hint",
    "post_logout_redirect_uri",
    "state",
    "client_id",
];

/// Reads a sign-off request.
pub(crate) fn read(realm: &Realm, incoming: &Incoming) -> Result<Wish, Stopped> {
    let intake = &realm.policy.intake;
    let allow = match (intake.get, intake.post) {
        (true, false) => "GET",
        (false, true) => "POST",
        _ => "GET, POST",
    };
    let method = incoming.request.method.as_str();
    if !allow.split(", ").any(|allowed| allowed == method) {
        return Err(Stopped::Answered(Response::not_allowed(allow)));
    }
    if let Some(bounds) = &intake.bounds
        && (incoming.request.target.len() > bounds.target
            || bounds
                .body
                .is_some_and(|bound| incoming.request.body.len() > bound))
    {
        return Err(Stopped::Answered(Response::text(
            bounds.status,
            Refusal::RequestTooLong.message(),
        )));
    }
    let form;
    let sent = match intake.post_parameters {
        PostParameters::Body if incoming.is_post() => {
            form = Parameters::of_form(incoming.request);
            &form
        }
        PostParameters::Body | PostParameters::Query => &incoming.query,
    };
    if intake.repeated == Repeats::Refused
        && let Some(name) = ONCE.iter().find(|name| sent.given(name) == Given::Repeated)
    {
        return Err(Stopped::Refused(Refusal::Repeated(name)));
    }
    if intake.refuses_unsupported_locales && asks_for_foreign_language(sent) {
        return Err(Stopped::Refused(Refusal::HarmlessParameter));
    }
    let mut wish = wish(intake, sent, incoming.is_post());
    if intake.state_of_post == StateOfPost::QueryFirst
        && let Some(state) = incoming.query.octets("state")
    {
        wish.state = Some(state.to_vec());
    }
    Ok(wish)
}

fn wish(intake: &Intake, sent: &Parameters, by_post: bool) -> Wish {
    let value = |name| value(intake, sent, name);
    Wish {
        hint: value("id_token_hint").map(|value| value.checked),
        target: value(intake.target_name),
        state: value("state").map(|value| value.used),
        client_id: value("client_id").map(|value| value.checked),
        locales: text(sent, "ui_locales"),
        by_post,
    }
}

fn text(sent: &Parameters, name: &str) -> String {
    sent.text(name).unwrap_or_default().to_owned()
}

/// The value of a parameter, as the policy reads repeats and octets.
fn value(intake: &Intake, sent: &Parameters, name: &str) -> Option<Value> {
    let read = |value: &[u8]| match intake.values {
        Values::Octets => value.to_vec(),
        Values::Text => String::from_utf8_lossy(value).into_owned().into_bytes(),
    };
    let blank = |value: &[u8]| match intake.values {
        Values::Octets => value.is_empty(),
        Values::Text => String::from_utf8_lossy(value).trim().is_empty(),
    };
    let one = |value: Vec<u8>| Value {
        checked: value.clone(),
        used: value,
    };
    let present: Vec<_> = sent.all(name).filter(|value| !blank(value)).collect();
    match intake.repeated {
        Repeats::Refused | Repeats::First => present.first().map(|value| one(read(value))),
        Repeats::Last => present.last().map(|value| one(read(value))),
        Repeats::FirstCheckedLastUsed => Some(Value {
            checked: read(present.first()?),
            used: read(present.last()?),
        }),
        Repeats::FirstCounts => sent
            .all(name)
            .next()
            .filter(|value| !blank(value))
            .map(|value| one(read(value))),
        Repeats::Joined => {
            let joined = present.join(&b',');
            (!joined.is_empty()).then(|| one(read(&joined)))
        }
    }
}

fn asks_for_foreign_language(sent: &Parameters) -> bool {
    let asked = sent.octets("ui_locales").unwrap_or_default();
    asked
        .split(|octet| *octet == b' ')
        .any(|tag| !tag.is_empty() && !tag.starts_with(b"en"))
}
