//! A language that is not spoken is an error, at sign-in.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;
use crate::dialects::oidc::words;
use crate::http::Response;
use crate::realm::{Incoming, Realm};
use crate::uri;

pub(super) static FAULT: Fault = Fault {
    id: "sign-in-locales-refused",
    summary: "refuses authorization requests with ui_locales that it does not speak",
    dialects: &[Oidc],
    expect: Expect::Should,
    breaks: &[(Oidc, &["CORE-3.1.2.1-06"])],
    stands_on: &["L-18"],
    inject: |policy| {
        policy.before.push(refuse);
    },
};

fn refuse(_: &Realm, incoming: &Incoming) -> Option<Response> {
    if incoming.path != "/authorize" {
        return None;
    }
    let sent = incoming.parameters();
    sent.text("ui_locales")
        .filter(|tags| !tags.split(' ').any(words::is_spoken))?;
    let mut parameters = vec![("error", b"invalid_request".as_slice())];
    parameters.extend(sent.octets("state").map(|state| ("state", state)));
    let client = uri::with_parameters(sent.octets("redirect_uri")?, &parameters);
    Some(Response::redirect(302, &client))
}
