//! Where public documents disagree, and where they are silent.

/// A matter on which public documents disagree.
#[derive(Debug)]
pub struct Reading {
    /// The matter.
    pub about: &'static str,
    /// What the mock does by default.
    pub here: &'static str,
    /// What others say.
    pub other: &'static str,
    /// How to have that.
    pub switch: &'static str,
}

/// Every such matter.
pub const READINGS: &[Reading] = &[
    Reading {
        about: "`id_token_hint`",
        here: "optional",
        other: "required",
        switch: "`edition = \"legacy\"`",
    },
    Reading {
        about: "an expired hint",
        here: "accepted",
        other: "refused (seen in 2023)",
        switch: "`edition = \"2023\"`",
    },
    Reading {
        about: "whose redirect URIs count",
        here: "the hint's application's, without a hint any enabled one's",
        other: "any application's",
        switch: "`edition = \"legacy\"`",
    },
    Reading {
        about: "a redirect URI that matches nothing",
        here: "an error that is not sent to the application; at `/xp/signoff` the signed-off page",
        other: "\"redirect error\", which may mean the same",
        switch: "not here",
    },
    Reading {
        about: "where a sign-off without a redirect URI ends",
        here: "`/signon/#signedOff`; `/as/idpSignoff`: 204 or `/as/signon`",
        other: "`signedOut`, or the application's own pages with `environmentId`",
        switch: "`edition = \"legacy\"`",
    },
    Reading {
        about: "issuer of a hint at a custom domain",
        here: "must be the one of the address that was asked",
        other: "either is accepted",
        switch: "not here",
    },
    Reading {
        about: "whether a sign-off reaches other applications",
        here: "no; with `enable_cross_protocol_slo` by the front channel",
        other: "never",
        switch: "the setting is off by default",
    },
    Reading {
        about: "who may use `/flows`",
        here: "whoever has the flow's cookie",
        other: "a worker's bearer token is needed as well",
        switch: "not here",
    },
    Reading {
        about: "when `ST` is first set",
        here: "when the flow begins, and again, with another value, when somebody has signed on",
        other: "after the password",
        switch: "not here",
    },
    Reading {
        about: "`/as/resume`",
        here: "a redirect; JSON for pi.flow",
        other: "always JSON",
        switch: "`response_mode=pi.flow`",
    },
    Reading {
        about: "`Accept: application/json`",
        here: "406 at `/flows` and `/as/authorize`, but not for pi.flow at `/as/authorize`",
        other: "406 for all, or for none",
        switch: "not here",
    },
    Reading {
        about: "parameters of an application's own pages",
        here: "`environmentId`, `flowId`",
        other: "`environmentId`, `flowSessionId`",
        switch: "not here",
    },
    Reading {
        about: "tokens after a sign-off",
        here: "invalid at once, whoever ended the session",
        other: "usable until they expire when an administrator ended it",
        switch: "not here",
    },
    Reading {
        about: "the redirect parameter of `/xp/signoff`",
        here: "`post_logout_redirect_uri`, else `postLogoutRedirectUris`",
        other: "one of the two",
        switch: "both are read",
    },
    Reading {
        about: "`ping_end_idp_session_endpoint` in discovery",
        here: "there",
        other: "not there (2024)",
        switch: "`edition = \"2023\"` or `\"legacy\"`",
    },
    Reading {
        about: "`auth_time`",
        here: "in seconds, as Core section 2 has it",
        other: "a thousand times smaller (seen in a capture)",
        switch: "not here",
    },
];

/// Something that is in no public document.
#[derive(Debug)]
pub struct Unknown {
    /// What.
    pub what: &'static str,
    /// What the mock does.
    pub here: &'static str,
}

/// Every such thing that shows.
pub const UNKNOWNS: &[Unknown] = &[
    Unknown {
        what: "address and status of a sign-off error",
        here: "302 to `/signon/?error=` with the error as JSON, form-encoded; to the application's own pages, with \
               `environmentId` and `error`, where it has some and its hint is good (a vendor's sample reads that)",
    },
    Unknown {
        what: "target and text of most sign-off errors",
        here: "the parameter at fault, and one sentence for each check",
    },
    Unknown {
        what: "whether `/as/signoff` can answer in JSON",
        here: "never",
    },
    Unknown {
        what: "all attributes of the session cookies, and what `ST-NO-SS` is for",
        here: "`Secure; HttpOnly`, `SameSite=None` on `ST` and none on `ST-NO-SS`, no `Max-Age`",
    },
    Unknown {
        what: "a sign-off without a session",
        here: "checked and answered like any other",
    },
    Unknown {
        what: "HEAD and OPTIONS at `/as/signoff`",
        here: "405, but for the question of a browser before a page's request (CORS)",
    },
    Unknown {
        what: "which application's `corsSettings` count where a request names none, and at `/xp/signoff`",
        here: "at `/as/authorize` and `/as/resume` those of the application or flow that is named; at both sign-offs those \
               of the hint's application, without a hint those of any enabled one",
    },
    Unknown {
        what: "whether `corsSettings` narrow the endpoints that every origin may use: tokens, userinfo, `/as/idpSignoff`",
        here: "no",
    },
    Unknown {
        what: "the order of the checks",
        here: "as listed above",
    },
    Unknown {
        what: "whether an error clears the cookie",
        here: "no",
    },
    Unknown {
        what: "`state` at a redirect URI with a query or fragment",
        here: "joined with `&`, before the fragment, form-encoded",
    },
    Unknown {
        what: "repeated parameters",
        here: "refused",
    },
    Unknown {
        what: "the name of an application's front-channel address, and whether it is given `iss` and `sid`",
        here: "`front_channel_logout_uri` in the mock's configuration; given only if \
               `front_channel_logout_session_required`",
    },
    Unknown {
        what: "back-channel logout",
        here: "none",
    },
    Unknown {
        what: "what `enableAltOidcPostLogoutUriValidation` does",
        here: "the environment's redirect URIs count beside the applications' at `/as/signoff`",
    },
    Unknown {
        what: "the page at `/as/signon`",
        here: "the page behind the signed-off one",
    },
    Unknown {
        what: "what an unknown `acr_values` leads to",
        here: "the usual policy",
    },
    Unknown {
        what: "codes for a missing, unknown or doubled member in the platform API",
        here: "`REQUIRED_VALUE`, `INVALID_VALUE`, `UNIQUENESS_VIOLATION`",
    },
    Unknown {
        what: "the JSON of a list of sessions",
        here: "the documented fields under `_embedded.sessions`, newest first",
    },
];
