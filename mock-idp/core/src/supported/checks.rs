//! The checks of a sign-off request, in words.

use super::Grade;
use crate::logout::hint::HintStep;

/// Something that must hold for a sign-off to be carried out.
#[derive(Debug)]
pub struct Check {
    /// The check, in a word or three.
    pub name: &'static str,
    /// The step of the hint's examination that it is, if it is one.
    pub step: Option<HintStep>,
    /// What must hold.
    pub holds: &'static str,
    /// How sure it is.
    pub grade: Grade,
    /// What is otherwise at the product, or not known of it.
    pub differs: &'static str,
}

use Grade::{Documented, Inferred};

/// Every check of `/as/signoff`, in order; `/as/idpSignoff` makes those of the hint, but for the last.
pub const CHECKS: &[Check] = &[
    Check {
        name: "repeats",
        step: None,
        holds: "no parameter stands twice",
        grade: Inferred,
        differs: "not known",
    },
    Check {
        name: "hint present",
        step: None,
        holds: "legacy edition: there is an `id_token_hint`",
        grade: Documented,
        differs: "optional in the current documentation",
    },
    Check {
        name: "hint: algorithm",
        step: Some(HintStep::Algorithm),
        holds: "RS256 and nothing else, no critical header",
        grade: Inferred,
        differs: "all tokens are documented to be RS256; what becomes of others is not",
    },
    Check {
        name: "hint: signature",
        step: Some(HintStep::Signature),
        holds: "it verifies with the environment's key",
        grade: Documented,
        differs: "applications may have keys of their own there; here all share the environment's",
    },
    Check {
        name: "hint: kind",
        step: Some(HintStep::Kind),
        holds: "it is an ID token and no access token",
        grade: Documented,
        differs: "the documentation asks for an ID token; how it tells them apart is not public",
    },
    Check {
        name: "hint: issuer",
        step: Some(HintStep::Issuer),
        holds: "it is the authorization server at the address that was asked: region and environment, or custom domain",
        grade: Documented,
        differs: "",
    },
    Check {
        name: "hint: audience",
        step: Some(HintStep::Audience),
        holds: "it names exactly one application",
        grade: Inferred,
        differs: "the product issues a single audience; what it makes of several is not known",
    },
    Check {
        name: "hint: application exists",
        step: Some(HintStep::ApplicationExists),
        holds: "the application of the audience is one of the environment",
        grade: Documented,
        differs: "",
    },
    Check {
        name: "hint: application enabled",
        step: Some(HintStep::ApplicationEnabled),
        holds: "it is not disabled",
        grade: Documented,
        differs: "",
    },
    Check {
        name: "hint: user known",
        step: Some(HintStep::UserKnown),
        holds: "its user exists",
        grade: Inferred,
        differs: "not documented by itself",
    },
    Check {
        name: "hint: expiry",
        step: Some(HintStep::Expiry),
        holds: "edition 2023 only: it is not past its `exp`",
        grade: Grade::Reported,
        differs: "the current documentation accepts expired hints, and so does the mock",
    },
    Check {
        name: "hint: user of the session",
        step: Some(HintStep::SessionUser),
        holds: "its user is the one of the session, if there is a session",
        grade: Documented,
        differs: "whether `sid` must agree, too, is not known; here it need not",
    },
    Check {
        name: "length",
        step: None,
        holds: "`post_logout_redirect_uri` and `state` together have fewer than 8192 characters",
        grade: Documented,
        differs: "the unit is not public: decoded characters here, encoded ones with `length_unit`",
    },
    Check {
        name: "redirect URI",
        step: None,
        holds: "it equals, octet by octet, a value of the hint's application; without a hint, of any enabled one; legacy \
                edition: of any at all",
        grade: Documented,
        differs: "wildcards in redirect URIs are not here",
    },
    Check {
        name: "idpSignoff: allowed",
        step: None,
        holds: "the application has `idpSignoff` on",
        grade: Documented,
        differs: "",
    },
    Check {
        name: "idpSignoff: client",
        step: None,
        holds: "a `client_id` equals the audience",
        grade: Documented,
        differs: "",
    },
];
