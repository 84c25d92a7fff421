//! The endpoint does not redirect wherever a request says: it is no open redirector.
//!
//! # Why it matters
//! A link that begins with the name of the IdP and ends at an attacker's page is what phishing needs. Logout
//! endpoints followed any value, or any value once a session or a client was missing
//!
//!
//! # What does not count
//! Addresses that some client registered: RPIL-3-04 judges whose they are. Redirects to a third place that no
//! value of the request names.
//!
//! # How to fix
//! Redirect to values that were registered, compared octet by octet, and to nothing else, whatever else the
//! request lacks.

use super::section;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, only_if};
use crate::sign_off::{Control, SignOff};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "BCP-2.1-02",
    name: "no-open-redirector",
    level: Level::MustNot,
    source: section("2.1"),
    title: "no endpoint redirects wherever a request says",
    file: include_str!("no_open_redirector.rs"),
    needs: &[Control::Orderly],
    sums_up: true,
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

fn judge(s: &SignOff<'_>) -> Ruling {
    let strange = s.unregistered_targets();
    only_if(
        !strange.is_empty(),
        "no target was sent that nobody registered",
    )?;
    s.must_not(
        s.sent_to_any(&strange),
        s.did(Control::Orderly, SignOff::honoured, "honour its target"),
        "no redirect to an address that nobody registered",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{Case, EVIL, OUT, OWN, TARGET, error, redirect};

    const ASTRAY: (&str, &str) = ("post_logout_redirect_uri", EVIL);

    #[test]
    fn staying_keeps_it_beside_a_redirect_that_works() {
        let stays = || Case::new().get(&[ASTRAY]).gets(error());
        stays().orderly_worked().assert_kept(&RULE);
        stays().orderly_refused().assert_undecided(&RULE);
    }

    #[test]
    fn going_there_breaks_it_however_the_request_is_made() {
        for params in [&[ASTRAY][..], &[OWN, ASTRAY], &[OWN, TARGET, ASTRAY]] {
            Case::new()
                .get(params)
                .gets(redirect(302, EVIL))
                .assert_violated(&RULE);
        }
    }

    #[test]
    fn registered_values_are_not_its_business() {
        Case::new()
            .get(&[OWN, TARGET])
            .gets(redirect(302, OUT))
            .assert_not_mine(&RULE);
    }
}
