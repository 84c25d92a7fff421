//! A `post_logout_redirect_uri` that matches no value of any application of the environment is handled as a
//! redirect error: the browser is not sent there.
//!
//! # Why it matters
//! Whatever the endpoint redirects to borrows the IdP's good name.
//!
//! # What does not count
//! Another application's URI: the older guide lets it pass, the current page does not (P1-SO-14). What is
//! shown instead. Applications that the target does not name are not known here.
//!
//! # How to fix
//! Compare octets with the registered values, and show the error page when none is equal.

use super::reading::is_in_place;
use super::{LEGACY_GUIDE, PRODUCT};
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Stop, only_if};
use crate::sign_off::{Control, SignOff};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "P1-SA-12",
    name: "unregistered-uri-is-error",
    level: Level::IndicativeMust,
    source: LEGACY_GUIDE,
    title: "no redirect to a URI that no application has registered",
    file: include_str!("unregistered_uri_is_error.rs"),
    needs: &[Control::Orderly],
    judge: Judge::SignOff(judge),
    ..PRODUCT
};

fn judge(s: &SignOff<'_>) -> Ruling {
    let target = s.target();
    let uri = target
        .once()
        .ok_or_else(|| Stop::NotMine("no single redirect URI was sent".to_owned()))?;
    only_if(
        is_in_place(s) && !s.registered(uri).anywhere,
        "the URI is registered, or a parameter out of place",
    )?;
    s.must_not(
        s.left(),
        s.did(Control::Orderly, SignOff::honoured, "honour its target"),
        "the error page: no redirect",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::pingone::reading::fixture::{AtPingOne, OWN_HINT, alice};
    use crate::testing::{BYE, Case, EVIL, page};

    fn towards(uri: &str) -> Case {
        alice().signs_off(&[OWN_HINT, ("post_logout_redirect_uri", uri)])
    }

    #[test]
    fn nobody_is_sent_there() {
        towards(EVIL)
            .gets_refused()
            .beside_success()
            .assert_kept(&RULE);
        towards(EVIL)
            .gets_refused()
            .beside_refusal()
            .assert_undecided(&RULE);
    }

    #[test]
    fn a_redirect_by_any_means_breaks_it() {
        towards(EVIL).ends_at(EVIL).assert_violated(&RULE);
        let script = format!("<script>location.href = '{EVIL}'</script>");
        towards(EVIL)
            .gets(page(200, &script))
            .assert_violated(&RULE);
        let bare = alice().signs_off(&[("post_logout_redirect_uri", EVIL)]);
        bare.ends_at(EVIL).assert_violated(&RULE);
    }

    #[test]
    fn another_applications_uri_is_not_its_business() {
        towards(BYE).ends_at(BYE).assert_not_mine(&RULE);
        alice()
            .signs_off(&[OWN_HINT])
            .lands()
            .assert_not_mine(&RULE);
    }
}
