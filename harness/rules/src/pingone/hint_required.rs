//! `id_token_hint` is required. (The older guide says so; the current page makes it optional, P1-SO-03.)
//!
//! # Why it matters
//! A sign-off without a hint can be caused by any link on any page (H-02). Clients that rely on the current
//! page fail against the older behaviour (D-17).
//!
//! # What does not count
//! An empty hint, of which the guide does not speak. How the refusal looks.
//!
//! # How to fix
//! Nothing, unless the older edition is what you imitate: then refuse requests without a hint.

use super::reading::{is_in_place, refused};
use super::{LEGACY_GUIDE, LEGACY_ONLY, PRODUCT};
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, only_if};
use crate::sign_off::{Control, SignOff};
use signoff_oidc::Given;
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "P1-SA-08",
    name: "hint-required",
    level: Level::Must,
    source: LEGACY_GUIDE,
    title: "without a hint the request is refused",
    file: include_str!("hint_required.rs"),
    scope: LEGACY_ONLY,
    needs: &[Control::Orderly],
    judge: Judge::SignOff(judge),
    ..PRODUCT
};

fn judge(s: &SignOff<'_>) -> Ruling {
    only_if(
        s.hint() == Given::Absent && is_in_place(s),
        "a hint was sent, or a parameter out of place",
    )?;
    refused(s)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::pingone::reading::fixture::{AtPingOne, OWN_HINT, alice};
    use crate::testing::{Case, OUT, Session, TARGET};

    fn legacy(parameters: &[(&str, &str)]) -> Case {
        alice()
            .of_product("pingone", Some("legacy"))
            .signs_off(parameters)
    }

    #[test]
    fn a_request_without_one_gets_refused() {
        legacy(&[])
            .gets_refused()
            .beside_success()
            .assert_kept(&RULE);
        legacy(&[])
            .gets_refused()
            .beside_refusal()
            .assert_undecided(&RULE);
    }

    #[test]
    fn signing_off_without_one_breaks_it() {
        legacy(&[]).lands().assert_violated(&RULE);
        let nobody = legacy(&[TARGET]).before(Session::Ended);
        nobody.ends_at(OUT).assert_violated(&RULE);
    }

    #[test]
    fn a_hint_and_nothing_to_show_are_not_its_business() {
        legacy(&[OWN_HINT]).lands().assert_not_mine(&RULE);
        legacy(&[]).before(Session::Ended).assert_not_mine(&RULE);
    }

    #[test]
    fn it_speaks_for_the_older_edition_alone() {
        assert!(RULE.speaks_for("pingone", Some("legacy")));
        assert!(!RULE.speaks_for("pingone", Some("current")));
    }
}
