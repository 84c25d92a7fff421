//! What of IdentityServer is here.

use super::{Grade, section};
use crate::dialects::IDS_ENDPOINTS;

/// Something about a sign-off in which the mock follows the product.
struct Behaviour {
    about: &'static str,
    here: &'static str,
    editions: &'static str,
    grade: Grade,
}

const fn behaviour(
    about: &'static str,
    here: &'static str,
    editions: &'static str,
    grade: Grade,
) -> Behaviour {
    Behaviour {
        about,
        here,
        editions,
        grade,
    }
}

use Grade::{Inferred, Sample, Source};

const EVERY: &str = "all";

const BEHAVIOURS: &[Behaviour] = &[
    behaviour(
        "methods",
        "GET reads the query, POST the form; others get 405 without content",
        EVERY,
        Source,
    ),
    behaviour(
        "hint: length",
        "at most 51200 characters (`InputLengthRestrictions.Jwt`)",
        EVERY,
        Source,
    ),
    behaviour(
        "hint: signature",
        "RS256 under the server's key, no critical header",
        EVERY,
        Source,
    ),
    behaviour("hint: issuer", "this server's", EVERY, Source),
    behaviour(
        "hint: client",
        "the first `aud`; it exists and is enabled, whether or not the session ever used it",
        EVERY,
        Source,
    ),
    behaviour("hint: expiry", "not looked at", EVERY, Source),
    behaviour(
        "hint: session",
        "`sid` must be the session's; without one, `sub` the user's",
        "duende-8",
        Source,
    ),
    behaviour(
        "hint: session",
        "`sub` must be the user's; without one nothing is compared",
        "duende-7, is4",
        Source,
    ),
    behaviour(
        "a hint that is not good",
        "the whole request is passed over: no context, and the person is asked",
        EVERY,
        Source,
    ),
    behaviour(
        "`post_logout_redirect_uri`",
        "one of the hint's client, letter case aside; else dropped, and the sign-off goes on; never without a good hint",
        EVERY,
        Source,
    ),
    behaviour(
        "`state`",
        "only with a redirect URI that is kept; as .NET's encoder spells it, behind everything, fragments included",
        EVERY,
        Source,
    ),
    behaviour(
        "`client_id`, `logout_hint`, `ui_locales`",
        "without effect; the culture cookie of Duende is not set",
        EVERY,
        Source,
    ),
    behaviour(
        "a repeated parameter",
        "all values as one, with commas between",
        "duende-8, duende-7",
        Source,
    ),
    behaviour("a repeated parameter", "the first value", "is4", Source),
    behaviour(
        "the question",
        "unless there is a good hint or nobody is signed in; the answer needs the page's token and the browser's cookie, and may be given again",
        EVERY,
        Sample,
    ),
    behaviour(
        "the way back",
        "a link on the signed-off page; by script with `automatic_redirect_after_sign_out`",
        EVERY,
        Sample,
    ),
    behaviour(
        "status of the endpoint's redirect",
        "303",
        "duende-8",
        Source,
    ),
    behaviour(
        "status of the endpoint's redirect",
        "302",
        "duende-7, is4",
        Source,
    ),
    behaviour(
        "the session",
        "is in the cookie alone, so a copy of the cookie outlives the sign-off; otherwise with `server_side_sessions`",
        EVERY,
        Inferred,
    ),
    behaviour(
        "front channel",
        "a frame for each client of the session that has an address, with `sid` and `iss` where wanted",
        EVERY,
        Source,
    ),
    behaviour(
        "back channel",
        "a logout token to each client of the session that has an address; the page waits, and makes nothing of the answers",
        EVERY,
        Source,
    ),
    behaviour(
        "`typ` of the logout token",
        "`logout+jwt`, and a `logout_reason`",
        "duende-8, duende-7",
        Source,
    ),
    behaviour("`typ` of the logout token", "`JWT`", "is4", Source),
    behaviour("refresh tokens", "outlive the sign-off", EVERY, Source),
];

/// Adds the section about IdentityServer.
pub(super) fn add(text: &mut String) {
    text.push_str("\n# IdentityServer\n\nEditions: `duende-8` (the default), `duende-7`, `is4`.\n");
    section(
        text,
        "Endpoints of a server and its host",
        "Below the issuer, in any letter case.",
        &["endpoint", "does", "evidence", "at the product"],
        IDS_ENDPOINTS.iter().map(|endpoint| {
            vec![
                format!("{} `{}`", endpoint.methods, endpoint.path),
                endpoint.does.to_owned(),
                endpoint.grade.name().to_owned(),
                endpoint.differs.to_owned(),
            ]
        }),
    );
    section(
        text,
        "Signing off at IdentityServer",
        "Not here: SAML, WS-Federation, external providers and their sign-off, session management frames, sign-off by the \
         end of a server-side session, CIBA, device flow, dynamic registration.",
        &["about", "here", "editions", "evidence"],
        BEHAVIOURS.iter().map(|behaviour| {
            vec![
                behaviour.about.to_owned(),
                behaviour.here.to_owned(),
                behaviour.editions.to_owned(),
                behaviour.grade.name().to_owned(),
            ]
        }),
    );
}
