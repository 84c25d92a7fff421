//! `IdentityServer` (`IdentityServer4`, Duende): sign-in by form, sign-off at `/connect/endsession` and its logout page. It asks
//! unless the hint is a good one, and leads back by a link.

use super::{Dialect, Difference};
use crate::speech::{self, Lack, Word};
use crate::target::SignInKind;
use signoff_rules::rule::Grade;

const PAGE: &str = "IdentityServer documentation, End Session Endpoint";
const COOKIE: &str = "IdentityServer source, DefaultUserSession: the session is in the properties of the authentication cookie";
const VALIDATOR: &str = "IdentityServer source, EndSessionRequestValidator";

pub(super) const DIALECT: Dialect = Dialect {
    id: "identityserver",
    summary: "IdentityServer4 and Duende IdentityServer: /connect/endsession, logout page, a link back",
    editions: &["duende-8", "duende-7", "is4"],
    sign_in: || SignInKind::Form,
    own_origins: |_| Vec::new(),
    speak: speech::rp_initiated,
    lacks: &[
        Lack {
            word: Word::OfRulesOnly,
            rules: &["REV-2-02", "REV-2.2.1-01"],
            reason: "access tokens of IdentityServer speak for themselves unless the host asks for reference tokens; its revocation endpoint is documented for reference and refresh tokens, and passes over every other with 200",
        },
        Lack {
            word: Word::OfRulesOnly,
            rules: &["CORE-3.1.2.1-01", "CORE-3.1.2.2-02"],
            reason: "IdentityServer documents no id_token_hint at the authorization endpoint",
        },
    ],
    doors: |_, _| Vec::new(),
    differences: &[
        Difference {
            rules: &["RPIL-2-26"],
            when: "hint = once and hint.session = current",
            by: "session ended",
            reason: "the question can be bypassed with the original ID token",
            source: PAGE,
            grade: Grade::Documented,
            editions: &[],
        },
        Difference {
            rules: &["RPIL-2-24", "RPIL-2-28"],
            when: "hint.session = other and hint.user = same",
            by: "session ended",
            reason: "compares the user of the hint with that of the session, not the sid",
            source: VALIDATOR,
            grade: Grade::VendorCode,
            editions: &["duende-7", "is4"],
        },
        Difference {
            rules: &["RPIL-2-29", "CSS-06", "CK-4.1.2.1-01"],
            when: "session = alive and cookies = current",
            by: "session ended",
            reason: "the session is in its cookie alone unless the host keeps sessions on the server, so a copy of the cookie outlives it",
            source: COOKIE,
            grade: Grade::Inferred,
            editions: &[],
        },
        Difference {
            rules: &["RPIL-2-29"],
            when: "session = alive and cookies = saved",
            by: "session alive",
            reason: "the session is in its cookie alone unless the host keeps sessions on the server, so a copy of the cookie cannot be ended",
            source: COOKIE,
            grade: Grade::Inferred,
            editions: &[],
        },
        Difference {
            rules: &["CK-4.1.3-01"],
            when: "",
            by: "cookie idsrv",
            reason: "the session cookie is called idsrv, without a prefix",
            source: "IdentityServer source, DefaultCookieAuthenticationScheme",
            grade: Grade::VendorCode,
            editions: &[],
        },
        Difference {
            rules: &["CSS-30"],
            when: "",
            by: "session ended",
            reason: "access tokens speak for themselves until they expire, unless the host coordinates their lifetime with the session",
            source: "Duende documentation, client option CoordinateLifetimeWithUserSession",
            grade: Grade::Documented,
            editions: &[],
        },
        Difference {
            rules: &["CSS-02"],
            when: "",
            by: "session ended",
            reason: "the form's token is that of ASP.NET: bound to browser and user, not to one answer",
            source: "IdentityServer sample pages, ValidateAntiForgeryToken",
            grade: Grade::Inferred,
            editions: &[],
        },
        Difference {
            rules: &["CSS-03"],
            when: "method = POST and body = other",
            by: "status 500",
            reason: "reads the form without looking at the content type first, and what that throws is caught by nobody",
            source: "IdentityServer source, EndSessionEndpoint; ASP.NET Core, HttpRequest.ReadFormAsync",
            grade: Grade::Inferred,
            editions: &[],
        },
    ],
};
