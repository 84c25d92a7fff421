//! What is sent as `client_id` (RP-Initiated Logout 1.0 section 2): beside a hint it has to agree with it, and
//! without one it may name the client whose redirect URIs count.

use crate::intent::{LogoutIntent, Name, Value};
use crate::redirect::RedirectUri;
use crate::scenario::{Party, Scenario, SignIn, Step};
use crate::token::{Hint, Signing};

/// The family's scenarios.
pub(super) fn scenarios() -> Vec<Scenario> {
    [beside_a_hint(), odd_values(), alone(), failed_hint()].concat()
}

fn hint_and(client: Party) -> LogoutIntent {
    LogoutIntent::bare()
        .hint(Hint::OfSignIn(0))
        .client_id(client)
}

fn text(client_id: &str) -> Value {
    Value::Text(client_id.into())
}

fn beside_a_hint() -> Vec<Scenario> {
    vec![
        Scenario::after_sign_in(
            "client/agrees",
            "Hint and `client_id` name the same client: the check is passed, and nothing changes for the person.",
            LogoutIntent::orderly().client_id(Party::A),
        ),
        Scenario::after_sign_in(
            "client/agrees-without-redirect",
            "Some mobile kits always add their `client_id`, also when they want no redirect.",
            hint_and(Party::A),
        ),
        Scenario::after_sign_in(
            "client/disagrees/without-redirect",
            "The hint is client A's and the `client_id` says B: a request that contradicts itself must not sign anybody off unasked.",
            hint_and(Party::B),
        ),
        Scenario::after_sign_in(
            "client/disagrees/with-uri-of-hint",
            "Where hint and `client_id` disagree, following client A's URI means that the `client_id` was never checked.",
            hint_and(Party::B).redirect(RedirectUri::default()),
        ),
        Scenario::after_sign_in(
            "client/disagrees/with-uri-of-client",
            "Where hint and `client_id` disagree, following client B's URI lets anybody's token unlock it.",
            hint_and(Party::B).redirect(RedirectUri::of(Party::B)),
        ),
        Scenario::of(
            "client/disagrees/both-signed-in",
            "Client B takes part in the session, and still a hint of client A does not speak for it.",
            vec![
                Step::SignIn(SignIn::default()),
                Step::SignIn(SignIn::default().at(Party::B)),
                Step::SignOff(hint_and(Party::B).redirect(RedirectUri::of(Party::B))),
            ],
        ),
        Scenario::after_sign_in(
            "client/disagrees/by-post",
            "The contradiction in a form is the same contradiction.",
            hint_and(Party::B)
                .redirect(RedirectUri::of(Party::B))
                .by_post(),
        ),
    ]
}

fn odd_values() -> Vec<Scenario> {
    let then = |value| LogoutIntent::orderly().with(Name::ClientId, value);
    vec![
        Scenario::after_sign_in(
            "client/unknown/with-hint",
            "A `client_id` that nobody has cannot be the client of the hint.",
            then(text("no-such-client")),
        ),
        Scenario::after_sign_in(
            "client/unknown/alone",
            "A `client_id` that nobody has, with a URI that somebody registered: no client, so no list to find it on.",
            LogoutIntent::bare()
                .with(Name::ClientId, text("no-such-client"))
                .redirect(RedirectUri::default()),
        ),
        Scenario::after_sign_in(
            "client/unknown/markup",
            "An error page that repeats the unknown `client_id` must escape it.",
            then(text("\"><script>alert(1)</script>")),
        ),
        Scenario::after_sign_in(
            "client/empty/with-hint",
            "An empty `client_id` beside a good hint counts as left out or as a mismatch, and must not fail in any third way.",
            then(text("")),
        ),
        Scenario::after_sign_in(
            "client/empty/alone",
            "An empty `client_id` confirms no target.",
            LogoutIntent::bare()
                .with(Name::ClientId, text(""))
                .redirect(RedirectUri::default()),
        ),
        Scenario::after_sign_in(
            "client/repeated/same-twice",
            "The same `client_id` twice agrees with the hint both times.",
            LogoutIntent::orderly()
                .client_id(Party::A)
                .client_id(Party::A),
        ),
        Scenario::after_sign_in(
            "client/repeated/own-then-other",
            "Client A, then client B: if the first is compared and the last one's URIs count, the comparison is worthless.",
            hint_and(Party::A)
                .client_id(Party::B)
                .redirect(RedirectUri::of(Party::B)),
        ),
        Scenario::after_sign_in(
            "client/repeated/other-then-own",
            "Client B, then client A, for servers that compare the last and use the first.",
            hint_and(Party::B)
                .client_id(Party::A)
                .redirect(RedirectUri::of(Party::B)),
        ),
    ]
}

fn alone() -> Vec<Scenario> {
    let only = |client| LogoutIntent::bare().client_id(client);
    vec![
        Scenario::after_sign_in(
            "client/alone/registered-uri",
            "A `client_id` and its exact URI may confirm the target without a hint, once the person has said yes.",
            only(Party::A)
                .redirect(RedirectUri::default())
                .state("af0ifjsldkj"),
        ),
        Scenario::after_sign_in(
            "client/alone/registered-uri-by-post",
            "The same request in a form has to be answered alike.",
            only(Party::A)
                .redirect(RedirectUri::default())
                .state("af0ifjsldkj")
                .by_post(),
        ),
        Scenario::after_sign_in(
            "client/alone/other-clients-uri",
            "A `client_id` with another client's URI: the list of all clients together must not decide.",
            only(Party::A).redirect(RedirectUri::of(Party::B)),
        ),
        Scenario::after_sign_in(
            "client/alone/not-in-session",
            "Client B and its own URI, though only client A was signed on to: the target is confirmed, and the person is asked all the same.",
            only(Party::B).redirect(RedirectUri::of(Party::B)),
        ),
        Scenario::after_sign_in(
            "client/alone/without-redirect",
            "A public `client_id` proves nothing about who asks, so the person has to be asked.",
            only(Party::A),
        ),
        Scenario::of(
            "client/alone/never-signed-in",
            "Nobody is signed on: it is no error to ask for a sign-off that has happened already.",
            vec![Step::SignOff(
                only(Party::A).redirect(RedirectUri::default()),
            )],
        ),
        Scenario::of(
            "client/alone/disabled",
            "A disabled client named by its `client_id` must not get its URI honoured.",
            vec![
                Step::SignIn(SignIn::default()),
                Step::Disable(Party::Disposable),
                Step::SignOff(only(Party::Disposable).redirect(RedirectUri::of(Party::Disposable))),
            ],
        ),
    ]
}

/// A hint that fails is not the same as no hint.
fn failed_hint() -> Vec<Scenario> {
    let beside = |hint| {
        LogoutIntent::bare()
            .hint(hint)
            .client_id(Party::A)
            .redirect(RedirectUri::default())
    };
    vec![
        Scenario::after_sign_in(
            "client/beside-garbage-hint",
            "The `client_id` is good and the hint is not: one failed item stops what depends on it and is not made good by another.",
            beside(Hint::Text("garbage".to_owned())),
        ),
        Scenario::after_sign_in(
            "client/beside-forged-hint",
            "A good `client_id` beside a stranger's token must not lend it credit.",
            beside(Hint::forged(Vec::new(), Signing::Stranger)),
        ),
        Scenario::after_sign_in(
            "client/beside-empty-hint",
            "A good `client_id` beside an empty hint: left out, or failed, but not proof.",
            beside(Hint::Text(String::new())),
        ),
    ]
}
