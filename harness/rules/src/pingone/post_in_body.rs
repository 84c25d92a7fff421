//! `/as/signoff` takes the same parameters by POST in the body, with the same outcome as by GET.
//!
//! # Why it matters
//! POST keeps the ID token out of addresses and logs. A server that routes the method and reads only the
//! query signs off, or refuses, something else than it was asked (L-09).
//!
//! # What does not count
//! Different pages for the two methods. What is compared is whether the redirect URI was honoured, whether
//! the browser was sent away, whether it failed, whether the session ended.
//!
//! # How to fix
//! Read the parameters from the form body of a POST, and treat them like those of a query.

use super::PRODUCT;
use super::reading::{carried_through, is_documented_to_work};
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, only_if};
use crate::sign_off::{Control, SignOff};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "P1-SO-16",
    name: "post-in-body",
    level: Level::Indicative,
    title: "POST with the parameters in the body does what GET does",
    file: include_str!("post_in_body.rs"),
    needs: &[Control::OtherMethod],
    judge: Judge::SignOff(judge),
    ..PRODUCT
};

fn judge(s: &SignOff<'_>) -> Ruling {
    only_if(
        is_documented_to_work(s),
        "the request is none that has to be carried out",
    )?;
    s.signed_in_before()?;
    carried_through(s)?;
    let other = s.control(Control::OtherMethod)?;
    other.signed_in_before()?;
    carried_through(&other)?;
    let worked = s
        .shown(&s.worked_and_honoured())
        .or_else(|_| s.did(Control::OtherMethod, SignOff::worked_and_honoured, "work"));
    s.must(
        s.effect().same_as(&other.effect()),
        worked,
        "the same effect by GET and by POST",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::pingone::reading::fixture::{AtPingOne, OWN_HINT, alice};
    use crate::sign_off::Control;
    use crate::testing::{BYE, Case, OUT, Session, TARGET, error};

    const PARAMETERS: &[(&str, &str)] = &[OWN_HINT, TARGET];

    fn beside(case: Case, other: Case) -> Case {
        case.control(Control::OtherMethod, other)
    }

    fn by_get() -> Case {
        alice().signs_off(PARAMETERS)
    }

    fn by_post() -> Case {
        alice().signs_off_by_post(PARAMETERS)
    }

    #[test]
    fn both_methods_do_the_same() {
        by_get()
            .ends_at(OUT)
            .assert_wants(&RULE, Control::OtherMethod);
        beside(by_get().ends_at(OUT), by_post().ends_at(OUT)).assert_kept(&RULE);
        beside(by_post().ends_at(OUT), by_get().ends_at(OUT)).assert_kept(&RULE);
    }

    #[test]
    fn a_refused_post_breaks_it() {
        beside(by_post().gets(error()), by_get().ends_at(OUT)).assert_violated(&RULE);
        beside(by_get().ends_at(OUT), by_post().lands()).assert_violated(&RULE);
    }

    #[test]
    fn two_refusals_are_not_the_same_effect() {
        beside(by_get().gets(error()), by_post().gets(error())).assert_undecided(&RULE);
        let lost = by_post().before(Session::Unclear);
        beside(by_get().ends_at(OUT), lost).assert_undecided(&RULE);
        by_get()
            .ends_at(OUT)
            .without_control(Control::OtherMethod)
            .assert_undecided(&RULE);
    }

    #[test]
    fn a_request_to_refuse_is_not_its_business() {
        let case = alice().signs_off_by_post(&[OWN_HINT, ("post_logout_redirect_uri", BYE)]);
        case.gets_refused().assert_not_mine(&RULE);
    }
}
