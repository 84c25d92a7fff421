//! Where an ID token alone ends its session: no cookie says whose it is, so everything hangs on the token.

use super::{alice, alice_at, set, to_stranger};
use crate::intent::{Cookies, LogoutIntent, Name, Value};
use crate::redirect::RedirectUri;
use crate::scenario::{Browser, Party, Person, Scenario, SignIn, Step};
use crate::setting::Setting;
use crate::token::{ClaimEdit, ClaimValue, Hint, IssuerEdit, Signing};
use signoff_oidc::Door;

const ON: Setting = Setting::HintAlone(Party::A, true);
const OFF: Setting = Setting::HintAlone(Party::A, false);

/// Without any cookie, as a program sends it.
fn bare() -> LogoutIntent {
    LogoutIntent::bare()
        .at(Door::HintAlone)
        .cookies(Cookies::None)
}

fn own() -> LogoutIntent {
    bare().hint(Hint::OfSignIn(0))
}

fn own_and_back() -> LogoutIntent {
    own().redirect(RedirectUri::default())
}

fn one(id: &str, purpose: &str, setting: Setting, intent: LogoutIntent) -> Scenario {
    set(
        id,
        purpose,
        &[setting],
        vec![alice(), Step::SignOff(intent)],
    )
}

pub(super) fn scenarios() -> Vec<Scenario> {
    [ends(), answers(), refusals(), applications(), hints()].concat()
}

fn ends() -> Vec<Scenario> {
    let elsewhere = SignIn::default().in_browser(Browser::Second);
    vec![
        one(
            "door/hint-alone/without-cookie",
            "The token alone has to end its session, though no cookie comes with it.",
            ON,
            own_and_back(),
        ),
        one(
            "door/hint-alone/with-cookie",
            "The browser's cookie comes along and changes nothing.",
            ON,
            own_and_back().cookies(Cookies::Current),
        ),
        set(
            "door/hint-alone/from-another-browser",
            "The token ends the session that it was issued in and not that of the browser that sends it.",
            &[ON],
            vec![
                alice(),
                Step::SignIn(elsewhere.by(Person::Bob)),
                Step::SignOff(own_and_back().in_browser(Browser::Second)),
            ],
        ),
        set(
            "door/hint-alone/two-sessions-of-one-user",
            "Of two sessions of one person only that of the token ends.",
            &[ON],
            vec![alice(), Step::SignIn(elsewhere), Step::SignOff(own())],
        ),
    ]
}

fn answers() -> Vec<Scenario> {
    vec![
        one(
            "door/hint-alone/answer/json-accepted",
            "A program that accepts JSON gets an answer without content.",
            ON,
            own().header("Accept", "application/json"),
        ),
        one(
            "door/hint-alone/answer/page-accepted",
            "A browser that named no address to go to lands on the sign-on page.",
            ON,
            own().header("Accept", "text/html"),
        ),
        one(
            "door/hint-alone/answer/redirect-before-json",
            "A redirect URI goes before the wish for JSON.",
            ON,
            own_and_back().header("Accept", "application/json"),
        ),
        one(
            "door/hint-alone/answer/unregistered-uri",
            "A redirect URI that the application never registered must not be followed.",
            ON,
            to_stranger(own()),
        ),
    ]
}

fn refusals() -> Vec<Scenario> {
    vec![
        one(
            "door/hint-alone/no-hint",
            "Without the token there is nothing that says whose session is meant, whatever cookie came along.",
            ON,
            bare()
                .cookies(Cookies::Current)
                .redirect(RedirectUri::default()),
        ),
        one(
            "door/hint-alone/client/agrees",
            "A client_id that is the token's audience is in order.",
            ON,
            own_and_back().client_id(Party::A),
        ),
        one(
            "door/hint-alone/client/disagrees",
            "A client_id of another application must not go with the token.",
            ON,
            own_and_back().client_id(Party::B),
        ),
        one(
            "door/hint-alone/client/unknown",
            "A client_id of nobody must not go with the token.",
            ON,
            own_and_back().with(Name::ClientId, Value::Text("nobody".into())),
        ),
    ]
}

fn applications() -> Vec<Scenario> {
    let lost = Setting::HintAlone(Party::Disposable, true);
    let later = || {
        Step::SignOff(
            bare()
                .hint(Hint::OfSignIn(0))
                .redirect(RedirectUri::of(Party::Disposable)),
        )
    };
    vec![
        one(
            "door/hint-alone/application/switched-off",
            "An application that has the setting off must not end sessions so.",
            OFF,
            own_and_back(),
        ),
        set(
            "door/hint-alone/application/other-switched-on",
            "The setting of one application says nothing of another.",
            &[ON, Setting::HintAlone(Party::B, false)],
            vec![
                alice_at(Party::B),
                Step::SignOff(
                    bare()
                        .hint(Hint::OfSignIn(0))
                        .redirect(RedirectUri::of(Party::B)),
                ),
            ],
        ),
        set(
            "door/hint-alone/application/disabled",
            "An application that was disabled after the sign-on must not end sessions any more.",
            std::slice::from_ref(&lost),
            vec![
                alice_at(Party::Disposable),
                Step::Disable(Party::Disposable),
                later(),
            ],
        ),
        set(
            "door/hint-alone/application/deleted",
            "An application that was deleted after the sign-on must not end sessions any more.",
            &[lost],
            vec![
                alice_at(Party::Disposable),
                Step::Delete(Party::Disposable),
                later(),
            ],
        ),
    ]
}

fn hints() -> Vec<Scenario> {
    let forged = |claims: Vec<ClaimEdit>, signing: Signing| {
        bare()
            .hint(Hint::forged(claims, signing))
            .redirect(RedirectUri::default())
    };
    let issuer = |edit| vec![ClaimEdit::set("iss", ClaimValue::Issuer(edit))];
    vec![
        one(
            "door/hint-alone/hint/no-signature",
            "Where the token is all there is, one without a signature must end nothing.",
            ON,
            forged(Vec::new(), Signing::Alg("none".to_owned())),
        ),
        one(
            "door/hint-alone/hint/bit-flipped",
            "One bit of the signature makes it nobody's token.",
            ON,
            forged(Vec::new(), Signing::BitFlipped),
        ),
        one(
            "door/hint-alone/hint/stranger",
            "A stranger's signature under the IdP's key id must end nothing.",
            ON,
            forged(Vec::new(), Signing::Stranger),
        ),
        one(
            "door/hint-alone/hint/hmac-with-public-key",
            "The public key is no secret, so a signature made with it as one must end nothing.",
            ON,
            forged(Vec::new(), Signing::HmacWithPublicKey),
        ),
        one(
            "door/hint-alone/hint/other-region",
            "A token that names another region as its issuer is not good at this address.",
            ON,
            forged(issuer(IssuerEdit::OtherRegion), Signing::ByTheOp),
        ),
        one(
            "door/hint-alone/hint/other-tenant",
            "A token that names another tenant as its issuer is not good at this address.",
            ON,
            forged(issuer(IssuerEdit::OtherTenant), Signing::ByTheOp),
        ),
        set(
            "door/hint-alone/hint/expired-a-minute",
            "A token that expired a minute ago still says whose session it was.",
            &[ON],
            vec![
                alice(),
                Step::AdvancePastExpiry {
                    sign_in: 0,
                    seconds: 60,
                },
                Step::SignOff(own_and_back()),
            ],
        ),
    ]
}
