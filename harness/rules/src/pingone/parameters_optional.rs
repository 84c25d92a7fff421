//! `id_token_hint`, `post_logout_redirect_uri` and `state` are three optional query parameters.
//!
//! # Why it matters
//! Servers that demand one of them fail requests which every client may send (L-14, L-15), or a state without
//! a redirect URI (F-10).
//!
//! # What does not count
//! Requests with all three. A parameter that is there and wrong, or empty.
//!
//! # How to fix
//! Treat a parameter that is missing as missing, and sign off.

use super::reading::{carried_through, is_documented_to_work};
use super::{PRODUCT, SINCE_CURRENT_PAGE};
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, only_if};
use crate::sign_off::{Control, SignOff};
use signoff_oidc::Given;
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "P1-SO-11",
    name: "parameters-optional",
    level: Level::Indicative,
    title: "hint, redirect URI and state may each be left out",
    file: include_str!("parameters_optional.rs"),
    scope: SINCE_CURRENT_PAGE,
    needs: &[Control::Orderly],
    judge: Judge::SignOff(judge),
    ..PRODUCT
};

fn judge(s: &SignOff<'_>) -> Ruling {
    only_if(
        s.method() == "GET" && is_documented_to_work(s),
        "it is no GET that has to be carried out",
    )?;
    only_if(
        [s.hint(), s.target(), s.state()].contains(&Given::Absent),
        "no parameter is left out",
    )?;
    s.signed_in_before()?;
    carried_through(s)?;
    s.must(
        s.worked(),
        s.did(Control::Orderly, SignOff::worked, "end its session"),
        "signed off without it",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::pingone::reading::fixture::{AtPingOne, OWN_HINT, alice};
    use crate::testing::{OUT, TARGET};

    const STATE: (&str, &str) = ("state", "s1");

    #[test]
    fn any_of_them_may_be_missing() {
        let subsets: [&[(&str, &str)]; 7] = [
            &[],
            &[OWN_HINT],
            &[TARGET],
            &[STATE],
            &[OWN_HINT, TARGET],
            &[OWN_HINT, STATE],
            &[TARGET, STATE],
        ];
        for parameters in subsets {
            let case = alice().signs_off(parameters).lands();
            case.beside_success().assert_kept(&RULE);
        }
    }

    #[test]
    fn demanding_one_breaks_it() {
        let case = || alice().signs_off(&[OWN_HINT]).gets_refused();
        case().beside_success().assert_violated(&RULE);
        case().beside_refusal().assert_undecided(&RULE);
    }

    #[test]
    fn all_three_and_a_wrong_one_are_not_its_business() {
        let all = alice().signs_off(&[OWN_HINT, TARGET, STATE]);
        all.ends_at(OUT).assert_not_mine(&RULE);
        let wrong = alice().signs_off(&[("id_token_hint", "garbage")]);
        wrong.gets_refused().assert_not_mine(&RULE);
    }
}
