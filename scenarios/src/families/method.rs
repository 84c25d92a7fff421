//! How the request is sent (RP-Initiated Logout 1.0 section 2: GET and POST; OpenID Connect Core 1.0
//! sections 13.1 and 13.2: query and form).

use crate::intent::{LogoutIntent, Method, Name, Place, State, Value};
use crate::redirect::{RedirectOperation, RedirectUri, STRANGER};
use crate::scenario::{Party, Scenario};
use crate::token::Hint;

/// The family's scenarios.
pub(super) fn scenarios() -> Vec<Scenario> {
    [post(), places(), conflicts(), others()].concat()
}

fn own_hint() -> Value {
    Value::Hint(Hint::OfSignIn(0))
}

fn own_uri() -> Value {
    Value::Redirect(RedirectUri::default())
}

fn state() -> Value {
    Value::State(State::Text("af0ifjsldkj".into()))
}

fn post() -> Vec<Scenario> {
    vec![
        Scenario::after_sign_in(
            "method/post/orderly",
            "The orderly request in a form: both methods have to be supported, and to the same end.",
            LogoutIntent::orderly().by_post(),
        ),
        Scenario::after_sign_in(
            "method/post/hint-only",
            "A form with nothing but the hint: signed off, and nowhere to go.",
            LogoutIntent::bare().hint(Hint::OfSignIn(0)).by_post(),
        ),
        Scenario::after_sign_in(
            "method/post/without-hint",
            "A form without a hint, which any foreign page can send: the person has to be asked.",
            LogoutIntent::orderly()
                .without(&Name::IdTokenHint)
                .by_post(),
        ),
        Scenario::after_sign_in(
            "method/post/without-parameters",
            "An empty form asks for a sign-off and says nothing else.",
            LogoutIntent::bare().by_post(),
        ),
        Scenario::after_sign_in(
            "method/post/without-state",
            "A form without a state must not come back with one.",
            LogoutIntent::orderly().without(&Name::State).by_post(),
        ),
    ]
}

fn places() -> Vec<Scenario> {
    let posted = || LogoutIntent::bare().by_post();
    vec![
        Scenario::after_sign_in(
            "method/post/query-only",
            "A POST with an empty body and everything in the query: the parameters are where POST does not want them.",
            posted()
                .with_in(Place::Query, Name::IdTokenHint, own_hint())
                .with_in(Place::Query, Name::PostLogoutRedirectUri, own_uri())
                .with_in(Place::Query, Name::State, state()),
        ),
        Scenario::after_sign_in(
            "method/post/hint-in-query",
            "The hint in the query and the rest in the form: reading both merges two requests into one that nobody made.",
            posted()
                .with_in(Place::Query, Name::IdTokenHint, own_hint())
                .with_in(Place::Body, Name::PostLogoutRedirectUri, own_uri())
                .with_in(Place::Body, Name::State, state()),
        ),
        Scenario::after_sign_in(
            "method/post/redirect-in-query",
            "The target in the query and the hint in the form: the checked target and the used one may come from different places.",
            posted()
                .with_in(Place::Body, Name::IdTokenHint, own_hint())
                .with_in(Place::Query, Name::PostLogoutRedirectUri, own_uri())
                .with_in(Place::Body, Name::State, state()),
        ),
    ]
}

/// A POST whose query and body each have their own value of one parameter.
fn conflicting(name: &Name, in_query: Value, in_body: Value) -> LogoutIntent {
    let mut intent = LogoutIntent::bare().by_post();
    for (other, value) in [
        (Name::IdTokenHint, own_hint()),
        (Name::PostLogoutRedirectUri, own_uri()),
        (Name::State, state()),
    ] {
        if other != *name {
            intent = intent.with_in(Place::Body, other, value);
        }
    }
    intent
        .with_in(Place::Query, name.clone(), in_query)
        .with_in(Place::Body, name.clone(), in_body)
}

fn conflicts() -> Vec<Scenario> {
    let strangers_uri = || {
        Value::Redirect(RedirectUri::altered(RedirectOperation::Instead(format!(
            "https://{STRANGER}/"
        ))))
    };
    let garbage = || Value::Hint(Hint::Text("garbage".to_owned()));
    vec![
        Scenario::after_sign_in(
            "method/conflict/bad-redirect-in-query",
            "A registered target in the form and a stranger's in the query: the one followed must be the one checked.",
            conflicting(&Name::PostLogoutRedirectUri, strangers_uri(), own_uri()),
        ),
        Scenario::after_sign_in(
            "method/conflict/bad-redirect-in-body",
            "A registered target in the query and a stranger's in the form, for servers that check the query.",
            conflicting(&Name::PostLogoutRedirectUri, own_uri(), strangers_uri()),
        ),
        Scenario::after_sign_in(
            "method/conflict/bad-hint-in-query",
            "A good hint in the form and a bad one in the query: a hint that failed must not be covered by another place.",
            conflicting(&Name::IdTokenHint, garbage(), own_hint()),
        ),
        Scenario::after_sign_in(
            "method/conflict/bad-hint-in-body",
            "A bad hint in the form and a good one in the query: the form is what a POST says.",
            conflicting(&Name::IdTokenHint, own_hint(), garbage()),
        ),
        Scenario::after_sign_in(
            "method/conflict/state",
            "Two states in two places: the one in the form is the one that was sent by the rules of POST.",
            conflicting(
                &Name::State,
                Value::State(State::Text("from-the-query".into())),
                Value::State(State::Text("from-the-body".into())),
            ),
        ),
        Scenario::after_sign_in(
            "method/conflict/other-client-in-query",
            "Client A in the form and client B in the query: a comparison with the wrong one lets the other through.",
            LogoutIntent::orderly()
                .by_post()
                .with_in(Place::Query, Name::ClientId, Value::ClientId(Party::B))
                .with_in(Place::Body, Name::ClientId, Value::ClientId(Party::A)),
        ),
    ]
}

fn others() -> Vec<Scenario> {
    vec![
        Scenario::after_sign_in(
            "method/head/orderly",
            "HEAD is what link checkers send ahead: whatever it does, it answers as GET would, without a body.",
            LogoutIntent::orderly().by(Method::Head),
        ),
        Scenario::after_sign_in(
            "method/head/without-parameters",
            "A bare HEAD from a link checker must not sign anybody off unasked.",
            LogoutIntent::bare().by(Method::Head),
        ),
        Scenario::after_sign_in(
            "method/put/orderly",
            "PUT is no method of this endpoint: a refusal, and a session that lives on or an answer like POST's, but no server error.",
            LogoutIntent::orderly().by(Method::Put),
        ),
    ]
}
