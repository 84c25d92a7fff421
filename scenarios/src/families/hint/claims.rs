//! Hints that the OP's own key signs while a claim is not what this OP, this client or this session would
//! have (OpenID Connect Core 1.0 section 2), genuine tokens that grew old, and tokens of another kind.
//! They need the OP's key in the target, except where a stranger signs or nothing is forged.

use super::with_hint;
use crate::intent::LogoutIntent;
use crate::scenario::{Browser, Party, Person, Scenario, SignIn, Step};
use crate::token::{ClaimEdit, ClaimValue, Hint, IssuerEdit, Signing};

const MINUTE: i64 = 60;
const DAY: i64 = 86_400;
const TWO_YEARS: i64 = 730 * DAY;

pub(super) fn scenarios() -> Vec<Scenario> {
    [
        issuers(),
        audiences(),
        genuine_audiences(),
        people(),
        aged(),
        times(),
        other_kinds(),
    ]
    .concat()
}

/// The orderly request, its hint changed by one claim and signed with the OP's key.
fn claim(edit: ClaimEdit) -> LogoutIntent {
    with_hint(Hint::forged(vec![edit], Signing::ByTheOp))
}

fn set(name: &str, value: ClaimValue) -> LogoutIntent {
    claim(ClaimEdit::set(name, value))
}

const ISSUERS: [(&str, IssuerEdit, &str); 8] = [
    (
        "hint/issuer/trailing-slash",
        IssuerEdit::TrailingSlash,
        "Issuers are compared as text, so one slash more names somebody else.",
    ),
    (
        "hint/issuer/other-scheme",
        IssuerEdit::OtherScheme,
        "The issuer under the other scheme is another issuer, and perhaps one without TLS.",
    ),
    (
        "hint/issuer/upper-case-host",
        IssuerEdit::UpperCaseHost,
        "A host in upper case leads to the same server but is not the text that was published.",
    ),
    (
        "hint/issuer/explicit-port",
        IssuerEdit::ExplicitPort,
        "The default port written out leads to the same place; whoever accepts it normalises before comparing.",
    ),
    (
        "hint/issuer/other-region",
        IssuerEdit::OtherRegion,
        "A tenant may exist in two regions of one product, and a token of one says nothing about sessions in the other.",
    ),
    (
        "hint/issuer/other-tenant",
        IssuerEdit::OtherTenant,
        "Where tenants share a signing key, only the issuer keeps them apart.",
    ),
    (
        "hint/issuer/custom-domain",
        IssuerEdit::CustomDomain,
        "A custom domain's issuer sent to the regional address mixes up two addresses of one tenant.",
    ),
    (
        "hint/issuer/foreign-host",
        IssuerEdit::Stranger,
        "A foreign issuer under the right key: a verifier that checks only the signature cannot tell.",
    ),
];

fn issuers() -> Vec<Scenario> {
    let edited = |edit| ClaimEdit::set("iss", ClaimValue::Issuer(edit));
    let mut scenarios: Vec<Scenario> = ISSUERS
        .iter()
        .map(|(id, edit, purpose)| Scenario::after_sign_in(*id, *purpose, claim(edited(*edit))))
        .collect();
    scenarios.push(Scenario::after_sign_in(
        "hint/issuer/foreign-host-and-key",
        "Issuer and key are both a stranger's and agree with each other: a verifier that fetches keys from `iss` is content.",
        with_hint(Hint::forged(
            vec![edited(IssuerEdit::Stranger)],
            Signing::Stranger,
        )),
    ));
    scenarios.push(Scenario::after_sign_in(
        "hint/issuer/absent",
        "Without an issuer nobody claims to have issued the token, and a check that compares only what is there passes.",
        claim(ClaimEdit::remove("iss")),
    ));
    scenarios
}

