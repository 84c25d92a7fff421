//! Which session is there (RP-Initiated Logout 1.0 sections 2 and 4). What the person answers when asked has
//! a file of its own.

use crate::intent::{Cookies, LogoutIntent, Name};
use crate::redirect::RedirectUri;
use crate::scenario::{Browser, Party, Person, Scenario, SignIn, Step};
use crate::setting::Setting;
use crate::token::Hint;

mod asked;

/// The family's scenarios.
pub(super) fn scenarios() -> Vec<Scenario> {
    [
        none(),
        signed_off_already(),
        replayed_cookies(),
        other_browser(),
        several_clients(),
        gone_or_with_own_pages(),
        asked::scenarios(),
    ]
    .concat()
}

fn alice() -> Step {
    Step::SignIn(SignIn::default())
}

fn alice_at(party: Party) -> Step {
    Step::SignIn(SignIn::default().at(party))
}

fn alice_elsewhere() -> Step {
    Step::SignIn(SignIn::default().in_browser(Browser::Second))
}

fn orderly() -> Step {
    Step::SignOff(LogoutIntent::orderly())
}

fn gone_or_with_own_pages() -> Vec<Scenario> {
    let own_hint = LogoutIntent::bare().hint(Hint::OfSignIn(0));
    let back = RedirectUri::of(Party::Disposable);
    vec![
        Scenario::of(
            "session/client-deleted/before-the-sign-off",
            "The client of the hint was deleted after the sign-in, so nobody vouches for its redirect URI.",
            vec![
                alice_at(Party::Disposable),
                Step::Delete(Party::Disposable),
                Step::SignOff(own_hint.clone().redirect(back)),
            ],
        ),
        Scenario::of(
            "session/own-pages/without-redirect",
            "The client has pages of its own in place of those of the IdP, and names no redirect URI.",
            vec![
                Step::Configure(Setting::OwnPages(Party::A)),
                alice(),
                Step::SignOff(own_hint),
            ],
        ),
    ]
}

fn none() -> Vec<Scenario> {
    vec![
        Scenario::of(
            "session/none/bare",
            "Nobody ever signed in here: asking for a sign-off is no error.",
            vec![Step::SignOff(LogoutIntent::bare())],
        ),
        Scenario::of(
            "session/none/with-redirect",
            "Nobody ever signed in here, and a registered URI is not yet a reason to go there.",
            vec![Step::SignOff(
                LogoutIntent::orderly().without(&Name::IdTokenHint),
            )],
        ),
        Scenario::of(
            "session/none/hint-only-by-post",
            "A browser without a session posts a genuine hint of a session elsewhere, and wants nothing back.",
            vec![
                alice_elsewhere(),
                Step::SignOff(LogoutIntent::bare().hint(Hint::OfSignIn(0)).by_post()),
            ],
        ),
        Scenario::after_sign_in(
            "session/none/bare-without-cookies",
            "Without its cookies a request says nothing about any session, so the one that exists has to live on.",
            LogoutIntent::bare().cookies(Cookies::None),
        ),
    ]
}

fn signed_off_already() -> Vec<Scenario> {
    vec![
        Scenario::of(
            "session/twice/same-request",
            "The same request once more, as by a double click or the back button, is no error.",
            vec![alice(), orderly(), orderly()],
        ),
        Scenario::of(
            "session/twice/by-post",
            "The same form sent twice, as by a reload, is no error either.",
            vec![
                alice(),
                Step::SignOff(LogoutIntent::orderly().by_post()),
                Step::SignOff(LogoutIntent::orderly().by_post()),
            ],
        ),
        Scenario::of(
            "session/twice/second-without-hint",
            "An application that forgot its token sends the person off a second time, with nothing left to end.",
            vec![alice(), orderly(), Step::SignOff(LogoutIntent::bare())],
        ),
        Scenario::of(
            "session/twice/without-redirect",
            "A second hint without a target ends on the IdP's own page, as the first one did.",
            vec![
                alice(),
                Step::SignOff(LogoutIntent::bare().hint(Hint::OfSignIn(0))),
                Step::SignOff(LogoutIntent::bare().hint(Hint::OfSignIn(0))),
            ],
        ),
    ]
}

