//! The list of defects that were seen in real products, and for each that no fault of the mock plays the reason. With
//! the faults it is complete: nothing of the list is forgotten in silence.

/// Every name of the list, in its order.
#[rustfmt::skip]
pub const NAMES: &[&str] = &[
    "redirect-any", "redirect-any-when-session", "redirect-when-client-unknown", "redirect-javascript",
    "param-misspelt", "match-prefix", "match-ignore-userinfo", "match-loopback-loose", "match-normalise-path",
    "match-after-decode", "match-any-client", "registration-lax", "policy-registration-only",
    "match-regex-unanchored", "match-host-only-if-present", "match-backslash", "trust-forwarded-host",
    "match-normalised", "loopback-port-refused", "match-glob", "match-ignore-query", "redirect-decode-twice",
    "match-login-uris", "redirect-referer", "redirect-default", "bad-plru-fails-logout",
    "match-skip-on-lookup-miss", "confirm-form-tamper", "state-dropped", "hint-unverified", "hint-any-issuer",
    "error-vague", "hint-crash", "hint-any-jwt", "hint-wrong-key", "hint-any-audience", "hint-expired-refused",
    "hint-lookup-only", "hint-jwe-refused", "hint-first-aud", "client-id-ignored", "hint-user-inactive",
    "hint-wrong-field", "hint-own-issuer-refused", "error-wrong-status", "hint-any-subject", "nonce-as-sid",
    "hint-picks-victim", "session-id-reused", "hint-sid-unchecked", "ends-all-users", "hint-per-user",
    "bcl-wrong-sub", "confirm-replay", "bcl-all-sessions", "cookie-only", "cookie-kept", "says-out-is-in",
    "crash", "session-resurrected", "long-refused", "hint-required", "refresh-survives", "offline-revoked",
    "crash-no-session", "login-on-logout", "json-instead-of-redirect", "hint-refused-no-session",
    "redirect-ignored", "second-400", "broken-default", "prompt-no-session", "state-only-400",
    "crash-next-login", "cookie-clear-no-samesite", "cookie-clear-wrong-path", "cookie-clear-some", "no-prompt",
    "confirm-forgeable", "csp-breaks-redirect", "confirm-broken", "no-frame-headers", "state-name-only",
    "state-dropped-post", "error-redirects", "state-bad-join", "state-unencoded", "state-dropped-if-present",
    "state-semicolon", "state-empty-added", "extra-params", "query-reserialised", "state-on-own-page",
    "double-encoding", "confirm-drops-context", "reflect-script", "reflect-html", "reflect-crlf",
    "error-leaks-internals", "long-refused-414", "long-refused-404", "long-refused-431", "cookie-growth",
    "waf-403", "post-refused", "get-refused", "post-body-ignored", "dup-first-wins", "plru-required",
    "ui-locales-lost", "crash-parse", "crash-client", "crash-nil", "crash-serialise", "disc-missing",
    "bcl-typ-at-jwt", "bcl-no-iss", "bcl-no-exp", "bcl-sid-in-jti", "bcl-alg-none", "bcl-wrong-alg",
    "bcl-duplicate", "bcl-not-awaited", "bcl-false-success", "bcl-ssrf", "bcl-not-sent", "bcl-sid-unknown",
    "crash-concurrent", "lt-accept-none", "lt-accept-replay", "lt-accept-no-events", "lt-accept-no-jti",
    "lt-accept-nonce", "lt-accept-any-iss", "lt-accept-any", "fcl-sid-without-iss", "fcl-csp-blocks",
    "fcl-xfo-blocks", "fcl-not-sent", "redirect-many", "fcl-unencoded", "redirect-307",
    "redirect-302-after-post", "no-cache-headers", "disc-untrue", "second-error", "event-twice",
    "principal-change",
];

/// Why a defect of the list is no fault of the mock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Absent {
    /// It shows at the endpoints of relying parties that are told of a sign-off.
    AtOtherRelyingParties,
    /// It is a defect of a relying party that receives logout tokens or keeps hints.
    OfARelyingParty,
    /// It does not show over HTTP.
    NotOverHttp,
    /// No sentence speaks against it.
    Legal,
    /// It would show, and nothing that the harness can do with a target brings it about.
    OutOfReach,
}

impl Absent {
    /// In a few words.
    pub fn word(self) -> &'static str {
        match self {
            Absent::AtOtherRelyingParties => "front- or back-channel",
            Absent::OfARelyingParty => "of a relying party",
            Absent::NotOverHttp => "not over HTTP",
            Absent::Legal => "legal",
            Absent::OutOfReach => "out of reach",
        }
    }
}

const TOLD: &str =
    "it shows where relying parties listen for notices, which the harness does not do yet";
const RECEIVER: &str =
    "it is about who receives a logout token, and the mock and the targets send them";
const FRAMES: &str =
    "it shows in the frames of Front-Channel Logout 1.0, which the harness does not load yet";

