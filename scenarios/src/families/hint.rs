//! What is sent as `id_token_hint` (RP-Initiated Logout 1.0 section 2): whether it is there at all, and
//! whether it is a token. Whose signature, which claims and whose session have files of their own.

use crate::intent::{LogoutIntent, Name, Value};
use crate::scenario::{Party, Scenario, SignIn, Step};
use crate::token::Hint;

mod claims;
mod sessions;
mod signatures;

/// The family's scenarios.
pub(super) fn scenarios() -> Vec<Scenario> {
    [
        presence(),
        repeated(),
        no_token(),
        signatures::scenarios(),
        claims::scenarios(),
        sessions::scenarios(),
    ]
    .concat()
}

/// The orderly request with this hint in place of the genuine one.
fn with_hint(hint: Hint) -> LogoutIntent {
    LogoutIntent::orderly().replacing(Name::IdTokenHint, Value::Hint(hint))
}

fn text(text: &str) -> LogoutIntent {
    with_hint(Hint::Text(text.to_owned()))
}

fn presence() -> Vec<Scenario> {
    vec![
        Scenario::after_sign_in(
            "hint/valid",
            "The orderly request, by which every refusal is measured: hint of this session, registered URI, state.",
            LogoutIntent::orderly(),
        ),
        Scenario::after_sign_in(
            "hint/absent",
            "A redirect and a state but no hint: the person has to be asked, and the target cannot be tied to a client.",
            LogoutIntent::orderly().without(&Name::IdTokenHint),
        ),
        Scenario::after_sign_in(
            "hint/empty",
            "A hint without a value proves no more than no hint, though code that only looks for the name takes it for one.",
            text(""),
        ),
    ]
}

fn repeated() -> Vec<Scenario> {
    let twice = |first: Hint, second: Hint| with_hint(first).hint(second);
    let garbage = || Hint::Text("not-a-token".to_owned());
    vec![
        Scenario::after_sign_in(
            "hint/repeated/same-twice",
            "The same hint given twice is ambiguous in form only, so whatever is done must not cost the person the sign-off unasked.",
            twice(Hint::OfSignIn(0), Hint::OfSignIn(0)),
        ),
        Scenario::after_sign_in(
            "hint/repeated/good-then-garbage",
            "If the first hint is checked and the last one used, an attacker appends his own to a good one.",
            twice(Hint::OfSignIn(0), garbage()),
        ),
        Scenario::after_sign_in(
            "hint/repeated/garbage-then-good",
            "If the last hint is checked and the first one used, an attacker puts his own before a good one.",
            twice(garbage(), Hint::OfSignIn(0)),
        ),
        Scenario::of(
            "hint/repeated/two-clients",
            "Two genuine hints of two clients leave open which client asks, and with it which redirect URIs count.",
            vec![
                Step::SignIn(SignIn::default()),
                Step::SignIn(SignIn::default().at(Party::B)),
                Step::SignOff(twice(Hint::OfSignIn(0), Hint::OfSignIn(1))),
            ],
        ),
    ]
}

fn no_token() -> Vec<Scenario> {
    let cut = |beyond_payload| {
        with_hint(Hint::Truncated {
            sign_in: 0,
            beyond_payload,
        })
    };
    vec![
        Scenario::after_sign_in(
            "hint/garbage/word",
            "A hint that is no token at all must neither end the session unasked nor crash the parser.",
            text("garbage"),
        ),
        Scenario::after_sign_in(
            "hint/garbage/three-words",
            "Three parts and two dots look like a token until somebody decodes them.",
            text("one.two.three"),
        ),
        Scenario::after_sign_in(
            "hint/garbage/only-dots",
            "Three empty parts have decoded to an empty, and so harmless-looking, set of claims in careless code.",
            text(".."),
        ),
        Scenario::after_sign_in(
            "hint/garbage/unsigned-payload",
            "Only the payload decodes, naming an audience nobody knows: an OP that reads it unverified finds a client of its choice, or none.",
            text("x.eyJhdWQiOiJub2JvZHkifQ.x"),
        ),
        Scenario::after_sign_in(
            "hint/garbage/five-parts",
            "Five parts announce an encrypted token that nobody can open: a refusal or a question, not a server error.",
            text("eyJhbGciOiJSU0EtT0FFUCIsImVuYyI6IkEyNTZHQ00ifQ.AAAA.AAAA.AAAA.AAAA"),
        ),
        Scenario::after_sign_in(
            "hint/garbage/markup",
            "An error page that quotes the hint without escaping it runs the attacker's script on the IdP's origin.",
            text("\"><script>alert(1)</script>"),
        ),
        Scenario::after_sign_in(
            "hint/garbage/long",
            "Sixteen thousand letters in place of a token ask for a readable refusal, not for a broken connection.",
            text(&"a".repeat(16_000)),
        ),
        Scenario::after_sign_in(
            "hint/truncated/in-payload",
            "A link cut by a mail program loses the end of the payload; the claims that remain are nobody's word.",
            cut(-12),
        ),
        Scenario::after_sign_in(
            "hint/truncated/before-signature",
            "A token that ends with its payload has two parts, and nothing vouches for them.",
            cut(0),
        ),
        Scenario::after_sign_in(
            "hint/truncated/in-signature",
            "With half a signature nothing is signed, whatever a lenient decoder makes of it.",
            cut(25),
        ),
    ]
}
