//! The question can be left out by sending the original ID token as `id_token_hint` in the query. Whatever else is sent there
//! does not spare it.
//!
//! # Why it matters
//! If anything that looks like a token spared the question, a foreign page could sign people off (C-01, C-02).
//!
//! # What does not count
//! Hints of which it is open how the product takes them: signed with its own key without having been issued, or issued and
//! spelled another way. What counts as the token of the session follows the version: Duende 8 compares `sid`, the versions
//! before it the user.
//!
//! # How to fix
//! Take the prompt from the logout context, and build that from a validated hint alone.

use super::PRODUCT;
use super::reading::{Hint, asked, hint, in_place, signed_in};
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Stop, only_if};
use crate::sign_off::SignOff;

pub(super) const RULE: Rule = Rule {
    id: "IDS-05",
    name: "hint-spares-question",
    title: "the original ID token in the query spares the question, and nothing else does",
    file: include_str!("hint_spares_question.rs"),
    judge: Judge::SignOff(judge),
    ..PRODUCT
};

fn judge(s: &SignOff<'_>) -> Ruling {
    in_place(s)?;
    signed_in(s)?;
    match hint(s) {
        Hint::Absent => Err(Stop::NotMine("there is no hint".to_owned())),
        Hint::Open => Err(Stop::NotMine("it is open how the hint is taken".to_owned())),
        Hint::Invalid => asked(s),
        Hint::Valid => {
            only_if(s.method() == "GET", "the hint is not in the query")?;
            s.must_not(
                s.asked(),
                s.shown(&s.ended_before_answer()),
                "no question, and the session over",
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::identity_server::reading::fixture::{alice, asks_first, signs_off};
    use crate::record::Provenance;
    use crate::testing::{ACCESS_TOKEN, Case, OWN, asks, error};

    fn with(text: &str, provenance: Provenance) -> Case {
        alice()
            .made(text, provenance)
            .get(&[("id_token_hint", text)])
    }

    #[test]
    fn the_own_token_without_a_question_keeps_it_and_so_does_any_other_with_one() {
        signs_off(alice().get(&[OWN]), None).assert_kept(&RULE);
        asks_first(with("forged", Provenance::Forged), None).assert_kept(&RULE);
        asks_first(with("foreign", Provenance::IssuedElsewhere), None).assert_kept(&RULE);
        let access = alice().get(&[("id_token_hint", ACCESS_TOKEN)]);
        asks_first(access, None).assert_kept(&RULE);
    }

    #[test]
    fn a_question_in_spite_of_the_own_token_breaks_it() {
        asks_first(alice().get(&[OWN]), None).assert_violated(&RULE);
    }

    #[test]
    fn another_token_that_spares_the_question_breaks_it() {
        signs_off(with("forged", Provenance::Forged), None).assert_violated(&RULE);
        let of_bob = alice().sign_in("bob", "a", 1, 1);
        let of_bob = of_bob.get(&[("id_token_hint", "id-token-1")]);
        signs_off(of_bob, None).assert_violated(&RULE);
        let disabled = alice().disable("a").get(&[OWN]);
        signs_off(disabled, None).assert_violated(&RULE);
    }

    #[test]
    fn an_earlier_session_of_the_same_person_is_taken_as_the_version_does() {
        let earlier = |edition: &str| {
            let case = Case::new().of_product("identityserver", Some(edition));
            signs_off(case.sign_in("alice", "a", 0, 1).get(&[OWN]), None)
        };
        earlier("duende-8").assert_violated(&RULE);
        earlier("duende-7").assert_kept(&RULE);
        earlier("is4").assert_kept(&RULE);
    }

    #[test]
    fn errors_tell_nothing_and_open_hints_are_not_its_business() {
        alice().get(&[OWN]).gets(error()).assert_undecided(&RULE);
        signs_off(with("own-key", Provenance::SignedNotIssued), None).assert_not_mine(&RULE);
        alice().get(&[]).gets(asks()).assert_not_mine(&RULE);
        asks_first(alice().post(&[OWN]), None).assert_not_mine(&RULE);
    }
}
