//! `PingOne`: sign-in through the flow API, sign-off at `/as/signoff`. It never asks, and it says so.

use super::{Dialect, Difference};
use crate::speech::{self, Lack, Word};
use crate::target::{SignInKind, Target};
use signoff_oidc::{Door, Metadata};
use signoff_rules::rule::Grade;

const GUIDE: &str = "PingOne guide \"Work with signoff actions\" (older)";
const LEGACY: &[&str] = &["legacy"];
/// Where the older guide says otherwise.
const SINCE_CURRENT_PAGE: &[&str] = &["current", "2023"];
const SIGNOFF: &str = "PingOne Platform API documentation, GET and POST signoff";

pub(super) const DIALECT: Dialect = Dialect {
    id: "pingone",
    summary: "PingOne: flow API, /as/signoff without a question, hosted pages",
    editions: &["current", "2023", "legacy"],
    sign_in: || SignInKind::PingOneFlow,
    own_origins: |issuer| vec![issuer.replacen("://auth.", "://apps.", 1)],
    speak: speech::rp_initiated,
    lacks: &[
        speech::NO_OTHER_WAY,
        Lack {
            word: Word::OfRulesOnly,
            rules: &["REV-2-02", "REV-2.1-07", "REV-2.2.1-01"],
            reason: "access tokens of PingOne's own API, which UserInfo takes, cannot be revoked, as documented",
        },
        Lack {
            word: Word::OfRulesOnly,
            rules: &["CORE-3.1.2.1-01", "CORE-3.1.2.2-02"],
            reason: "PingOne documents no id_token_hint at the authorization endpoint",
        },
    ],
    doors,
    differences: &[
        Difference {
            rules: &["RPIL-2-27", "RPIL-6-01"],
            when: "hint = absent",
            by: "P1-SO-03",
            reason: "signs off whoever the ST cookie identifies, and documents no question",
            source: SIGNOFF,
            grade: Grade::Documented,
            editions: SINCE_CURRENT_PAGE,
        },
        Difference {
            rules: &["RPIL-6-01"],
            when: "hint = empty",
            by: "P1-SO-03",
            reason: "an empty hint counts as none, and without a hint nobody is asked",
            source: SIGNOFF,
            grade: Grade::Inferred,
            editions: SINCE_CURRENT_PAGE,
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
            rules: &["RPIL-2-24"],
            when: "hint.session = other and hint.user = same",
            by: "session ended",
            reason: "compares the user of the hint with that of the session, however long ago the hint's own session ended",
            source: SIGNOFF,
            grade: Grade::Inferred,
            editions: &["current", "legacy"],
        },
        Difference {
            rules: &["RPIL-3-03"],
            when: "hint = absent and redirect.registered = enabled",
            by: "target honoured",
            reason: "without a hint the URI of any enabled application of the environment is honoured",
            source: SIGNOFF,
            grade: Grade::Documented,
            editions: SINCE_CURRENT_PAGE,
        },
        Difference {
            rules: &["RPIL-3-04", "RPIL-4-01", "RPIL-4-04"],
            when: "hint = absent and client_id = known and redirect.registered = enabled",
            by: "target honoured",
            reason: "client_id is no parameter of the endpoint, so it does not narrow the applications down",
            source: SIGNOFF,
            grade: Grade::Inferred,
            editions: SINCE_CURRENT_PAGE,
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
            rules: &["RPIL-2-05"],
            when: "client_id = disagrees and redirect.registered = disabled",
            by: "target honoured",
            reason: "client_id is ignored, and beside a hint the values of every application count",
            source: GUIDE,
            grade: Grade::Inferred,
            editions: LEGACY,
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
        Difference {
            rules: &["RPIL-2-23"],
            when: "hint.expired = true and hint.kind = id",
            by: "error page",
            reason: "refused a hint past its exp (\"The token is no longer valid\")",
            source: "a user's report to the PingOne community, 2023",
            grade: Grade::UserReport,
            editions: &["2023"],
        },
        Difference {
            rules: &["RPIL-3-04", "RPIL-4-01", "RPIL-4-04"],
            when: "hint.provenance = issued and hint.kind = id and redirect.registered != nowhere and redirect.registered != client",
            by: "target honoured",
            reason: "beside a hint, too, the URI of any application of the environment is honoured",
            source: GUIDE,
            grade: Grade::Documented,
            editions: LEGACY,
        },
        Difference {
            rules: &["RPIL-3-01"],
            when: "redirect = absent",
            by: "P1-SA-07",
            reason: "an application with pages of its own gets its user back there, though none was asked for",
            source: GUIDE,
            grade: Grade::Documented,
            editions: LEGACY,
        },
        Difference {
            rules: &["BCL-2.7-05"],
            when: "session = alive",
            by: "session ended",
            reason: "signing off invalidates the access and refresh tokens of the session, and no exception for offline_access is documented",
            source: "PingOne documentation, configuring the application portal",
            grade: Grade::Inferred,
            editions: &[],
        },
    ],
};

/// The endpoint beside the metadata's own: `idpSignoff`, which the metadata names, `xp/signoff`, which came
/// with the current documentation, and `as/signoff` at a custom domain.
fn doors(target: &Target, metadata: &Metadata) -> Vec<(Door, String)> {
    let environment = target.issuer.strip_suffix("/as");
    let current = target.edition.as_deref().unwrap_or("current") == "current";
    let by_hint = metadata.text("ping_end_idp_session_endpoint");
    let over_tls = environment.is_some_and(|base| base.starts_with("https:"));
    let domain = target.custom_domain.as_ref().filter(|_| over_tls);
    let known = [
        (Door::HintAlone, by_hint.map(str::to_owned)),
        (
            Door::EveryProtocol,
            environment
                .filter(|_| current)
                .map(|base| format!("{base}/xp/signoff")),
        ),
        (
            Door::OtherAddress,
            domain.map(|domain| format!("https://{domain}/as/signoff")),
        ),
    ];
    known
        .into_iter()
        .filter_map(|(door, url)| Some((door, url?)))
        .collect()
}
