//! Where a session ends for applications of every protocol, and what the usual address does for those.

use super::{alice, alice_at, set, to_stranger};
use crate::intent::{Cookies, LogoutIntent};
use crate::redirect::{RedirectOperation, RedirectUri};
use crate::scenario::{Browser, Party, Person, Scenario, SignIn, Step};
use crate::setting::Setting;
use crate::token::Hint;
use signoff_oidc::Door;

fn bare() -> LogoutIntent {
    LogoutIntent::bare().at(Door::EveryProtocol)
}

fn back() -> LogoutIntent {
    bare().redirect(RedirectUri::default())
}

fn listed() -> Setting {
    Setting::EveryProtocolUris(vec![Party::A])
}

fn one(id: &str, purpose: &str, intent: LogoutIntent) -> Scenario {
    set(
        id,
        purpose,
        &[listed()],
        vec![alice(), Step::SignOff(intent)],
    )
}

pub(super) fn scenarios() -> Vec<Scenario> {
    [sessions(), uris(), others()].concat()
}

fn sessions() -> Vec<Scenario> {
    let elsewhere = SignIn::default()
        .by(Person::Bob)
        .in_browser(Browser::Second);
    vec![
        one(
            "door/every-protocol/bare",
            "With nothing but the cookie, the session ends and the signed-off page shows.",
            bare(),
        ),
        one(
            "door/every-protocol/by-post",
            "By POST it does the same as by GET.",
            back().by_post(),
        ),
        one(
            "door/every-protocol/without-cookie",
            "Without the cookie nothing says whose session is meant, so none may end.",
            back().cookies(Cookies::None),
        ),
        set(
            "door/every-protocol/two-browsers",
            "Only the session of the cookie ends and not that of another browser.",
            &[listed()],
            vec![alice(), Step::SignIn(elsewhere), Step::SignOff(back())],
        ),
        set(
            "door/every-protocol/two-applications",
            "The session ends for both of its applications.",
            &[listed()],
            vec![alice(), alice_at(Party::B), Step::SignOff(back())],
        ),
    ]
}

fn uris() -> Vec<Scenario> {
    vec![
        one(
            "door/every-protocol/uri/listed",
            "An address on the list of the environment is followed.",
            back(),
        ),
        one(
            "door/every-protocol/uri/stranger",
            "An address that is on no list leads to the signed-off page, which is no error.",
            to_stranger(bare()),
        ),
        one(
            "door/every-protocol/uri/of-an-application",
            "An address that only an application registered is not on the list of the environment.",
            bare().redirect(RedirectUri::of(Party::B)),
        ),
        one(
            "door/every-protocol/uri/longer",
            "An address that only begins like a listed one is another.",
            bare().redirect(RedirectUri::altered(RedirectOperation::Append(
                "/more".to_owned(),
            ))),
        ),
    ]
}

/// Alice uses both applications; the second one wants to hear of sign-offs.
fn from_the_first(id: &str, purpose: &str, told: bool) -> Scenario {
    set(
        id,
        purpose,
        &[
            Setting::OthersToo(told),
            Setting::FrontChannelUri(Party::A),
            Setting::FrontChannelUri(Party::B),
        ],
        vec![
            alice(),
            alice_at(Party::B),
            Step::SignOff(
                LogoutIntent::bare()
                    .hint(Hint::OfSignIn(0))
                    .redirect(RedirectUri::default()),
            ),
        ],
    )
}

fn others() -> Vec<Scenario> {
    vec![
        from_the_first(
            "door/every-protocol/others/told",
            "With the setting on, a sign-off at the usual address tells the session's other application.",
            true,
        ),
        from_the_first(
            "door/every-protocol/others/not-told",
            "With the setting off, a sign-off at the usual address tells nobody.",
            false,
        ),
    ]
}
