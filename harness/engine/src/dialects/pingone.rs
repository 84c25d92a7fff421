//! `PingOne`: sign-in through the flow API, sign-off at `/as/signoff`. It never asks, and it says so.

use super::{Dialect, Difference};
use crate::speech;
use crate::target::SignInKind;
use signoff_rules::rule::Grade;

const SIGNOFF: &str = "PingOne Platform API documentation, GET and POST signoff";

pub(super) const DIALECT: Dialect = Dialect {
    id: "pingone",
    summary: "PingOne: flow API, /as/signoff without a question, hosted pages",
    editions: &["current"],
    sign_in: || SignInKind::PingOneFlow,
    own_origins: |issuer| vec![issuer.replacen("://auth.", "://apps.", 1)],
    speak: speech::rp_initiated,
    lacks: &[speech::NO_OTHER_WAY],
    differences: &[
        Difference {
            rules: &["RPIL-2-27", "RPIL-6-01"],
            when: "hint = absent",
            by: "P1-SO-03",
            reason: "signs off whoever the ST cookie identifies, and documents no question",
            source: SIGNOFF,
            grade: Grade::Documented,
            editions: &[],
        },
        Difference {
            rules: &["RPIL-6-01"],
            when: "hint = empty",
            by: "P1-SO-03",
            reason: "an empty hint counts as none, and without a hint nobody is asked",
            source: SIGNOFF,
            grade: Grade::Inferred,
            editions: &[],
        },
        Difference {
            rules: &["RPIL-2-26"],
            when: "hint = once and hint.session = current",
            by: "session ended",
            reason: "documents no question",
            source: SIGNOFF,
            grade: Grade::Documented,
            editions: &[],
        },
        Difference {
            rules: &["RPIL-2-28"],
            when: "hint.session = other and hint.user = same",
            by: "session ended",
            reason: "compares the user of the hint with that of the session, not the sid",
            source: SIGNOFF,
            grade: Grade::Inferred,
            editions: &[],
        },
        Difference {
            rules: &["RPIL-3-03"],
            when: "hint = absent and redirect.registered = enabled",
            by: "target honoured",
            reason: "without a hint the URI of any enabled application of the environment is honoured",
            source: SIGNOFF,
            grade: Grade::Documented,
            editions: &[],
        },
        Difference {
            rules: &["RPIL-3-04", "RPIL-4-01", "RPIL-4-04"],
            when: "hint = absent and client_id = known and redirect.registered = enabled",
            by: "target honoured",
            reason: "client_id is no parameter of the endpoint, so it does not narrow the applications down",
            source: SIGNOFF,
            grade: Grade::Inferred,
            editions: &[],
        },
        Difference {
            rules: &["RPIL-3-04", "RPIL-4-01", "RPIL-4-04"],
            when: "hint = empty and client_id = known and redirect.registered = enabled",
            by: "target honoured",
            reason: "an empty hint counts as none, and client_id does not narrow the applications down",
            source: SIGNOFF,
            grade: Grade::Inferred,
            editions: &[],
        },
        Difference {
            rules: &["RPIL-2-05", "RPIL-4-01", "RPIL-4-04"],
            when: "client_id = disagrees and redirect.registered = enabled",
            by: "target honoured",
            reason: "client_id is no parameter of the endpoint and is ignored; the hint alone names the application",
            source: SIGNOFF,
            grade: Grade::Inferred,
            editions: &[],
        },
        Difference {
            rules: &["CK-4.1.3-01"],
            when: "",
            by: "cookie ST",
            reason: "the session cookie is called ST, without a prefix",
            source: SIGNOFF,
            grade: Grade::Documented,
            editions: &[],
        },
    ],
};
