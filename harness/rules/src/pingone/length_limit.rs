//! For a redirect to succeed, `post_logout_redirect_uri` and `state` together must have fewer than 8192
//! characters.
//!
//! # Why it matters
//! Applications keep whole return addresses in `state`. A limit below the documented one ends in 414 or 404
//! with the session still alive (K-02, K-04); one that is not enforced is cut by somebody on the way (K-03).
//!
//! # What does not count
//! How a request that is too long fails. What is counted is not documented: octets as sent, decoded octets
//! or characters. Where that makes the difference, nothing is decided.
//!
//! # How to fix
//! Compare the length with 8192 before redirecting, and let the rest of the server take what is shorter.

use super::PRODUCT;
use super::reading::{Length, carried_through, combined_length, works_but_for_length};
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Stop, only_if};
use crate::sign_off::{Control, SignOff};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "P1-SO-12",
    name: "length-limit",
    level: Level::Must,
    title: "redirect URI and state together have fewer than 8192 characters",
    file: include_str!("length_limit.rs"),
    needs: &[Control::Orderly],
    judge: Judge::SignOff(judge),
    ..PRODUCT
};

fn judge(s: &SignOff<'_>) -> Ruling {
    only_if(
        s.target().once().is_some() && works_but_for_length(s),
        "no redirect was asked for, or length is not all that is unusual",
    )?;
    s.signed_in_before()?;
    let twin = s.did(
        Control::Orderly,
        SignOff::worked_and_honoured,
        "sign off as asked",
    );
    match combined_length(s) {
        Length::Below => {
            carried_through(s)?;
            s.must(s.honoured(), twin, "the redirect")
        }
        Length::AtLeast => s.must_not(s.left(), twin, "no redirect"),
        Length::Open => Err(Stop::Undecided(
            "whether it is too long depends on what is counted, which is not documented".to_owned(),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::pingone::reading::fixture::{AtPingOne, OWN_HINT, alice};
    use crate::testing::{BYE, Case, OUT, Session, TARGET, page};

    /// URI and state have this many characters, none of which needs an escape but those of the URI.
    fn of_length(characters: usize) -> Case {
        let state = "s".repeat(characters - OUT.len());
        alice().signs_off(&[OWN_HINT, TARGET, ("state", &state)])
    }

    #[test]
    fn a_short_one_redirects() {
        of_length(8000)
            .ends_at(OUT)
            .beside_success()
            .assert_kept(&RULE);
        let too_long = page(414, "too long");
        let refused = || of_length(8000).gets(too_long.clone());
        refused().beside_success().assert_violated(&RULE);
        refused().beside_refusal().assert_undecided(&RULE);
    }

    #[test]
    fn a_long_one_does_not() {
        of_length(8192)
            .gets_refused()
            .beside_success()
            .assert_kept(&RULE);
        of_length(8192)
            .gets_refused()
            .beside_refusal()
            .assert_undecided(&RULE);
        of_length(8192).ends_at(OUT).assert_violated(&RULE);
        of_length(70_000).ends_at(OUT).assert_violated(&RULE);
    }

    #[test]
    fn in_between_it_depends_on_what_is_counted() {
        // As sent, the escapes of the redirect URI add a few octets.
        of_length(8191)
            .ends_at(OUT)
            .beside_success()
            .assert_undecided(&RULE);
        let escaped = "/".repeat(4000);
        let case = alice().signs_off_by_post(&[OWN_HINT, TARGET, ("state", &escaped)]);
        case.ends_at(OUT).beside_success().assert_undecided(&RULE);
    }

    #[test]
    fn no_redirect_uri_a_foreign_one_and_no_session_are_not_its_business() {
        alice()
            .signs_off(&[OWN_HINT, ("state", "s1")])
            .lands()
            .assert_not_mine(&RULE);
        let foreign = [OWN_HINT, ("post_logout_redirect_uri", BYE)];
        alice()
            .signs_off(&foreign)
            .gets_refused()
            .assert_not_mine(&RULE);
        of_length(8192)
            .before(Session::Ended)
            .assert_not_mine(&RULE);
    }
}
