//! With POST the parameters are those of the form body.
//!
//! # Why it matters
//! Endpoints that route every method but read the query alone (L-09) answer a POST as if it had no
//! parameters: the hint and the target are lost without a word.
//!
//! # What does not count
//! An endpoint that refuses POST: RPIL-2-18 judges that. Parameters in the query of a POST, of which the
//! specification says nothing.
//!
//! # How to fix
//! Read `application/x-www-form-urlencoded` bodies at the logout endpoint.

use super::section;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Stop, only_if};
use crate::sign_off::{Control, SignOff};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "RPIL-2-21",
    name: "body-read",
    level: Level::Indicative,
    source: section("2"),
    title: "the parameters of a POST are read from its body",
    file: include_str!("body_read.rs"),
    needs: &[Control::OtherMethod],
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

fn judge(s: &SignOff<'_>) -> Ruling {
    only_if(
        s.method() == "POST" && s.is_orderly() && s.target().once().is_some(),
        "no orderly POST with a target",
    )?;
    if s.failed().is_yes() {
        return Err(Stop::Undecided(
            "the POST was refused, so it is open whether its body was read".to_owned(),
        ));
    }
    s.carried_through()?;
    let proof = match s.shown(&s.honoured()) {
        Ok(proof) => Ok(proof),
        Err(_) => s.did(Control::OtherMethod, SignOff::honoured, "honour its target"),
    };
    s.must(
        s.honoured(),
        proof,
        "the target of the body honoured, as that of the query is",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::record::Answered;
    use crate::sign_off::Control;
    use crate::testing::{Case, OUT, OWN, Session, TARGET, asks, error, redirect, signed_off};

    fn by_post() -> Case {
        Case::new().post(&[OWN, TARGET])
    }

    fn by_get() -> Case {
        Case::new().get(&[OWN, TARGET]).gets(redirect(303, OUT))
    }

    #[test]
    fn an_honoured_target_of_the_body_keeps_it() {
        by_post().gets(redirect(303, OUT)).assert_kept(&RULE);
    }

    #[test]
    fn a_target_that_only_the_query_can_name_breaks_it() {
        let asked = || {
            by_post()
                .gets(asks())
                .says(Answered::Yes, signed_off(), Session::Ended)
        };
        asked()
            .control(Control::OtherMethod, by_get())
            .assert_violated(&RULE);
        asked()
            .control(Control::OtherMethod, by_get().gets(error()))
            .assert_undecided(&RULE);
    }

    #[test]
    fn a_refused_post_and_a_get_are_judged_elsewhere() {
        by_post().gets(error()).assert_undecided(&RULE);
        by_get().assert_not_mine(&RULE);
    }
}
