//! It is not an error to ask for a logout when the OP has no session to end.
//!
//! # Why it matters
//! Sessions end by themselves, in another tab, or at another relying party. Second requests met 400 (F-07),
//! 500 (F-01), a refused hint (F-04) or a demand to sign in first (F-02).
//!
//! # What does not count
//! A question, a signed-off page or the redirect: each is an answer without error. Pages that were not
//! recognised. Requests that would be refused with a session as well; expired hints.
//!
//! # How to fix
//! Do what is done after a sign-off: redirect, or say that the person is signed off.

use super::section;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, Stop, only_if};
use crate::sign_off::{Control, SignOff};
use crate::visit::{End, PageKind};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "RPIL-4-03",
    name: "no-session-no-error",
    level: Level::IndicativeMust,
    source: section("4"),
    title: "without a session a sign-off is no error",
    file: include_str!("no_session_no_error.rs"),
    needs: &[Control::Orderly],
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

fn judge(s: &SignOff<'_>) -> Ruling {
    only_if(
        s.is_well_formed() && s.hint_fits_session() && !s.hint_expired(),
        "the request would not be orderly with its session",
    )?;
    match s.session_alive() {
        Seen::No(_) => {}
        Seen::Yes(what) => return Err(Stop::NotMine(what)),
        Seen::Unknown(why) => return Err(Stop::Undecided(why)),
    }
    s.must(
        went_well(s),
        s.did(Control::Orderly, SignOff::worked_and_honoured, "work"),
        "the redirect, a signed-off page or a question",
    )
}

fn went_well(s: &SignOff<'_>) -> Seen {
    let saw = s.describe_end();
    if s.failed().is_yes() {
        return Seen::No(saw);
    }
    let recognised = matches!(
        s.ends().last(),
        Some(
            End::Left(_)
                | End::Page {
                    kind: PageKind::SignedOff | PageKind::Asks,
                    ..
                }
        )
    );
    if recognised || s.honoured().is_yes() {
        Seen::Yes(saw)
    } else {
        Seen::Unknown(format!("it is open whether this is an error: {saw}"))
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::record::CookiesSent;
    use crate::testing::{
        Case, EVIL, LIFETIME, OUT, OWN, Session, TARGET, blank, error, page, redirect, signed_off,
    };

    fn again() -> Case {
        Case::new().get(&[OWN, TARGET]).before(Session::Ended)
    }

    #[test]
    fn the_redirect_or_a_signed_off_page_keeps_it() {
        again()
            .gets(redirect(303, OUT))
            .orderly_worked()
            .assert_kept(&RULE);
        again()
            .gets(signed_off())
            .orderly_worked()
            .assert_kept(&RULE);
    }

    #[test]
    fn an_error_breaks_it_where_the_twin_works() {
        for answer in [error(), page(500, "")] {
            again()
                .gets(answer.clone())
                .orderly_worked()
                .assert_violated(&RULE);
            again()
                .gets(answer)
                .orderly_refused()
                .assert_undecided(&RULE);
        }
        Case::new()
            .get(&[OWN, TARGET])
            .with_cookies(CookiesSent::None)
            .gets(error())
            .orderly_worked()
            .assert_violated(&RULE);
    }

    #[test]
    fn a_page_that_was_not_recognised_tells_nothing() {
        again()
            .gets(blank())
            .orderly_worked()
            .assert_undecided(&RULE);
    }

    #[test]
    fn an_error_for_altered_cookies_tells_nothing_with_and_without_a_session() {
        for before in [Session::Lives, Session::Ended] {
            Case::new()
                .get(&[OWN, TARGET])
                .before(before)
                .with_cookies(CookiesSent::Altered)
                .gets(error())
                .orderly_worked()
                .assert_undecided(&RULE);
        }
    }

    #[test]
    fn a_live_session_and_other_errors_are_not_its_business() {
        Case::new().get(&[OWN, TARGET]).assert_not_mine(&RULE);
        Case::new()
            .get(&[OWN, ("post_logout_redirect_uri", EVIL)])
            .before(Session::Ended)
            .gets(error())
            .assert_not_mine(&RULE);
        Case::new()
            .later(LIFETIME)
            .get(&[OWN, TARGET])
            .before(Session::Ended)
            .gets(error())
            .assert_not_mine(&RULE);
    }
}
