//! Where `post_logout_redirect_uri` is sent more than once, the value that is followed is not one that no
//! client registered.
//!
//! # Why it matters
//! One part of a server validates the first value and another part follows the last (L-11 shows how late
//! this is noticed). RP-Initiated Logout has no rule about repeated parameters, so refusing, taking the
//! first and taking the last are all fine: as long as it is the same value throughout.
//!
//! # What does not count
//! Which value is taken, and requests in which all values are registered. The level is a MUST, because what
//! comes of it is the open redirector that RPIL-3-04 forbids.
//!
//! # How to fix
//! Refuse repeated parameters (L-13), or read each of them in one place only.

use super::OURS;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, only_if};
use crate::sign_off::{Control, SignOff};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "CSS-05",
    name: "repeated-target-not-mixed-up",
    level: Level::Must,
    source: OURS,
    title: "of several targets no unregistered one is followed",
    file: include_str!("repeated_target_not_mixed_up.rs"),
    needs: &[Control::Orderly],
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

fn judge(s: &SignOff<'_>) -> Ruling {
    let strange = s.unregistered_targets();
    only_if(
        s.all_targets().len() > 1 && !strange.is_empty(),
        "not several targets, of which one is unregistered",
    )?;
    s.must_not(
        s.sent_to_any(&strange),
        s.did(Control::Orderly, SignOff::honoured, "honour its target"),
        "no redirect, or one to a registered value",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{BYE, Case, END, EVIL, OUT, OWN, TARGET, error, redirect};
    use signoff_oidc::{Params, Request};

    const ASTRAY: (&str, &str) = ("post_logout_redirect_uri", EVIL);

    #[test]
    fn refusing_or_taking_the_registered_one_keeps_it() {
        for params in [[OWN, TARGET, ASTRAY], [OWN, ASTRAY, TARGET]] {
            for answer in [error(), redirect(303, OUT)] {
                Case::new()
                    .get(&params)
                    .gets(answer)
                    .orderly_worked()
                    .assert_kept(&RULE);
            }
        }
        Case::new()
            .get(&[OWN, TARGET, ASTRAY])
            .gets(error())
            .orderly_refused()
            .assert_undecided(&RULE);
    }

    #[test]
    fn following_the_other_one_breaks_it_wherever_it_stood() {
        Case::new()
            .get(&[OWN, TARGET, ASTRAY])
            .gets(redirect(303, EVIL))
            .assert_violated(&RULE);
        let url = format!("{END}?post_logout_redirect_uri={EVIL}");
        let form = Params::new().with("post_logout_redirect_uri", OUT);
        Case::new()
            .sends(Request::post_form(&url, &form).expect("an address"))
            .gets(redirect(303, EVIL))
            .assert_violated(&RULE);
    }

    #[test]
    fn one_target_or_registered_ones_are_not_its_business() {
        Case::new()
            .get(&[OWN, ASTRAY])
            .gets(redirect(303, EVIL))
            .assert_not_mine(&RULE);
        Case::new()
            .get(&[OWN, TARGET, ("post_logout_redirect_uri", BYE)])
            .gets(redirect(303, BYE))
            .assert_not_mine(&RULE);
    }
}
