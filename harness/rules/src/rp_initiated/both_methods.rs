//! The OP supports GET and POST at the logout endpoint.
//!
//! # Why it matters
//! POST keeps the ID token out of addresses, logs and `Referer`. Products that answer it with 404 or 405
//! (L-01 to L-06) force relying parties to put the token into the URL.
//!
//! # What does not count
//! A different page or status code for the two methods. What is compared is the effect: whether the target
//! was honoured, whether the browser was sent away, whether it failed, whether the session ended. Requests
//! are same-site here, so a `SameSite` cookie is no excuse. A page that was not recognised and may be a
//! question leaves it undecided. A request whose `Origin` is a stranger's: refusing its POST is a defence
//! against forged requests, and a GET by a link has no `Origin` to refuse.
//!
//! # How to fix
//! Read the same parameters from the query for GET and from the form body for POST, and treat them alike.

use crate::named_hosts::foreign_hosts;
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
    only_if(
        foreign_hosts(s, &["Origin"]).is_empty(),
        "the request comes from a page of a stranger",
    )?;
    let other = s.control(Control::OtherMethod)?;
    s.must(
        s.same_effect_as(&other),
        s.did(Control::OtherMethod, SignOff::worked_and_honoured, "work")
            .or_else(|failed| s.shown(&s.worked_and_honoured()).map_err(|_| failed)),
        "the same effect by GET and by POST",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::record::Answered;
    use crate::sign_off::Control;
    use crate::testing::{
        Case, EVIL, OUT, OWN, Session, TARGET, asks, blank, error, page, redirect,
    };

    fn worked(case: Case) -> Case {
        case.gets(redirect(303, OUT)).at_rest(Session::Ended)
    }

    fn by_get() -> Case {
        Case::new().get(&[OWN, TARGET])
    }

    fn by_post() -> Case {
        Case::new().post(&[OWN, TARGET])
    }

    #[test]
    fn a_body_that_does_not_say_that_it_is_a_form_is_not_its_business() {
        let mut case = by_post();
        case.record.attempts[0].chain[0].request.headers.clear();
        case.gets(asks())
            .control(Control::OtherMethod, worked(by_get()))
            .assert_not_mine(&RULE);
    }

    #[test]
    fn the_same_effect_keeps_it_whether_or_not_one_of_them_asks() {
        worked(by_post())
            .control(Control::OtherMethod, worked(by_get()))
            .assert_kept(&RULE);
        by_post()
            .gets(asks())
            .says(Answered::Yes, redirect(303, OUT), Session::Ended)
            .control(Control::OtherMethod, worked(by_get()))
            .assert_kept(&RULE);
    }

    #[test]
    fn a_refused_post_breaks_it_from_either_side() {
        let refused = || by_post().gets(page(405, ""));
        refused()
            .control(Control::OtherMethod, worked(by_get()))
            .assert_violated(&RULE);
        worked(by_get())
            .control(Control::OtherMethod, refused())
            .assert_violated(&RULE);
    }

    #[test]
    fn where_neither_works_nothing_is_proven() {
        by_post()
            .gets(error())
            .control(Control::OtherMethod, by_get().gets(error()))
            .assert_undecided(&RULE);
        by_post()
            .control(Control::OtherMethod, by_get())
            .assert_undecided(&RULE);
        by_post()
            .without_control(Control::OtherMethod)
            .assert_undecided(&RULE);
    }

    #[test]
    fn a_page_that_may_be_a_question_leaves_it_open() {
        by_post()
            .gets(blank())
            .control(Control::OtherMethod, worked(by_get()))
            .assert_undecided(&RULE);
    }

    #[test]
    fn a_request_that_is_not_orderly_is_not_its_business() {
        Case::new()
            .post(&[OWN, ("post_logout_redirect_uri", EVIL)])
            .assert_not_mine(&RULE);
    }

    #[test]
    fn a_request_from_a_page_of_a_stranger_is_not_its_business() {
        by_post()
            .header("Origin", "https://evil.test")
            .gets(page(403, ""))
            .control(Control::OtherMethod, worked(by_get()))
            .assert_not_mine(&RULE);
    }
}
