//! A few bad targets under every circumstance in which a check may be skipped: by POST, without a hint, with
//! a client but no hint, with an unknown client, after the session has ended, without cookies, and behind
//! a forged hint. Published software has skipped it in each of them.

use super::{altered, stranger};
use crate::intent::{Cookies, LogoutIntent, Name, Value};
use crate::redirect::{RedirectOperation as Op, RedirectUri};
use crate::scenario::{Party, Scenario, SignIn, Step};
use crate::token::{ClaimEdit, ClaimValue, Hint, Signing};

/// A bad target: the last segment of the id, what it is called in a sentence, and the operation.
type Target = (&'static str, &'static str, fn() -> Op);

const TARGETS: [Target; 3] = [
    (
        "suffix-host",
        "a host that begins with the registered one",
        || Op::Host("{host}.{stranger}".into()),
    ),
    ("sub-path", "a page below the registered one", || {
        Op::Path("{path}/x".into())
    }),
    (
        "user-info-host",
        "a stranger's host behind an at-sign",
        || Op::Authority("{host}@{stranger}".into()),
    ),
];

/// A circumstance: the middle of the id, what is at stake with `{target}` to be filled in, and the steps.
type Circumstance = (&'static str, &'static str, fn(Op) -> Vec<Step>);

const CIRCUMSTANCES: [Circumstance; 7] = [
    (
        "by-post",
        "Posted in a form, {target} is no more registered than in a query.",
        |operation| signed_in_then(altered(operation).by_post()),
    ),
    (
        "without-hint",
        "Without a hint there is no client to compare with, and {target} has slipped through that gap.",
        |operation| signed_in_then(altered(operation).without(&Name::IdTokenHint)),
    ),
    (
        "client-only",
        "With only a `client_id` the list of that client decides, and {target} is not on it.",
        |operation| {
            signed_in_then(
                LogoutIntent::bare()
                    .client_id(Party::A)
                    .redirect(RedirectUri::altered(operation)),
            )
        },
    ),
    (
        "unknown-client",
        "An unknown client has no list, and an empty list must not admit {target}.",
        |operation| {
            signed_in_then(
                LogoutIntent::bare()
                    .with(Name::ClientId, Value::Text("no-such-client".into()))
                    .redirect(RedirectUri::altered(operation)),
            )
        },
    ),
    (
        "signed-off",
        "When there is nothing left to end, the shortcut for people who are signed off must not lead to {target}.",
        |operation| {
            vec![
                Step::SignIn(SignIn::default()),
                Step::SignOff(LogoutIntent::orderly()),
                Step::SignOff(altered(operation)),
            ]
        },
    ),
    (
        "without-cookies",
        "In a browser without a session, {target} is as unregistered as ever.",
        |operation| signed_in_then(altered(operation).cookies(Cookies::None)),
    ),
    (
        "forged-hint",
        "An unsigned hint for an unknown client selects no list, and {target} must not pass for want of one.",
        |operation| {
            signed_in_then(altered(operation).replacing(
                Name::IdTokenHint,
                Value::Hint(Hint::forged(
                    vec![ClaimEdit::set(
                        "aud",
                        ClaimValue::Text("no-such-client".into()),
                    )],
                    Signing::Alg("none".into()),
                )),
            ))
        },
    ),
];

pub(super) fn scenarios() -> Vec<Scenario> {
    CIRCUMSTANCES
        .iter()
        .flat_map(|(circumstance, stake, steps)| {
            TARGETS.iter().map(move |(target, words, operation)| {
                Scenario::of(
                    format!("redirect/{circumstance}/{target}"),
                    stake.replace("{target}", words),
                    steps(operation()),
                )
            })
        })
        .chain(never_signed_in())
        .collect()
}

fn signed_in_then(intent: LogoutIntent) -> Vec<Step> {
    vec![Step::SignIn(SignIn::default()), Step::SignOff(intent)]
}

/// Nobody ever signed in: there is no hint to send.
fn never_signed_in() -> Vec<Scenario> {
    vec![
        Scenario::of(
            "redirect/never-signed-in/stranger",
            "A link in a mail, no session, no hint, a stranger's address: the IdP's good name must not carry it.",
            vec![Step::SignOff(LogoutIntent::bare().redirect(stranger()))],
        ),
        Scenario::of(
            "redirect/never-signed-in/stranger-with-client",
            "A public `client_id` makes the link in the mail look complete, and the address is a stranger's still.",
            vec![Step::SignOff(
                LogoutIntent::bare()
                    .client_id(Party::A)
                    .redirect(stranger()),
            )],
        ),
    ]
}
