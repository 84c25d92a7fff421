//! A request with a hint is not answered with tokens of another person than the hint names.
//!
//! # Why it matters
//! The client believes that it renewed the tokens of the person it knows, and shows one person's data to another (C-05 is what
//! that looks like).
//!
//! # What does not count
//! Errors. A code that could not be redeemed. A server that refuses the hint of its own user as well: nothing can be told
//! there. Targets without a second user.
//!
//! # How to fix
//! Compare the subject of the hint with that of the session before a code is issued.

use super::section;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen};
use crate::trials::{SilentEnd, SilentKind, Trial, Trials, must};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "CORE-3.1.2.2-02",
    name: "no-tokens-of-another-user",
    level: Level::MustNot,
    source: section("3.1.2.2"),
    title: "no tokens of another user than the hint names",
    file: include_str!("no_tokens_of_another_user.rs"),
    judge: Judge::Trial(Trial::SilentRequests, judge),
    ..Rule::BLANK
};

fn judge(trials: &Trials) -> Ruling {
    let other = trials.silent(SilentKind::HintOfAnother)?;
    trials.must_have_code(SilentKind::HintOfTheUser)?;
    trials.must_be_two_people()?;
    let seen = match (&other.end, &other.hinted) {
        (SilentEnd::Error(error), _) => Seen::Yes(format!("error={error}")),
        (SilentEnd::Code(Some(sub)), Some(hinted)) => Seen::of(
            sub == hinted,
            "tokens of the person of the session, who is not the one of the hint",
        ),
        (end, _) => Seen::Unknown(end.describe()),
    };
    must(seen, "an error, or tokens of the person of the hint")
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::tried::{code, silent};
    use crate::trials::SilentEnd::{Code, Error};
    use crate::trials::SilentKind::{HintOfAnother, HintOfTheUser};
    use crate::trials::Trials;

    #[test]
    fn the_person_of_the_tokens_decides() {
        let own = (HintOfTheUser, code("bob"));
        silent(&[own.clone(), (HintOfAnother, code("bob"))]).assert_violated(&RULE);
        silent(&[own.clone(), (HintOfAnother, code("alice"))]).assert_kept(&RULE);
        let error = Error("login_required".to_owned());
        silent(&[own, (HintOfAnother, error)]).assert_kept(&RULE);
    }

    #[test]
    fn a_code_that_could_not_be_redeemed_is_open() {
        let own = (HintOfTheUser, code("bob"));
        silent(&[own, (HintOfAnother, Code(None))]).assert_undecided(&RULE);
    }

    #[test]
    fn without_a_second_user_it_is_not_its_business() {
        silent(&[(HintOfTheUser, code("bob"))]).assert_not_mine(&RULE);
        Trials::default().assert_not_mine(&RULE);
    }

    #[test]
    fn two_users_with_one_sub_are_not_its_business() {
        let own = (HintOfTheUser, code("alice"));
        silent(&[own, (HintOfAnother, code("alice"))]).assert_not_mine(&RULE);
    }
}
