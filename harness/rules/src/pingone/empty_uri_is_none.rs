//! An empty `post_logout_redirect_uri=`, as in the guide's sample request, behaves like none: the user is
//! signed off.
//!
//! # Why it matters
//! Clients fill a template and leave values empty. A server that takes the empty text for an address refuses
//! them, or redirects to nowhere (F-08).
//!
//! # What does not count
//! Where the browser goes afterwards. That the sample is meant to work is inferred, so this is only ever a
//! note on a real target.
//!
//! # How to fix
//! Treat a parameter without a value as omitted.

use super::reading::{carried_through, works_but_for_target};
use super::{LEGACY_GUIDE, PRODUCT};
use crate::rule::{Grade, Judge, Rule};
use crate::ruling::{Ruling, only_if};
use crate::sign_off::{Control, SignOff};
use signoff_oidc::Given;
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "P1-SA-13",
    name: "empty-uri-is-none",
    level: Level::Indicative,
    source: LEGACY_GUIDE,
    title: "an empty redirect URI behaves like none",
    file: include_str!("empty_uri_is_none.rs"),
    grade: Grade::Inferred,
    needs: &[Control::Orderly],
    judge: Judge::SignOff(judge),
    ..PRODUCT
};

fn judge(s: &SignOff<'_>) -> Ruling {
    only_if(
        s.target() == Given::Empty && works_but_for_target(s),
        "the redirect URI is not empty, or not all that is unusual",
    )?;
    s.signed_in_before()?;
    carried_through(s)?;
    s.must(
        s.worked(),
        s.did(Control::Orderly, SignOff::worked, "end its session"),
        "signed off as without it",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::pingone::reading::fixture::{AtPingOne, OWN_HINT, alice};
    use crate::testing::{Case, Session};

    const EMPTY: (&str, &str) = ("post_logout_redirect_uri", "");

    fn case() -> Case {
        alice().signs_off(&[OWN_HINT, EMPTY])
    }

    #[test]
    fn the_user_is_signed_off() {
        case().lands().beside_success().assert_kept(&RULE);
        case().lands().beside_refusal().assert_undecided(&RULE);
    }

    #[test]
    fn a_refusal_breaks_it() {
        case()
            .gets_refused()
            .beside_success()
            .assert_violated(&RULE);
        case()
            .gets_refused()
            .beside_refusal()
            .assert_undecided(&RULE);
    }

    #[test]
    fn an_absent_uri_a_bad_hint_and_no_session_are_not_its_business() {
        alice()
            .signs_off(&[OWN_HINT])
            .lands()
            .assert_not_mine(&RULE);
        let bad = alice().signs_off(&[("id_token_hint", "garbage"), EMPTY]);
        bad.gets_refused().assert_not_mine(&RULE);
        case().before(Session::Ended).assert_not_mine(&RULE);
    }
}