fn replayed_cookies() -> Vec<Scenario> {
    let replayed =
        |intent: LogoutIntent| Step::SignOff(intent.cookies(Cookies::SavedBeforeSignOff));
    vec![
        Scenario::of(
            "session/old-cookies/replayed",
            "Cookies saved before the sign-off are sent again: the session behind them has to be over, not only forgotten by the browser.",
            vec![alice(), orderly(), replayed(LogoutIntent::orderly())],
        ),
        Scenario::of(
            "session/old-cookies/without-hint",
            "Saved cookies alone must not wake the session they belonged to.",
            vec![alice(), orderly(), replayed(LogoutIntent::bare())],
        ),
        Scenario::of(
            "session/old-cookies/beside-a-new-session",
            "Old cookies and the old hint while a new session is open: they belong together and to nothing that exists.",
            vec![
                alice(),
                orderly(),
                alice(),
                replayed(LogoutIntent::orderly()),
            ],
        ),
    ]
}

fn other_browser() -> Vec<Scenario> {
    vec![
        Scenario::of(
            "session/other-browser/same-user",
            "Alice is signed in on two devices and signs off on one: the other session is not the one that was meant.",
            vec![alice(), alice_elsewhere(), orderly()],
        ),
        Scenario::of(
            "session/other-browser/same-user-without-hint",
            "With no hint the cookie alone says which of Alice's two sessions ends.",
            vec![
                alice(),
                alice_elsewhere(),
                Step::SignOff(LogoutIntent::bare()),
            ],
        ),
        Scenario::of(
            "session/other-browser/other-user",
            "Bob is signed in elsewhere, and Alice's sign-off is none of his business.",
            vec![
                alice(),
                Step::SignIn(
                    SignIn::default()
                        .by(Person::Bob)
                        .in_browser(Browser::Second),
                ),
                orderly(),
            ],
        ),
    ]
}

fn several_clients() -> Vec<Scenario> {
    let hint_and_uri_of_b = || {
        LogoutIntent::bare()
            .hint(Hint::OfSignIn(1))
            .redirect(RedirectUri::of(Party::B))
    };
    vec![
        Scenario::of(
            "session/two-clients/first-asks",
            "One sign-off ends the session for both applications that share it.",
            vec![alice(), alice_at(Party::B), orderly()],
        ),
        Scenario::of(
            "session/two-clients/second-asks",
            "The application that joined the session later may end it just as well, and gets its own redirect.",
            vec![
                alice(),
                alice_at(Party::B),
                Step::SignOff(hint_and_uri_of_b()),
            ],
        ),
        Scenario::of(
            "session/two-clients/one-after-the-other",
            "The second application signs off after the first one did: its hint is of a session that ended a moment ago.",
            vec![
                alice(),
                alice_at(Party::B),
                orderly(),
                Step::SignOff(hint_and_uri_of_b()),
            ],
        ),
        Scenario::of(
            "session/client-disabled/before-the-sign-off",
            "The application was disabled while its user was signed on, and now asks with its own hint and no target in a form.",
            vec![
                alice_at(Party::Disposable),
                Step::Disable(Party::Disposable),
                Step::SignOff(LogoutIntent::bare().hint(Hint::OfSignIn(0)).by_post()),
            ],
        ),
        Scenario::of(
            "session/client-disabled/another-asks",
            "A disabled application in the session must not keep the others from ending it.",
            vec![
                alice(),
                alice_at(Party::Disposable),
                Step::Disable(Party::Disposable),
                orderly(),
            ],
        ),
        Scenario::of(
            "session/another-user/takes-over",
            "Bob signs in where Alice was signed in: his session is a new one, and he signs off from that.",
            vec![
                alice(),
                Step::SignIn(SignIn::default().by(Person::Bob)),
                Step::SignOff(
                    LogoutIntent::bare()
                        .hint(Hint::OfSignIn(1))
                        .redirect(RedirectUri::default()),
                ),
            ],
        ),
        Scenario::of(
            "session/refresh-token",
            "A refresh token issued in the session, without offline access, should not outlive it.",
            vec![
                Step::SignIn(SignIn::default().with_refresh_token()),
                orderly(),
            ],
        ),
    ]
}
