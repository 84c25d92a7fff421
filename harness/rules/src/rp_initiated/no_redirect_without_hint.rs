//! Without a hint there is no post-logout redirect, unless the OP can confirm the target by other means.
//!
//! # Why it matters
//! With neither hint nor `client_id` nothing says whose redirect it is. Endpoints that then matched the
//! address against nothing, or against the lists of all clients, send people where no relying party
//! of theirs asked to.
//!
//! # What does not count
//! Requests with a `client_id`, which with an exact match is such a means. What is shown instead, and
//! whether the session ends.
//!
//! # How to fix
//! Without hint and `client_id`, ask, sign off and stay on a page of the OP.

use super::section;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, only_if};
use crate::sign_off::{Control, SignOff};
use signoff_oidc::Given;
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "RPIL-3-03",
    name: "no-redirect-without-hint",
    level: Level::MustNot,
    source: section("3"),
    title: "no redirect when nothing says whose it is",
    file: include_str!("no_redirect_without_hint.rs"),
    needs: &[Control::Orderly],
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

fn judge(s: &SignOff<'_>) -> Ruling {
    only_if(
        s.hint() == Given::Absent && s.client_id() == Given::Absent && !s.is_mixed(),
        "a hint or a client_id was sent",
    )?;
    only_if(
        s.target().once().is_some(),
        "no single redirect URI was sent",
    )?;
    s.must_not(
        s.left_for_rp(),
        s.did(Control::Orderly, SignOff::honoured, "honour its target"),
        "no redirect",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::record::Answered;
    use crate::testing::{Case, OUT, OWN, Session, TARGET, asks, redirect, signed_off};

    fn hintless() -> Case {
        Case::new().get(&[TARGET])
    }

    #[test]
    fn staying_keeps_it_beside_a_redirect_that_works() {
        let asked = || {
            hintless()
                .gets(asks())
                .says(Answered::Yes, signed_off(), Session::Ended)
        };
        asked().orderly_worked().assert_kept(&RULE);
        asked().orderly_refused().assert_undecided(&RULE);
        hintless().orderly_ignored().assert_undecided(&RULE);
    }

    #[test]
    fn a_redirect_breaks_it_even_after_a_yes() {
        hintless().gets(redirect(303, OUT)).assert_violated(&RULE);
        hintless()
            .gets(asks())
            .says(Answered::Yes, redirect(303, OUT), Session::Ended)
            .assert_violated(&RULE);
    }

    #[test]
    fn a_hint_or_a_client_id_makes_it_not_its_business() {
        for means in [OWN, ("client_id", "a"), ("id_token_hint", "")] {
            Case::new()
                .get(&[TARGET, means])
                .gets(redirect(303, OUT))
                .assert_not_mine(&RULE);
        }
        Case::new().get(&[]).assert_not_mine(&RULE);
    }
}
