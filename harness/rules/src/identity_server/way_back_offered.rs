//! A `post_logout_redirect_uri` beside a valid hint lets the person get back to the client after the sign-off, by a link or by
//! a redirect.
//!
//! # Why it matters
//! People should come back to the application they left; a registered address that is passed over leaves them on a page of
//! the provider (F-05).
//!
//! # What does not count
//! By which means: the host's page chooses between a link and a redirect.
//!
//! # How to fix
//! Show the `PostLogoutRedirectUri` of the logout context on the signed-out page.

use super::PRODUCT;
use super::reading::{Hint, hint, in_place, own_target, signed_in};
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, only_if};
use crate::sign_off::SignOff;

pub(super) const RULE: Rule = Rule {
    id: "IDS-07",
    name: "way-back-offered",
    title: "after the sign-off the person can get back to the client",
    file: include_str!("way_back_offered.rs"),
    judge: Judge::SignOff(judge),
    ..PRODUCT
};

fn judge(s: &SignOff<'_>) -> Ruling {
    in_place(s)?;
    only_if(hint(s) == Hint::Valid, "there is no valid hint")?;
    only_if(
        own_target(s).is_some(),
        "no redirect URI of the hint's client was sent",
    )?;
    signed_in(s)?;
    s.carried_through()?;
    s.must(
        s.honoured(),
        s.shown(&s.ended_at_last()),
        "a link or a redirect to it",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::identity_server::reading::fixture::{alice, signs_off};
    use crate::testing::{BYE, Case, OUT, OWN, Session, TARGET, error, redirect};

    fn case() -> Case {
        alice().get(&[OWN, TARGET])
    }

    #[test]
    fn a_link_and_a_redirect_keep_it() {
        signs_off(case(), Some(OUT)).assert_kept(&RULE);
        let redirected = case().gets(redirect(302, OUT)).at_rest(Session::Ended);
        redirected.assert_kept(&RULE);
    }

    #[test]
    fn no_way_back_and_another_one_break_it() {
        signs_off(case(), None).assert_violated(&RULE);
        signs_off(case(), Some(BYE)).assert_violated(&RULE);
    }

    #[test]
    fn without_a_sign_off_nothing_is_told() {
        case().gets(error()).assert_undecided(&RULE);
    }

    #[test]
    fn no_hint_and_another_clients_uri_are_not_its_business() {
        signs_off(alice().get(&[TARGET]), None).assert_not_mine(&RULE);
        let foreign = alice().get(&[OWN, ("post_logout_redirect_uri", BYE)]);
        signs_off(foreign, None).assert_not_mine(&RULE);
    }
}
