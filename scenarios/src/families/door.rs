//! Sign-offs at other addresses than the `end_session_endpoint`: products have some of their own, to which
//! the sentences of RP-Initiated Logout 1.0 do not apply.

use crate::intent::{LogoutIntent, Name, Value};
use crate::redirect::RedirectUri;
use crate::scenario::{Party, Scenario, SignIn, Step};
use crate::setting::Setting;

mod every_protocol;
mod hint_alone;
mod other_address;

/// The family's scenarios.
pub(super) fn scenarios() -> Vec<Scenario> {
    [
        other_address::scenarios(),
        hint_alone::scenarios(),
        every_protocol::scenarios(),
    ]
    .concat()
}

fn alice() -> Step {
    Step::SignIn(SignIn::default())
}

fn alice_at(party: Party) -> Step {
    Step::SignIn(SignIn::default().at(party))
}

/// A scenario whose settings are made before anybody signs in.
fn set(id: &str, purpose: &str, settings: &[Setting], steps: Vec<Step>) -> Scenario {
    let mut all: Vec<Step> = settings.iter().cloned().map(Step::Configure).collect();
    all.extend(steps);
    Scenario::of(id, purpose, all)
}

/// With a redirect URI that is registered nowhere.
fn to_stranger(intent: LogoutIntent) -> LogoutIntent {
    let uri = Value::Redirect(RedirectUri::altered(crate::RedirectOperation::Instead(
        format!("https://{}/", crate::redirect::STRANGER),
    )));
    intent.with(Name::PostLogoutRedirectUri, uri)
}
