//! A hint of somebody who is not signed in meets an error.
//!
//! # Why it matters
//! The client asked about one person and would go on with another: the session of the wrong person is renewed, or taken for
//! signed off (C-01, C-02).
//!
//! # What does not count
//! Which error it is. A server that refuses the hint of its own user as well: nothing can be told there. Targets without a
//! second user.
//!
//! # How to fix
//! Compare the subject of the hint with that of the session, and answer `login_required`.

use super::section;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen};
use crate::trials::{SilentEnd, SilentKind, Trial, Trials, must};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "CORE-3.1.2.1-01",
    name: "hinted-user-or-error",
    level: Level::Must,
    source: section("3.1.2.1"),
    title: "a hint of somebody who is not signed in meets an error",
    file: include_str!("hinted_user_or_error.rs"),
    judge: Judge::Trial(Trial::SilentRequests, judge),
    ..Rule::BLANK
};

fn judge(trials: &Trials) -> Ruling {
    let other = trials.silent(SilentKind::HintOfAnother)?;
    trials.must_have_code(SilentKind::HintOfTheUser)?;
    trials.must_be_two_people()?;
    let what = other.end.describe();
    let seen = match &other.end {
        SilentEnd::Error(_) => Seen::Yes(what),
        SilentEnd::Code(_) => Seen::No(what),
        SilentEnd::Form(_) | SilentEnd::Unknown(_) => Seen::Unknown(what),
    };
    must(seen, "an error")
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::tried::{code, silent};
    use crate::trials::SilentEnd::{Error, Unknown};
    use crate::trials::SilentKind::{HintOfAnother, HintOfTheUser};
    use crate::trials::Trials;

    #[test]
    fn an_error_keeps_it_and_a_code_breaks_it() {
        let own = (HintOfTheUser, code("bob"));
        let error = Error("login_required".to_owned());
        silent(&[own.clone(), (HintOfAnother, error)]).assert_kept(&RULE);
        silent(&[own, (HintOfAnother, code("bob"))]).assert_violated(&RULE);
    }

    #[test]
    fn where_every_hint_is_refused_it_is_open() {
        let error = || Error("invalid_request".to_owned());
        silent(&[(HintOfTheUser, error()), (HintOfAnother, error())]).assert_undecided(&RULE);
        let page = Unknown("a page".to_owned());
        silent(&[(HintOfTheUser, code("bob")), (HintOfAnother, page)]).assert_undecided(&RULE);
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
