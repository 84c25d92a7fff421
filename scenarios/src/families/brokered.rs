//! Products that sign people on at an identity provider behind them, and off there too: by a logout token that the
//! application's server asks for, and by a notice when it began at the identity provider.

use crate::intent::LogoutIntent;
use crate::scenario::{Scenario, SignIn, Step};
use crate::way::{ByToken, Inability, Key, LogoutToken, Notice, Way, Whose};

/// Longer than anybody calls short-lived.
const TWO_DAYS: i64 = 2 * 24 * 60 * 60;

pub(super) fn scenarios() -> Vec<Scenario> {
    let mut all = vec![by_token(
        "brokered/orderly",
        "The application's server gets a logout token and the browser takes it along: signed off.",
        ByToken::default(),
    )];
    all.extend(calls());
    all.extend(tokens());
    all.extend(connections());
    all.extend(notices());
    all
}

fn token(by: ByToken) -> LogoutIntent {
    LogoutIntent::bare().by_way_of(Way::Token(by))
}

fn by_token(id: &str, purpose: &str, by: ByToken) -> Scenario {
    Scenario::after_sign_in(id, purpose, token(by))
}

fn calls() -> Vec<Scenario> {
    let key = |key| ByToken {
        key,
        ..ByToken::default()
    };
    let profile = |profile| ByToken {
        profile,
        ..ByToken::default()
    };
    vec![
        by_token(
            "brokered/call/key/absent",
            "Without an API key nobody may ask for a logout token.",
            key(Key::Absent),
        ),
        by_token(
            "brokered/call/key/wrong",
            "Nor with a key that nobody has.",
            key(Key::Wrong),
        ),
        by_token(
            "brokered/call/profile/unnamed",
            "A call that names no profile is for nobody.",
            profile(Whose::Unnamed),
        ),
        by_token(
            "brokered/call/profile/unknown",
            "A profile that does not exist cannot be signed off.",
            profile(Whose::Nobodys),
        ),
        by_token(
            "brokered/call/profile/other-tenant",
            "A profile of another environment is not this application's to sign off.",
            profile(Whose::OfOtherTenant),
        ),
    ]
}

fn tokens() -> Vec<Scenario> {
    let sent = |token| ByToken {
        token,
        ..ByToken::default()
    };
    vec![
        by_token(
            "brokered/token/absent",
            "Without a token nothing says who is to be signed off.",
            sent(LogoutToken::Absent),
        ),
        by_token(
            "brokered/token/unknown",
            "A token that was never handed out is worth nothing.",
            sent(LogoutToken::Invented),
        ),
        by_token(
            "brokered/token/other-tenant",
            "A token that another environment handed out signs nobody off here.",
            sent(LogoutToken::OfOtherTenant),
        ),
        by_token(
            "brokered/token/altered",
            "Nor is one that was changed on its way.",
            sent(LogoutToken::Altered),
        ),
        by_token(
            "brokered/token/expired",
            "A short-lived token is worth nothing two days later.",
            ByToken {
                wait: TWO_DAYS,
                ..ByToken::default()
            },
        ),
        Scenario::of(
            "brokered/token/used",
            "A token that was used signs nobody off who has signed in since.",
            vec![
                Step::SignIn(SignIn::default()),
                Step::SignOff(token(ByToken::default())),
                Step::SignIn(SignIn::default()),
                Step::SignOff(token(sent(LogoutToken::Earlier(0)))),
            ],
        ),
    ]
}

fn connections() -> Vec<Scenario> {
    let unable = |inability| ByToken {
        profile: Whose::Unable(inability),
        ..ByToken::default()
    };
    vec![
        by_token(
            "brokered/connection/other-protocol",
            "A connection that does not speak OpenID Connect has no Single Logout.",
            unable(Inability::OtherProtocol),
        ),
        by_token(
            "brokered/connection/not-enabled",
            "Nor has one for which it was not enabled.",
            unable(Inability::NotEnabled),
        ),
        by_token(
            "brokered/connection/no-revocation",
            "Nor one whose identity provider has no revocation_endpoint.",
            unable(Inability::NoRevocation),
        ),
        by_token(
            "brokered/connection/no-end-session",
            "Nor one whose identity provider has no end_session_endpoint.",
            unable(Inability::NoEndSession),
        ),
    ]
}

fn notices() -> Vec<Scenario> {
    let notice = |notice| LogoutIntent::bare().by_way_of(Way::Notice(notice));
    let known = Notice::default();
    let unknown = Notice {
        unknown_key: true,
        ..known
    };
    let with_parameters = Notice {
        with_parameters: true,
        ..known
    };
    vec![
        Scenario::after_sign_in(
            "brokered/notice/orderly",
            "A sign-off at the identity provider leads to the application's own logout endpoint.",
            notice(known),
        ),
        Scenario::after_sign_in(
            "brokered/notice/with-parameters",
            "The request cannot choose where it leads.",
            notice(with_parameters),
        ),
        Scenario::of(
            "brokered/notice/unknown-key",
            "An address with a key that nobody has leads nowhere.",
            vec![
                Step::SignIn(SignIn::default()),
                Step::SignOff(notice(known)),
                Step::SignOff(notice(unknown)),
            ],
        ),
    ]
}
