//! Hints of another person or session than the browser's, and forged hints that name a victim: what a
//! hint may do to the sessions it speaks of.

use super::with_hint;
use crate::intent::{Cookies, LogoutIntent};
use crate::scenario::{Browser, Person, Scenario, SignIn, Step};
use crate::token::{ClaimEdit, ClaimValue, Hint, Signing};

pub(super) fn scenarios() -> Vec<Scenario> {
    [other_user(), other_session(), stolen(), victim()].concat()
}

fn alice() -> Step {
    Step::SignIn(SignIn::default())
}

fn alice_elsewhere() -> Step {
    Step::SignIn(SignIn::default().in_browser(Browser::Second))
}

fn bob_elsewhere() -> Step {
    Step::SignIn(
        SignIn::default()
            .by(Person::Bob)
            .in_browser(Browser::Second),
    )
}

fn sign_off(hint: Hint) -> Step {
    Step::SignOff(with_hint(hint))
}

fn other_user() -> Vec<Scenario> {
    vec![
        Scenario::of(
            "hint/other-user/in-another-browser",
            "Bob's genuine hint in Alice's browser: if it ends her session unasked, any user can sign off any other.",
            vec![alice(), bob_elsewhere(), sign_off(Hint::OfSignIn(1))],
        ),
        Scenario::of(
            "hint/other-user/by-post",
            "Bob's hint posted from a foreign page into Alice's browser is the same attack in a form.",
            vec![
                alice(),
                bob_elsewhere(),
                Step::SignOff(with_hint(Hint::OfSignIn(1)).by_post()),
            ],
        ),
        Scenario::of(
            "hint/other-user/without-redirect",
            "With no redirect to honour, all that Bob's hint could do is to sign Alice off.",
            vec![
                alice(),
                bob_elsewhere(),
                Step::SignOff(LogoutIntent::bare().hint(Hint::OfSignIn(1))),
            ],
        ),
        Scenario::of(
            "hint/other-user/earlier-in-this-browser",
            "Bob used this browser before and an application kept his token: it must not speak for Alice now.",
            vec![
                Step::SignIn(SignIn::default().by(Person::Bob)),
                sign_off(Hint::OfSignIn(0)),
                alice(),
                sign_off(Hint::OfSignIn(0)),
            ],
        ),
    ]
}

fn other_session() -> Vec<Scenario> {
    vec![
        Scenario::of(
            "hint/other-session/same-user",
            "The hint of Alice's session elsewhere: the one here must not end unasked, and the one there not at all.",
            vec![alice(), alice_elsewhere(), sign_off(Hint::OfSignIn(1))],
        ),
        Scenario::of(
            "hint/previous-session/same-user",
            "After signing off and on again the old token is of a session that ended: suspect, says the text.",
            vec![
                alice(),
                Step::SignOff(LogoutIntent::orderly()),
                alice(),
                sign_off(Hint::OfSignIn(0)),
            ],
        ),
        Scenario::of(
            "hint/previous-session/of-another-day",
            "The session of this token was signed off two days ago: nobody can call it recent.",
            vec![
                alice(),
                Step::SignOff(LogoutIntent::orderly()),
                Step::Advance(2 * 24 * 60 * 60),
                alice(),
                sign_off(Hint::OfSignIn(0)),
            ],
        ),
        Scenario::of(
            "hint/previous-session/control",
            "After signing off and on again the new token works as the first one did.",
            vec![
                alice(),
                Step::SignOff(LogoutIntent::orderly()),
                alice(),
                sign_off(Hint::OfSignIn(1)),
            ],
        ),
    ]
}

/// Genuine hints, sent from where they were never issued to.
fn stolen() -> Vec<Scenario> {
    vec![
        Scenario::of(
            "hint/stolen/from-a-fresh-browser",
            "A hint found in a log, sent from a browser that never signed in, shows whether the hint alone ends its owner's session.",
            vec![alice_elsewhere(), sign_off(Hint::OfSignIn(0))],
        ),
        Scenario::after_sign_in(
            "hint/stolen/without-cookies",
            "The session's own hint without its cookies: a cross-site request, or a thief, with the session still alive.",
            LogoutIntent::orderly().cookies(Cookies::None),
        ),
    ]
}

/// Claims that make the first sign-in's token speak of the second one's user and session.
fn naming_the_second() -> Vec<ClaimEdit> {
    vec![
        ClaimEdit::set("sub", ClaimValue::SubjectOf(1)),
        ClaimEdit::set("sid", ClaimValue::SidOf(1)),
    ]
}

fn victim() -> Vec<Scenario> {
    let attack = |signing, cookies| {
        let hint = Hint::forged(naming_the_second(), signing);
        vec![
            alice(),
            bob_elsewhere(),
            Step::SignOff(with_hint(hint).cookies(cookies)),
        ]
    };
    vec![
        Scenario::of(
            "hint/victim/by-stranger",
            "A forged hint names Bob's user and session, sent without cookies: if claims are used before the signature is checked, Bob is signed off.",
            attack(Signing::Stranger, Cookies::None),
        ),
        Scenario::of(
            "hint/victim/unsigned",
            "The same victim named in an unsigned token, which anybody can write.",
            attack(Signing::Alg("none".to_owned()), Cookies::None),
        ),
        Scenario::of(
            "hint/victim/old-signature",
            "The same victim named above the signature of the attacker's own genuine token.",
            attack(Signing::Unchanged, Cookies::None),
        ),
        Scenario::of(
            "hint/victim/from-a-live-session",
            "The attacker is signed in himself while his forged hint names Bob: neither session may end by a failed hint unasked.",
            attack(Signing::Stranger, Cookies::Current),
        ),
        Scenario::of(
            "hint/victim/copied-claims",
            "The victim's own claims signed by a stranger, from a browser without a session: only the signature gives the forgery away.",
            vec![
                bob_elsewhere(),
                sign_off(Hint::forged(Vec::new(), Signing::Stranger)),
            ],
        ),
    ]
}
