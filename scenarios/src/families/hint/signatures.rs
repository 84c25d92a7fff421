//! Hints whose claims are right and whose signature is not (RFC 7515, RFC 8725): the OP is to establish that
//! it issued the token.

use super::with_hint;
use crate::intent::{Cookies, LogoutIntent};
use crate::scenario::Scenario;
use crate::token::{ClaimEdit, ClaimValue, Hint, Signing};

pub(super) fn scenarios() -> Vec<Scenario> {
    [broken(), unsigned(), foreign_keys(), without_session()].concat()
}

/// The orderly request, its hint's claims unchanged, signed like this.
fn signed(signing: Signing) -> LogoutIntent {
    with_hint(Hint::forged(Vec::new(), signing))
}

fn alg(spelling: &str) -> LogoutIntent {
    signed(Signing::Alg(spelling.to_owned()))
}

fn broken() -> Vec<Scenario> {
    let later = ClaimEdit::set("exp", ClaimValue::SecondsFromNow(86_400));
    vec![
        Scenario::after_sign_in(
            "hint/signature/bit-flipped",
            "One bit of the signature is wrong: an OP that does not notice verifies nothing.",
            signed(Signing::BitFlipped),
        ),
        Scenario::after_sign_in(
            "hint/signature/stripped",
            "The signature part is empty while the header still promises RS256: absence must not count as success.",
            signed(Signing::Stripped),
        ),
        Scenario::after_sign_in(
            "hint/signature/of-other-claims",
            "A genuine signature over other claims: whoever holds one token could otherwise write any other.",
            with_hint(Hint::forged(vec![later], Signing::Unchanged)),
        ),
    ]
}

fn unsigned() -> Vec<Scenario> {
    vec![
        Scenario::after_sign_in(
            "hint/alg-none/lower-case",
            "An unsigned token that says so is still unsigned; the official suite sends this one.",
            alg("none"),
        ),
        Scenario::after_sign_in(
            "hint/alg-none/capitalised",
            "A deny list that knows only the lower-case `none` lets this spelling through.",
            alg("None"),
        ),
        Scenario::after_sign_in(
            "hint/alg-none/upper-case",
            "Upper case evades a comparison with the registered name, and some libraries fold it back later.",
            alg("NONE"),
        ),
        Scenario::after_sign_in(
            "hint/alg-none/mixed-case",
            "Mixed case evades a list of the usual spellings of an unsigned token.",
            alg("nOnE"),
        ),
    ]
}

fn foreign_keys() -> Vec<Scenario> {
    vec![
        Scenario::after_sign_in(
            "hint/signature/hmac-with-public-key",
            "HS256 keyed with the public RSA key: a verifier that lets the token pick the algorithm accepts anyone who can read the key set.",
            signed(Signing::HmacWithPublicKey),
        ),
        Scenario::after_sign_in(
            "hint/signature/stranger",
            "A well-made signature under the IdP's own `kid`, by a key the IdP never had: the name of a key is not the key.",
            signed(Signing::Stranger),
        ),
        Scenario::after_sign_in(
            "hint/signature/embedded-jwk",
            "The token brings the key that verifies it, and trusting it means trusting the forger.",
            signed(Signing::StrangerEmbeddedJwk),
        ),
        Scenario::after_sign_in(
            "hint/signature/jku",
            "The token says where its key is to be fetched: following that trusts a stranger and lets him steer the IdP's requests.",
            signed(Signing::StrangerJku),
        ),
        Scenario::after_sign_in(
            "hint/signature/short-key",
            "A key of 512 bits can be factored at home, and RFC 7518 wants at least 2048.",
            signed(Signing::StrangerShortKey),
        ),
    ]
}

/// The branch for people who are signed off already skipped the checks in a published defect.
fn without_session() -> Vec<Scenario> {
    vec![
        Scenario::after_sign_in(
            "hint/signature/stranger-without-cookies",
            "With no session to end, a forged hint must not unlock the redirect either.",
            signed(Signing::Stranger).cookies(Cookies::None),
        ),
        Scenario::after_sign_in(
            "hint/alg-none/without-cookies",
            "The branch for people who are signed off already has read unsigned hints in published software.",
            alg("none").cookies(Cookies::None),
        ),
    ]
}
