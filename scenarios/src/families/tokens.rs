//! What becomes of refresh and access tokens (Back-Channel Logout 1.0 section 2.7, Core 1.0 section 11).

use crate::intent::{IfAsked, LogoutIntent};
use crate::redirect::RedirectUri;
use crate::scenario::{Browser, Party, Scenario, SignIn, Step};
use crate::token::Hint;

/// The family's scenarios.
pub(super) fn scenarios() -> Vec<Scenario> {
    [session_tokens(), offline_tokens()].concat()
}

fn alice() -> SignIn {
    SignIn::default().with_refresh_token()
}

fn alice_offline() -> SignIn {
    SignIn::default().with_offline_access()
}

fn orderly() -> Step {
    Step::SignOff(LogoutIntent::orderly())
}

fn session_tokens() -> Vec<Scenario> {
    vec![
        Scenario::of(
            "tokens/session/by-post",
            "A sign-off by POST ends the tokens of the session as one by GET does.",
            vec![
                Step::SignIn(alice()),
                Step::SignOff(LogoutIntent::orderly().by_post()),
            ],
        ),
        Scenario::of(
            "tokens/session/without-hint",
            "Who signs off without a hint, and says yes when asked, leaves no token behind either.",
            vec![Step::SignIn(alice()), Step::SignOff(LogoutIntent::bare())],
        ),
        Scenario::of(
            "tokens/session/declined",
            "Who is asked and says no keeps the session, and with it its tokens.",
            vec![
                Step::SignIn(alice()),
                Step::SignOff(LogoutIntent::bare().if_asked(IfAsked::No)),
            ],
        ),
        Scenario::of(
            "tokens/session/two-clients",
            "One sign-off ends the session, and so the tokens of both applications that share it.",
            vec![
                Step::SignIn(alice()),
                Step::SignIn(alice().at(Party::B)),
                orderly(),
            ],
        ),
        Scenario::of(
            "tokens/session/second-client-asks",
            "The application that joined later signs off, and the first one's tokens go with the session.",
            vec![
                Step::SignIn(alice()),
                Step::SignIn(alice().at(Party::B)),
                Step::SignOff(
                    LogoutIntent::bare()
                        .hint(Hint::OfSignIn(1))
                        .redirect(RedirectUri::of(Party::B)),
                ),
            ],
        ),
        Scenario::of(
            "tokens/session/other-browser",
            "Alice signs off on one of two devices: the tokens of the other one are none of this session's.",
            vec![
                Step::SignIn(alice()),
                Step::SignIn(alice().in_browser(Browser::Second)),
                orderly(),
            ],
        ),
    ]
}

fn offline_tokens() -> Vec<Scenario> {
    vec![
        Scenario::of(
            "tokens/offline/orderly",
            "A refresh token with offline access, which the person agreed to, outlives the session.",
            vec![Step::SignIn(alice_offline()), orderly()],
        ),
        Scenario::of(
            "tokens/offline/without-hint",
            "A sign-off without a hint does not take offline access away either.",
            vec![
                Step::SignIn(alice_offline()),
                Step::SignOff(LogoutIntent::bare()),
            ],
        ),
        Scenario::of(
            "tokens/offline/beside-session-tokens",
            "One application holds offline access and another does not: the sign-off ends what belongs to the session and nothing else.",
            vec![
                Step::SignIn(alice_offline()),
                Step::SignIn(alice().at(Party::B)),
                orderly(),
            ],
        ),
    ]
}