fn audiences() -> Vec<Scenario> {
    let both = |first, second| set("aud", ClaimValue::ClientIds(vec![first, second]));
    vec![
        Scenario::after_sign_in(
            "hint/audience/foreign",
            "The audience says client B and the redirect is client A's: the hint decides whose URIs count.",
            set("aud", ClaimValue::ClientId(Party::B)),
        ),
        Scenario::after_sign_in(
            "hint/audience/foreign-by-stranger",
            "A stranger writes client B into the audience: what he signs must not select a client at all.",
            with_hint(Hint::forged(
                vec![ClaimEdit::set("aud", ClaimValue::ClientId(Party::B))],
                Signing::Stranger,
            )),
        ),
        Scenario::after_sign_in(
            "hint/audience/unknown",
            "The application in the hint does not exist, so there is nobody to redirect to.",
            set("aud", ClaimValue::Text("no-such-client".to_owned())),
        ),
        Scenario::after_sign_in(
            "hint/audience/several-own-first",
            "Two audiences, the asking client first: looking only at the first one, or only at the list, gives different answers.",
            both(Party::A, Party::B),
        ),
        Scenario::after_sign_in(
            "hint/audience/several-own-last",
            "Two audiences, the asking client last: an OP that takes the first one for the client honours the wrong URIs.",
            both(Party::B, Party::A),
        ),
        Scenario::after_sign_in(
            "hint/audience/several-with-azp",
            "Of several audiences the `azp` claim names the client the token was issued to.",
            with_hint(Hint::forged(
                vec![
                    ClaimEdit::set("aud", ClaimValue::ClientIds(vec![Party::B, Party::A])),
                    ClaimEdit::set("azp", ClaimValue::ClientId(Party::A)),
                ],
                Signing::ByTheOp,
            )),
        ),
        Scenario::after_sign_in(
            "hint/audience/array-of-one",
            "An array with one member says the same as a plain string, and clients send tokens of either form.",
            set("aud", ClaimValue::ClientIds(vec![Party::A])),
        ),
        Scenario::after_sign_in(
            "hint/audience/empty-array",
            "An audience of nobody: a loop over no members finds no mismatch.",
            set("aud", ClaimValue::ClientIds(Vec::new())),
        ),
        Scenario::after_sign_in(
            "hint/audience/absent",
            "Without an audience the token was issued to no client, so no client's redirect can follow from it.",
            claim(ClaimEdit::remove("aud")),
        ),
    ]
}

fn genuine_audiences() -> Vec<Scenario> {
    vec![
        Scenario::of(
            "hint/audience/other-client-genuine",
            "A genuine hint of client B with client A's redirect: no forgery is needed to mix up two clients.",
            vec![
                Step::SignIn(SignIn::default()),
                Step::SignIn(SignIn::default().at(Party::B)),
                Step::SignOff(with_hint(Hint::OfSignIn(1))),
            ],
        ),
        Scenario::of(
            "hint/audience/disabled",
            "The application that the hint names was disabled after the sign-in: its tokens must not steer anything any more.",
            vec![
                Step::SignIn(SignIn::default().at(Party::Disposable)),
                Step::Disable(Party::Disposable),
                Step::SignOff(LogoutIntent::bare().hint(Hint::OfSignIn(0))),
            ],
        ),
    ]
}

