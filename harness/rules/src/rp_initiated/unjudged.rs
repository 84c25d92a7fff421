//! The sentences of the document that are listed without being judged, with the reason.

use super::section;
use crate::rule::{Judge, Rule};
use signoff_oidc::spec::Level;

pub(super) const QUOTE_MARKS: Rule = Rule::unjudged(
    "RPIL-1.1-01",
    "quote-marks-are-not-values",
    Level::MustNot,
    section("1.1"),
    "quotation marks in the text edition are not part of values",
    Judge::nothing("it explains how the document is set in type"),
);
pub(super) const DEFINITIONS: Rule = Rule::unjudged(
    "RPIL-1.2-01",
    "definitions-hold",
    Level::Indicative,
    section("1.2"),
    "the defined terms are normative",
    Judge::nothing("it is about how the document is read"),
);
pub(super) const BROWSER_IS_SENT: Rule = Rule::unjudged(
    "RPIL-2-01",
    "browser-is-sent",
    Level::Indicative,
    section("2"),
    "the RP sends the browser to the logout endpoint",
    Judge::binds_the_rp("the harness plays the RP here"),
);
pub(super) const HINT_IS_SENT: Rule = Rule::unjudged(
    "RPIL-2-02",
    "hint-is-sent",
    Level::Should,
    section("2"),
    "the RP sends an ID token as a hint",
    Judge::binds_the_rp("the harness sends requests with and without one on purpose"),
);
pub(super) const CLIENT_ID_IS_SENT: Rule = Rule::unjudged(
    "RPIL-2-04",
    "client-id-is-sent",
    Level::May,
    section("2"),
    "the RP may send its client_id",
    Judge::binds_the_rp("what the OP makes of it is judged by RPIL-2-05"),
);
pub(super) const CLIENT_ID_PICKS_KEY: Rule = Rule::unjudged(
    "RPIL-2-06",
    "client-id-picks-key",
    Level::Indicative,
    section("2"),
    "client_id tells the key of a symmetrically encrypted hint",
    Judge::nothing(
        "it says what the parameter is good for; that an OP takes encrypted hints is asked nowhere",
    ),
);
pub(super) const REDIRECT_URI_IS_SENT: Rule = Rule::unjudged(
    "RPIL-2-07",
    "redirect-uri-is-sent",
    Level::May,
    section("2"),
    "the RP may ask to be returned to",
    Judge::binds_the_rp("what the OP makes of it is judged by the rules of section 3"),
);
pub(super) const REDIRECT_URI_HTTPS: Rule = Rule::unjudged(
    "RPIL-2-08",
    "redirect-uri-https",
    Level::Should,
    section("2"),
    "the RP's redirect URI uses https",
    Judge::binds_the_rp("it is about what the RP registers"),
);
pub(super) const REDIRECT_URI_HTTP: Rule = Rule::unjudged(
    "RPIL-2-10",
    "redirect-uri-http",
    Level::May,
    section("2"),
    "http only for confidential clients and if the OP allows it",
    Judge::nothing(
        "it says which values an RP may use; what may be registered is judged by RPIL-3.1-05, and a value that is not registered by RPIL-3-04",
    ),
);
pub(super) const HINT_WITH_REDIRECT_URI: Rule = Rule::unjudged(
    "RPIL-2-13",
    "hint-with-redirect-uri",
    Level::Should,
    section("2"),
    "the RP sends a hint along with a redirect URI",
    Judge::binds_the_rp("the harness leaves it out on purpose in some requests"),
);
pub(super) const STATE_IS_SENT: Rule = Rule::unjudged(
    "RPIL-2-14",
    "state-is-sent",
    Level::May,
    section("2"),
    "the RP may send a state",
    Judge::binds_the_rp("its return is judged by RPIL-2-15"),
);
pub(super) const LOCALES_ARE_SENT: Rule = Rule::unjudged(
    "RPIL-2-16",
    "locales-are-sent",
    Level::May,
    section("2"),
    "the RP may say in which languages to speak",
    Judge::binds_the_rp("that they are no error is judged by RPIL-2-17"),
);
pub(super) const EITHER_METHOD: Rule = Rule::unjudged(
    "RPIL-2-19",
    "either-method",
    Level::May,
    section("2"),
    "the RP may use GET or POST",
    Judge::binds_the_rp("the OP's side is judged by RPIL-2-18"),
);
pub(super) const QUERY_OF_GET: Rule = Rule::unjudged(
    "RPIL-2-20",
    "query-of-get",
    Level::Indicative,
    section("2"),
    "with GET the parameters stand in the query",
    Judge::binds_the_rp("that the OP reads them there shows in every GET that works"),
);
pub(super) const SUSPECT_DECLINED: Rule = Rule::unjudged(
    "RPIL-2-25",
    "suspect-declined",
    Level::May,
    section("2"),
    "the OP may decline a suspect request",
    Judge::nothing("it is a permission; RPIL-2-24 counts declining as kept"),
);
pub(super) const RPS_NOTIFIED: Rule = Rule::unjudged(
    "RPIL-2-30",
    "rps-notified",
    Level::Indicative,
    section("2"),
    "every RP of the session is told",
    Judge::later("needs RP endpoints that listen for front-channel and back-channel notices"),
);
pub(super) const INITIATOR_NOTIFIED: Rule = Rule::unjudged(
    "RPIL-2-31",
    "initiator-notified",
    Level::IndicativeMust,
    section("2"),
    "the RP that asked is told too, before the redirect",
    Judge::later("needs RP endpoints that listen for front-channel and back-channel notices"),
);
pub(super) const LOCAL_LOGOUT: Rule = Rule::unjudged(
    "RPIL-2-32",
    "local-logout",
    Level::Indicative,
    section("2"),
    "the RP ends its own session without relying on a notice",
    Judge::binds_the_rp("it is about the RP's own session"),
);
pub(super) const OTHER_WAYS_TO_METADATA: Rule = Rule::unjudged(
    "RPIL-2.1-01",
    "other-ways-to-metadata",
    Level::May,
    section("2.1"),
    "the RP may learn the metadata elsewhere",
    Judge::binds_the_rp("it is a permission for the RP"),
);
pub(super) const ENDPOINT_PARTS: Rule = Rule::unjudged(
    "RPIL-2.1-04",
    "endpoint-parts",
    Level::May,
    section("2.1"),
    "the endpoint's URL may have port, path and query",
    Judge::nothing("it is a permission; the harness keeps the query that the endpoint has"),
);
pub(super) const HINT_FOR_THIS_RP: Rule = Rule::unjudged(
    "RPIL-3-02",
    "hint-for-this-rp",
    Level::Should,
    section("3"),
    "the RP sends a hint of its own when it asks for a redirect",
    Judge::binds_the_rp("the OP's side is judged by RPIL-3-03"),
);
pub(super) const REDIRECT_AFTER_NOTICE: Rule = Rule::unjudged(
    "RPIL-3-05",
    "redirect-after-notice",
    Level::IndicativeMust,
    section("3"),
    "the redirect follows the notices to the RPs",
    Judge::later("needs RP endpoints that listen, and that can be slow to answer"),
);
pub(super) const REGISTRATION_MEMBER: Rule = Rule::unjudged(
    "RPIL-3.1-01",
    "registration-member",
    Level::May,
    section("3.1"),
    "post_logout_redirect_uris may be registered",
    Judge::binds_the_rp("it is about the RP's registration"),
);
pub(super) const REGISTRATION_HTTPS: Rule = Rule::unjudged(
    "RPIL-3.1-03",
    "registration-https",
    Level::Should,
    section("3.1"),
    "the registered URLs use https",
    Judge::binds_the_rp("it is about what the RP registers"),
);
pub(super) const REGISTRATION_PARTS: Rule = Rule::unjudged(
    "RPIL-3.1-04",
    "registration-parts",
    Level::May,
    section("3.1"),
    "the registered URLs may have port, path and query",
    Judge::nothing("it is a permission; that they are kept is judged by RPIL-2-09"),
);
pub(super) const ERROR_SHOWN: Rule = Rule::unjudged(
    "RPIL-4-05",
    "error-shown",
    Level::May,
    section("4"),
    "the OP may show an error",
    Judge::nothing("it is a permission"),
);
pub(super) const LOGOUT_OFFERED_ON_ERROR: Rule = Rule::unjudged(
    "RPIL-4-06",
    "logout-offered-on-error",
    Level::May,
    section("4"),
    "the OP may offer the logout in spite of the error",
    Judge::nothing("it is a permission"),
);
pub(super) const WORTH_OF_THE_OFFER: Rule = Rule::unjudged(
    "RPIL-4-07",
    "worth-of-the-offer",
    Level::Indicative,
    section("4"),
    "offering it protects people at shared machines",
    Judge::nothing("it is advice, and prescribes nothing"),
);
pub(super) const REQUIRED_FEATURES: Rule = Rule::unjudged(
    "RPIL-5-01",
    "required-features",
    Level::Must,
    section("5"),
    "everything that is REQUIRED is implemented",
    Judge::nothing("it is the sum of the other rules"),
);
pub(super) const REGISTRATION_NAME: Rule = Rule::unjudged(
    "RPIL-7-02",
    "registration-name",
    Level::Indicative,
    section("7"),
    "post_logout_redirect_uris is a registered name of client metadata",
    Judge::nothing("it registers a name, and prescribes nothing"),
);
