//! When there is an error in the request, the OP does not redirect to a relying party, not even to report
//! the error.
//!
//! # Why it matters
//! People ask for it (I-07) and products did it (U-01): errors as parameters of a redirect. Whoever sends
//! such a request then has an open redirector, and `state` leaves the OP with it.
//!
//! # What does not count
//! Requests in which nothing fails that the specification has the OP validate: a missing or expired hint, a
//! repeated parameter, a hint of another session. Which page is shown.
//!
//! # How to fix
//! Show the error on a page of the OP.

use super::section;
use crate::request_error::RequestError;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, only_if};
use crate::sign_off::{Control, SignOff};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "RPIL-4-04",
    name: "no-redirect-on-error",
    level: Level::MustNot,
    source: section("4"),
    title: "an error in the request leads to no relying party",
    file: include_str!("no_redirect_on_error.rs"),
    needs: &[Control::Orderly],
    sums_up: true,
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

fn judge(s: &SignOff<'_>) -> Ruling {
    let errors = s.errors();
    only_if(!errors.is_empty(), "the request is not in error")?;
    let wrong: Vec<&str> = errors.into_iter().map(RequestError::describe).collect();
    let left = match s.left_for_rp() {
        Seen::Yes(what) => Seen::Yes(format!("{what}, although {}", wrong.join(" and "))),
        seen => seen,
    };
    s.must_not(
        left,
        s.did(Control::Orderly, SignOff::honoured, "honour its target"),
        "a page of the OP: no redirect",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{Case, EVIL, OUT, OWN, TARGET, error, redirect};

    const FORGED: (&str, &str) = ("id_token_hint", "forged");

    #[test]
    fn a_page_keeps_it_beside_a_redirect_that_works() {
        let refused = || Case::new().get(&[FORGED, TARGET]).gets(error());
        refused().orderly_worked().assert_kept(&RULE);
        refused().orderly_refused().assert_undecided(&RULE);
    }

    #[test]
    fn a_redirect_breaks_it_even_one_that_reports_the_error() {
        let back = "https://rp.example/callback?error=invalid_request";
        for (params, location) in [
            (vec![FORGED, TARGET], OUT),
            (vec![FORGED], back),
            (vec![OWN, ("post_logout_redirect_uri", EVIL)], OUT),
            (vec![OWN, ("client_id", "b"), TARGET], OUT),
        ] {
            Case::new()
                .get(&params)
                .gets(redirect(302, location))
                .assert_violated(&RULE);
        }
    }

    #[test]
    fn a_page_on_another_host_of_the_idp_is_not_taken_for_a_relying_party() {
        Case::new()
            .get(&[FORGED, TARGET])
            .gets(redirect(302, "https://errors.company.example/"))
            .assert_undecided(&RULE);
    }

    #[test]
    fn a_request_that_is_not_in_error_is_not_its_business() {
        Case::new()
            .get(&[OWN, TARGET])
            .gets(redirect(303, OUT))
            .assert_not_mine(&RULE);
        Case::new()
            .get(&[TARGET])
            .gets(redirect(303, OUT))
            .assert_not_mine(&RULE);
    }
}