fn people() -> Vec<Scenario> {
    let bob_elsewhere = SignIn::default()
        .by(Person::Bob)
        .in_browser(Browser::Second);
    vec![
        Scenario::of(
            "hint/subject/of-another-user",
            "Alice's session, Bob's subject: the hint speaks for somebody who is not here, so Alice has to be asked.",
            vec![
                Step::SignIn(SignIn::default()),
                Step::SignIn(bob_elsewhere),
                Step::SignOff(set("sub", ClaimValue::SubjectOf(1))),
            ],
        ),
        Scenario::after_sign_in(
            "hint/subject/unknown",
            "A subject that no user has cannot be the logged-in user.",
            set("sub", ClaimValue::Text("nobody-at-all".to_owned())),
        ),
        Scenario::after_sign_in(
            "hint/subject/absent",
            "Without a subject the hint speaks for nobody, and comparing nothing with the session must not succeed.",
            claim(ClaimEdit::remove("sub")),
        ),
        Scenario::after_sign_in(
            "hint/session/unknown",
            "The session in the hint never existed: the text calls such a request suspect.",
            set("sid", ClaimValue::Text("no-such-session".to_owned())),
        ),
        Scenario::after_sign_in(
            "hint/session/absent",
            "Not every ID token carries a `sid`, and without one the subject has to be enough.",
            claim(ClaimEdit::remove("sid")),
        ),
        Scenario::of(
            "hint/session/of-another-user",
            "Alice's subject with the `sid` of Bob's session: if the `sid` alone picks the session, Bob is signed off.",
            vec![
                Step::SignIn(SignIn::default()),
                Step::SignIn(bob_elsewhere),
                Step::SignOff(set("sid", ClaimValue::SidOf(1))),
            ],
        ),
    ]
}

/// Genuine tokens and the passing of time. The session may have ended by itself meanwhile.
fn aged() -> Vec<Scenario> {
    let after = |seconds| {
        vec![
            Step::SignIn(SignIn::default()),
            Step::AdvancePastExpiry {
                sign_in: 0,
                seconds,
            },
            Step::SignOff(LogoutIntent::orderly()),
        ]
    };
    vec![
        Scenario::of(
            "hint/expired/aged-a-minute",
            "People sign off at the end of the day with a token of the morning: an expired hint is to be accepted.",
            after(MINUTE),
        ),
        Scenario::of(
            "hint/expired/aged-a-day",
            "A browser left open overnight still has to be able to sign off.",
            after(DAY),
        ),
        Scenario::of(
            "hint/expired/aged-two-years",
            "A token from two years ago is genuine and old: the answer may differ, a crash or a redirect to elsewhere may not.",
            after(TWO_YEARS),
        ),
    ]
}

fn times() -> Vec<Scenario> {
    let expired = |ago: i64| set("exp", ClaimValue::SecondsFromNow(-ago));
    vec![
        Scenario::after_sign_in(
            "hint/expired/signed-a-minute",
            "An expiry one minute past, in a session that is alive beyond doubt.",
            expired(MINUTE),
        ),
        Scenario::after_sign_in(
            "hint/expired/signed-a-day",
            "An expiry one day past, in a live session: refusing it leaves people signed on who wanted to leave.",
            expired(DAY),
        ),
        Scenario::after_sign_in(
            "hint/expired/signed-two-years",
            "An expiry two years past, in a live session, shows whether expiry is ignored or merely tolerated for a while.",
            expired(TWO_YEARS),
        ),
        Scenario::after_sign_in(
            "hint/time/expiry-absent",
            "A token without `exp` is not an ID token by OpenID Connect Core section 2, yet its claims are the OP's own.",
            claim(ClaimEdit::remove("exp")),
        ),
        Scenario::after_sign_in(
            "hint/time/expiry-as-text",
            "An expiry that is no number must be refused or ignored, never answered with a server error.",
            set("exp", ClaimValue::Text("tomorrow".to_owned())),
        ),
        Scenario::after_sign_in(
            "hint/time/issued-tomorrow",
            "A token issued in the future cannot have been issued.",
            set("iat", ClaimValue::SecondsFromNow(DAY)),
        ),
    ]
}

fn other_kinds() -> Vec<Scenario> {
    vec![
        Scenario::after_sign_in(
            "hint/kind/access-token",
            "An access token is signed by the same OP but held by every API: it must not pass for an ID token.",
            with_hint(Hint::AccessTokenOf(0)),
        ),
        Scenario::after_sign_in(
            "hint/kind/other-tenant",
            "A genuine ID token of another tenant of the product was issued by somebody else, even under the same key.",
            with_hint(Hint::OfOtherTenant),
        ),
    ]
}