/// Every defect of the list that is no fault, with the reason.
pub const ABSENT: &[(&str, Absent, &str)] = &[
    (
        "policy-registration-only",
        Absent::OutOfReach,
        "what the operator's policy allows is not known from outside; what is registered nowhere is judged by RPIL-3-04",
    ),
    (
        "loopback-port-refused",
        Absent::Legal,
        "RP-Initiated Logout asks for an exact match, and grants loopback ports no exception",
    ),
    (
        "hint-jwe-refused",
        Absent::Legal,
        "no sentence asks an OP to take encrypted hints (RPIL-2-06 and CORE-3.1.2.1-05 permit them)",
    ),
    (
        "hint-user-inactive",
        Absent::OutOfReach,
        "users cannot be disabled from here",
    ),
    ("nonce-as-sid", Absent::AtOtherRelyingParties, TOLD),
    (
        "hint-per-user",
        Absent::OfARelyingParty,
        "it is about which hint a relying party keeps",
    ),
    ("bcl-wrong-sub", Absent::AtOtherRelyingParties, TOLD),
    ("bcl-all-sessions", Absent::AtOtherRelyingParties, TOLD),
    (
        "crash-next-login",
        Absent::OutOfReach,
        "a sign-in that fails ends the case with an error, and is held against no rule of sign-off",
    ),
    (
        "double-encoding",
        Absent::OfARelyingParty,
        "it is about how a relying party writes its request",
    ),
    (
        "ui-locales-lost",
        Absent::Legal,
        "in which language an OP speaks is up to it (RPIL-2-16)",
    ),
    ("bcl-typ-at-jwt", Absent::AtOtherRelyingParties, TOLD),
    ("bcl-no-iss", Absent::AtOtherRelyingParties, TOLD),
    ("bcl-no-exp", Absent::AtOtherRelyingParties, TOLD),
    ("bcl-sid-in-jti", Absent::AtOtherRelyingParties, TOLD),
    ("bcl-alg-none", Absent::AtOtherRelyingParties, TOLD),
    ("bcl-wrong-alg", Absent::AtOtherRelyingParties, TOLD),
    ("bcl-duplicate", Absent::AtOtherRelyingParties, TOLD),
    ("bcl-not-awaited", Absent::AtOtherRelyingParties, TOLD),
    ("bcl-false-success", Absent::AtOtherRelyingParties, TOLD),
    ("bcl-ssrf", Absent::AtOtherRelyingParties, TOLD),
    ("bcl-not-sent", Absent::AtOtherRelyingParties, TOLD),
    ("bcl-sid-unknown", Absent::AtOtherRelyingParties, TOLD),
    ("crash-concurrent", Absent::AtOtherRelyingParties, TOLD),
    ("lt-accept-none", Absent::OfARelyingParty, RECEIVER),
    ("lt-accept-replay", Absent::OfARelyingParty, RECEIVER),
    ("lt-accept-no-events", Absent::OfARelyingParty, RECEIVER),
    ("lt-accept-no-jti", Absent::OfARelyingParty, RECEIVER),
    ("lt-accept-nonce", Absent::OfARelyingParty, RECEIVER),
    ("lt-accept-any-iss", Absent::OfARelyingParty, RECEIVER),
    ("lt-accept-any", Absent::OfARelyingParty, RECEIVER),
    ("fcl-sid-without-iss", Absent::AtOtherRelyingParties, FRAMES),
    ("fcl-csp-blocks", Absent::AtOtherRelyingParties, FRAMES),
    ("fcl-xfo-blocks", Absent::AtOtherRelyingParties, FRAMES),
    ("fcl-not-sent", Absent::AtOtherRelyingParties, FRAMES),
    ("redirect-many", Absent::AtOtherRelyingParties, FRAMES),
    ("fcl-unencoded", Absent::AtOtherRelyingParties, FRAMES),
    (
        "event-twice",
        Absent::NotOverHttp,
        "what a product tells itself inside does not leave it",
    ),
];

#[cfg(test)]
mod tests {
    use super::{ABSENT, NAMES};
    use std::collections::BTreeSet;

    #[test]
    fn every_defect_of_the_list_is_a_fault_or_has_a_reason_and_never_both() {
        for name in NAMES {
            let is_fault = mock_idp_core::fault(name).is_some();
            let reasons = ABSENT.iter().filter(|(absent, _, _)| absent == name);
            assert_eq!(reasons.count(), usize::from(!is_fault), "{name}");
        }
    }

    #[test]
    fn nothing_is_named_twice_and_every_reason_is_of_the_list() {
        let names: BTreeSet<&str> = NAMES.iter().copied().collect();
        assert_eq!(names.len(), NAMES.len());
        for (name, _, why) in ABSENT {
            assert!(names.contains(name), "{name}");
            assert!(why.len() > 15, "{name}: {why}");
        }
    }
}
