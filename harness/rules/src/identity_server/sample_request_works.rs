//! The sample request, a GET with hint and encoded redirect URI in the query and nothing else, signs off without a question
//! and leads back.
//!
//! # Why it matters
//! It is what client libraries send.
//!
//! # What does not count
//! Requests with further parameters, and hints that are not valid. The hint of the sample itself is one of its day: it was
//! signed with a key that nobody has any more.
//!
//! # How to fix
//! See IDS-01, IDS-05 and IDS-07, whose sentences it puts together.

use super::PRODUCT;
use super::reading::{Hint, hint, in_place, own_target, signed_in};
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, only_if};
use crate::sign_off::{Control, SignOff};

pub(super) const RULE: Rule = Rule {
    id: "IDS-11",
    name: "sample-request-works",
    title: "a request of the shape of the sample signs off and leads back",
    file: include_str!("sample_request_works.rs"),
    needs: &[Control::OtherMethod],
    judge: Judge::SignOff(judge),
    ..PRODUCT
};

fn judge(s: &SignOff<'_>) -> Ruling {
    in_place(s)?;
    let own = own_target(s).is_some();
    only_if(
        s.method() == "GET" && s.params().iter().count() == 2 && own && hint(s) == Hint::Valid,
        "it has another shape than the sample",
    )?;
    signed_in(s)?;
    let seen = s
        .asked()
        .inverted()
        .and(s.ended_at_last())
        .and(s.honoured());
    let proof = if seen.is_yes() {
        s.shown(&seen)
    } else {
        s.did(
            Control::OtherMethod,
            SignOff::worked_and_honoured,
            "sign off as asked",
        )
    };
    s.must(seen, proof, "signed off without a question, and a way back")
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::identity_server::reading::fixture::{
        alice, asks_first, other_method_worked, signs_off,
    };
    use crate::sign_off::Control;
    use crate::testing::{Case, OUT, OWN, TARGET, error};

    fn sample() -> Case {
        alice().get(&[OWN, TARGET])
    }

    #[test]
    fn signed_off_with_a_way_back_keeps_it() {
        signs_off(sample(), Some(OUT)).assert_kept(&RULE);
    }

    #[test]
    fn an_error_a_question_and_no_way_back_break_it_where_a_post_worked() {
        let cases = [
            sample().gets(error()),
            asks_first(sample(), Some(OUT)),
            signs_off(sample(), None),
        ];
        for case in cases {
            case.assert_wants(&RULE, Control::OtherMethod);
            other_method_worked(case).assert_violated(&RULE);
        }
    }

    #[test]
    fn requests_of_another_shape_are_not_its_business() {
        let others = [
            alice().post(&[OWN, TARGET]),
            alice().get(&[OWN]),
            alice().get(&[OWN, TARGET, ("state", "s1")]),
            alice().get(&[("id_token_hint", "garbage"), TARGET]),
        ];
        for case in others {
            signs_off(case, Some(OUT)).assert_not_mine(&RULE);
        }
    }
}
