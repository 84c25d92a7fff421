//! What of a sign-off request is read, and what is refused before anything is looked at.

use crate::http::Response;
use crate::parameters::{Given, Parameters};
use crate::policy::{PostParameters, Repeats, StateOfPost};
use crate::realm::{Incoming, Realm};
use crate::refusal::Refusal;

/// What the request asks for. Empty parameters are absent.
#[derive(Debug, Clone, Default)]
pub(crate) struct Wish {
    pub(crate) hint: Option<Vec<u8>>,
    pub(crate) target: Option<Target>,
    pub(crate) state: Option<Vec<u8>>,
    pub(crate) client_id: Option<Vec<u8>>,
    /// `ui_locales`, as sent.
    pub(crate) locales: String,
    pub(crate) by_post: bool,
}

/// A `post_logout_redirect_uri`: the value that is checked and the value that is used. They are the same unless a
/// policy says otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Target {
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
    let mut wish = wish(
        sent,
        intake.repeated,
        incoming.is_post(),
        intake.target_name,
    );
    if intake.state_of_post == StateOfPost::QueryFirst
        && let Some(state) = incoming.query.octets("state")
    {
        wish.state = Some(state.to_vec());
    }
    Ok(wish)
}

fn wish(sent: &Parameters, repeated: Repeats, by_post: bool, target_name: &str) -> Wish {
    let first = |name: &str| {
        sent.all(name)
            .find(|value| !value.is_empty())
            .map(<[u8]>::to_vec)
    };
    let last = |name: &str| {
        sent.all(name)
            .filter(|value| !value.is_empty())
            .last()
            .map(<[u8]>::to_vec)
    };
    let checked = |name: &str| match repeated {
        Repeats::Refused | Repeats::First | Repeats::FirstCheckedLastUsed => first(name),
        Repeats::Last => last(name),
    };
    let used = |name: &str| match repeated {
        Repeats::Refused | Repeats::First => first(name),
        Repeats::Last | Repeats::FirstCheckedLastUsed => last(name),
    };
    let target = checked(target_name).zip(used(target_name));
    Wish {
        hint: checked("id_token_hint"),
        target: target.map(|(checked, used)| Target { checked, used }),
        state: used("state"),
        client_id: checked("client_id"),
        locales: text(sent, "ui_locales"),
        by_post,
    }
}

fn text(sent: &Parameters, name: &str) -> String {
    sent.text(name).unwrap_or_default().to_owned()
}

fn asks_for_foreign_language(sent: &Parameters) -> bool {
    let asked = sent.octets("ui_locales").unwrap_or_default();
    asked
        .split(|octet| *octet == b' ')
        .any(|tag| !tag.is_empty() && !tag.starts_with(b"en"))
}
