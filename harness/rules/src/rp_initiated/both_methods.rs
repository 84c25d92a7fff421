//! The OP supports GET and POST at the logout endpoint.
//!
//! # Why it matters
//! POST keeps the ID token out of addresses, logs and `Referer`. Products that answer it with 404 or 405
//! (L-01 to L-06) force relying parties to put the token into the URL.
//!
//! # What does not count
//! A different page or status code for the two methods. What is compared is the effect: whether the target
//! was honoured, whether the browser was sent away, whether it failed, whether the session ended. Requests
//! are same-site here, so a `SameSite` cookie is no excuse.
//!
//! # How to fix
//! Read the same parameters from the query for GET and from the form body for POST, and treat them alike.

use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, only_if};
use crate::sign_off::{Control, SignOff};
use signoff_oidc::spec::{Document, Level, Reference};

pub(super) const RULE: Rule = Rule {
    id: "RPIL-2-18",
    name: "both-methods",
    level: Level::Must,
    source: Reference {
        document: Document::RpInitiatedLogout,
        section: "2",
    },
    title: "GET and POST are both accepted",
    file: include_str!("both_methods.rs"),
    needs: &[Control::OtherMethod],
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

fn judge(s: &SignOff<'_>) -> Ruling {
    only_if(s.is_orderly(), "the request is not orderly")?;
    let other = s.control(Control::OtherMethod)?;
    s.must(
        s.effect().same_as(&other.effect()),
        s.did(Control::OtherMethod, SignOff::worked_and_honoured, "work")
            .or_else(|failed| s.shown(&s.worked_and_honoured()).map_err(|_| failed)),
        "the same effect by GET and by POST",
    )
}
