//! Sentences of the documentation that are listed without being judged, with the reason.

use super::{CURRENT_PAGE, DIALECT, EVERY_EDITION, LEGACY_GUIDE};
use crate::rule::{Judge, Rule, Scope, Unjudged};
use signoff_oidc::spec::{Level, Reference};

const fn entry(
    id: &'static str,
    name: &'static str,
    title: &'static str,
    source: Reference,
    judge: Judge,
) -> Rule {
    Rule {
        id,
        name,
        level: Level::Indicative,
        source,
        title,
        scope: EVERY_EDITION,
        judge,
        ..Rule::BLANK
    }
}

const NEEDS_APPLICATIONS: &str = "follows with the workflow: a scenario that signs on to two applications in one browser and looks at both sessions afterwards";
const NEEDS_PLATFORM: &str =
    "follows with the platform API: its calls and a worker's token are missing";
const NEEDS_WALK_THROUGH: &str = "follows with the walk-through of the workflow's collection";
const NEEDS_IDP_SIGNOFF: &str =
    "follows with the endpoint /as/idpSignoff: scenarios for it are missing";
const NEEDS_CROSS_PROTOCOL: &str =
    "follows with the endpoint /xp/signoff: scenarios for it and the logout settings are missing";

pub(super) const WHOLE_SESSION: Rule = entry(
    "P1-WF-01",
    "whole-session-ends",
    "sign-off ends the SSO session for every application that uses it",
    CURRENT_PAGE,
    Judge::later(NEEDS_APPLICATIONS),
);
pub(super) const SESSION_READ: Rule = entry(
    "P1-WF-02",
    "session-can-be-read",
    "a user's session can be read",
    CURRENT_PAGE,
    Judge::later(NEEDS_PLATFORM),
);
pub(super) const SESSION_TERMINATED: Rule = entry(
    "P1-WF-03",
    "session-can-be-terminated",
    "the user's current session can be terminated",
    CURRENT_PAGE,
    Judge::later(NEEDS_PLATFORM),
);
pub(super) const SIMPLE_LOGIN: Rule = entry(
    "P1-WF-04",
    "simple-login-opens-session",
    "the simple-login workflow makes a user and opens a session",
    CURRENT_PAGE,
    Judge::later(NEEDS_WALK_THROUGH),
);
pub(super) const COLLECTION_VARIABLES: Rule = entry(
    "P1-WF-05",
    "collection-variables-work",
    "the variables of the collection work as they stand",
    CURRENT_PAGE,
    Judge::later(NEEDS_WALK_THROUGH),
);
pub(super) const SAMPLES_AGREE: Rule = entry(
    "P1-SO-13",
    "samples-agree",
    "the page's code samples differ in their language only",
    CURRENT_PAGE,
    Judge::nothing("the samples bind nobody: they send the GET that P1-SO-01 judges"),
);
pub(super) const STARTED_BY_APPLICATION: Rule = entry(
    "P1-SA-01",
    "started-by-application",
    "the application starts with GET and the session cookie",
    LEGACY_GUIDE,
    Judge::nothing("it restates P1-SO-01 and P1-SO-02, which are judged"),
);
pub(super) const DELETED_AFTER_VALIDATION: Rule = entry(
    "P1-SA-02",
    "deleted-after-validation",
    "only after validation one service asks another to delete the session",
    LEGACY_GUIDE,
    Judge::Not(
        Unjudged::NotObservable,
        "the call goes from service to service; that nothing ends before validation shows in P1-SO-04 to P1-SO-09 and P1-SA-10",
    ),
);
pub(super) const LEGACY_LANDING: Rule = Rule {
    scope: Scope::Product {
        dialect: DIALECT,
        editions: &["legacy"],
    },
    ..entry(
        "P1-SA-07",
        "lands-on-hosted-or-custom-page",
        "without a redirect URI: the hosted signedOut page, or the custom UI with environmentId",
        LEGACY_GUIDE,
        Judge::later(
            "follows with the custom UI of an application, which a target cannot name yet; the current page's landing is P1-SO-17",
        ),
    )
};
pub(super) const APPLICATION_AND_USER: Rule = entry(
    "P1-SA-11",
    "application-and-user-checked",
    "the hint's application exists and is enabled, its user is the session's",
    LEGACY_GUIDE,
    Judge::nothing("it restates P1-SO-04, P1-SO-05 and P1-SO-06, which are judged"),
);
pub(super) const IDP_SIGNOFF_WITHOUT_COOKIE: Rule = entry(
    "P1-IDP-01",
    "idp-signoff-needs-no-cookie",
    "idpSignoff ends the session by ID token alone",
    CURRENT_PAGE,
    Judge::later(NEEDS_IDP_SIGNOFF),
);
pub(super) const IDP_SIGNOFF_HINT_REQUIRED: Rule = entry(
    "P1-IDP-02",
    "idp-signoff-hint-required",
    "id_token_hint is required at idpSignoff",
    CURRENT_PAGE,
    Judge::later(NEEDS_IDP_SIGNOFF),
);
pub(super) const IDP_SIGNOFF_CLIENT_ID: Rule = entry(
    "P1-IDP-03",
    "idp-signoff-client-agrees",
    "a client_id at idpSignoff equals the hint's aud",
    CURRENT_PAGE,
    Judge::later(NEEDS_IDP_SIGNOFF),
);
pub(super) const IDP_SIGNOFF_ENABLED: Rule = entry(
    "P1-IDP-04",
    "idp-signoff-switched-on",
    "the application has idpSignoff on, exists and is enabled",
    CURRENT_PAGE,
    Judge::later(NEEDS_IDP_SIGNOFF),
);
pub(super) const IDP_SIGNOFF_ANSWERS: Rule = entry(
    "P1-IDP-05",
    "idp-signoff-three-answers",
    "idpSignoff answers with the URI, with 204 or with the sign-on URL",
    CURRENT_PAGE,
    Judge::later(NEEDS_IDP_SIGNOFF),
);
pub(super) const IDP_SIGNOFF_HINT_CHECKS: Rule = entry(
    "P1-IDP-06",
    "idp-signoff-hint-checked",
    "issuer, signature and expiry at idpSignoff count as at signoff",
    CURRENT_PAGE,
    Judge::later(NEEDS_IDP_SIGNOFF),
);
pub(super) const CROSS_PROTOCOL_COOKIE: Rule = entry(
    "P1-XP-01",
    "cross-protocol-needs-cookie",
    "xp/signoff needs the session cookie and ends the session in every protocol",
    CURRENT_PAGE,
    Judge::later(NEEDS_CROSS_PROTOCOL),
);
pub(super) const CROSS_PROTOCOL_URI: Rule = entry(
    "P1-XP-02",
    "cross-protocol-uri-of-environment",
    "its redirect URI equals one of the environment's, else the signed-off page shows",
    CURRENT_PAGE,
    Judge::later(NEEDS_CROSS_PROTOCOL),
);
pub(super) const CROSS_PROTOCOL_TRIGGER: Rule = entry(
    "P1-XP-03",
    "cross-protocol-from-signoff",
    "with the setting on, signoff also starts the logout of the session's other applications",
    CURRENT_PAGE,
    Judge::later(
        "follows with relying parties that can be called: their endpoints and the logout settings are missing",
    ),
);
