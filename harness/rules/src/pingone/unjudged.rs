//! Sentences of the documentation that are listed without being judged, with the reason.

use super::{CURRENT_PAGE, EVERY_EDITION, LEGACY_GUIDE};
use crate::rule::{Judge, Rule, Unjudged};
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

/// These are calls of an administrator, not of a browser.
const PLATFORM: &str = "it speaks of the platform API, which a run does not call: the walk-through of the workflow's collection shows it at the mock (SEED-ROWS.md)";

pub(super) const SESSION_READ: Rule = entry(
    "P1-WF-02",
    "session-can-be-read",
    "a user's session can be read",
    CURRENT_PAGE,
    Judge::Not(Unjudged::NotObservable, PLATFORM),
);
pub(super) const SESSION_TERMINATED: Rule = entry(
    "P1-WF-03",
    "session-can-be-terminated",
    "the user's current session can be terminated",
    CURRENT_PAGE,
    Judge::Not(Unjudged::NotObservable, PLATFORM),
);
pub(super) const SIMPLE_LOGIN: Rule = entry(
    "P1-WF-04",
    "simple-login-opens-session",
    "the simple-login workflow makes a user and opens a session",
    CURRENT_PAGE,
    Judge::Not(Unjudged::NotObservable, PLATFORM),
);
pub(super) const COLLECTION_VARIABLES: Rule = entry(
    "P1-WF-05",
    "collection-variables-work",
    "the variables of the collection work as they stand",
    CURRENT_PAGE,
    Judge::Not(Unjudged::NotObservable, PLATFORM),
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
pub(super) const APPLICATION_AND_USER: Rule = entry(
    "P1-SA-11",
    "application-and-user-checked",
    "the hint's application exists and is enabled, its user is the session's",
    LEGACY_GUIDE,
    Judge::nothing("it restates P1-SO-04, P1-SO-05 and P1-SO-06, which are judged"),
);
