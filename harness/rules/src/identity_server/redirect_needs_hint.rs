//! Only beside a valid `id_token_hint` may a `post_logout_redirect_uri` be sent.
//!
//! # Why it matters
//! Without the hint nobody knows whose addresses count, and the endpoint would send people anywhere that some client once
//! registered.
//!
//! # What does not count
//! Hints of which it is open how the product takes them, and questions that nobody answered with yes.
//!
//! # How to fix
//! Drop the parameter unless the hint was validated.

use super::PRODUCT;
use super::reading::{Hint, hint, in_place, led_back};
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, only_if};
use crate::sign_off::{Control, SignOff};

pub(super) const RULE: Rule = Rule {
    id: "IDS-06",
    name: "redirect-needs-hint",
    title: "without a valid hint no redirect URI is honoured",
    file: include_str!("redirect_needs_hint.rs"),
    needs: &[Control::Orderly],
    judge: Judge::SignOff(judge),
    ..PRODUCT
};

fn judge(s: &SignOff<'_>) -> Ruling {
    in_place(s)?;
    only_if(s.target().once().is_some(), "no redirect URI was sent")?;
    only_if(
        matches!(hint(s), Hint::Absent | Hint::Invalid),
        "the hint is valid, or it is open how it is taken",
    )?;
    s.carried_through()?;
    s.must_not(
        led_back(s),
        s.did(
            Control::Orderly,
            SignOff::honoured,
            "honour its redirect URI",
        ),
        "neither a redirect nor a link to it",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::identity_server::reading::fixture::{
        alice, asks_first, beside_refusal, beside_success, signs_off,
    };
    use crate::record::Provenance;
    use crate::sign_off::Control;
    use crate::testing::{Case, OUT, OWN, TARGET, asks, redirect};

    fn forged() -> Case {
        let case = alice().made("forged", Provenance::Forged);
        case.get(&[("id_token_hint", "forged"), TARGET])
    }

    #[test]
    fn a_page_without_a_way_back_keeps_it_beside_one_that_has_it() {
        for case in [alice().get(&[TARGET]), forged()] {
            let case = asks_first(case, None);
            case.assert_wants(&RULE, Control::Orderly);
            beside_success(case.clone()).assert_kept(&RULE);
            beside_refusal(case).assert_undecided(&RULE);
        }
    }

    #[test]
    fn a_link_or_a_redirect_breaks_it() {
        asks_first(alice().get(&[TARGET]), Some(OUT)).assert_violated(&RULE);
        asks_first(forged(), Some(OUT)).assert_violated(&RULE);
        alice()
            .get(&[TARGET])
            .gets(redirect(302, OUT))
            .assert_violated(&RULE);
    }

    #[test]
    fn a_valid_hint_no_uri_and_an_open_question_are_not_its_business() {
        signs_off(alice().get(&[OWN, TARGET]), Some(OUT)).assert_not_mine(&RULE);
        asks_first(alice().get(&[]), None).assert_not_mine(&RULE);
        alice().get(&[TARGET]).gets(asks()).assert_not_mine(&RULE);
    }
}
