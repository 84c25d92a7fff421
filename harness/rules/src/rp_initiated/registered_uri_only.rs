//! The value of `post_logout_redirect_uri` was registered before with the OP: nobody is sent to a URI that
//! no client has registered.
//!
//! # Why it matters
//! Endpoints that followed any value are open redirectors under the IdP's name.
//!
//! # What does not count
//! Another client's URI and other spellings of a registered one: RPIL-3-04 judges those. A redirect to some
//! other address than the one asked for. Another port of a registered http address on loopback, which a native
//! client may choose (RFC 8252 section 7.3).
//!
//! # How to fix
//! Look the value up among what clients have registered before anything else is done with it.

use super::section;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Stop, only_if};
use crate::sign_off::{Control, SignOff};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "RPIL-2-12",
    name: "registered-uri-only",
    level: Level::Must,
    source: section("2"),
    title: "nobody is sent to a URI that no client registered",
    file: include_str!("registered_uri_only.rs"),
    needs: &[Control::Orderly],
    sums_up: true,
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

fn judge(s: &SignOff<'_>) -> Ruling {
    only_if(!s.is_mixed(), "a parameter stands out of its place")?;
    let target = s.target();
    let uri = target
        .once()
        .ok_or_else(|| Stop::NotMine("no single redirect URI was sent".to_owned()))?;
    let text = String::from_utf8_lossy(uri);
    only_if(
        !s.registered(uri).anywhere && !s.reads_as_registered(&text),
        "the URI is registered, or a browser reads it as one that is",
    )?;
    only_if(
        !s.is_loopback_port_of_registered(uri),
        "it differs from a registered address in nothing but its port on loopback",
    )?;
    s.must_not(
        s.sent_to(uri),
        s.did(Control::Orderly, SignOff::honoured, "honour its target"),
        "no redirect to the URI that was asked for",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{BYE, Case, EVIL, OUT, OWN, TARGET, blank, error, page, redirect};

    fn towards(uri: &str) -> Case {
        Case::new().get(&[OWN, ("post_logout_redirect_uri", uri)])
    }

    #[test]
    fn staying_keeps_it_beside_a_redirect_that_works() {
        towards(EVIL)
            .gets(error())
            .orderly_worked()
            .assert_kept(&RULE);
        towards(EVIL)
            .gets(error())
            .orderly_refused()
            .assert_undecided(&RULE);
        towards(EVIL)
            .gets(blank())
            .orderly_ignored()
            .assert_undecided(&RULE);
    }

    #[test]
    fn going_there_by_any_means_breaks_it() {
        towards(EVIL)
            .gets(redirect(302, EVIL))
            .assert_violated(&RULE);
        let meta = format!("<meta http-equiv=refresh content='0;url={EVIL}'>");
        towards(EVIL).gets(page(200, &meta)).assert_violated(&RULE);
        let traversal = "https://rp.example/out/../evil";
        towards(traversal)
            .gets(redirect(302, traversal))
            .assert_violated(&RULE);
    }

    #[test]
    fn registered_addresses_and_their_other_spellings_are_not_its_business() {
        towards(BYE).gets(redirect(302, BYE)).assert_not_mine(&RULE);
        towards("https://RP.example/out")
            .gets(redirect(302, OUT))
            .assert_not_mine(&RULE);
        let other_port = "http://127.0.0.1:4711/out";
        Case::new()
            .registers("http://127.0.0.1:9999/out")
            .get(&[OWN, ("post_logout_redirect_uri", other_port)])
            .gets(redirect(302, other_port))
            .assert_not_mine(&RULE);
        Case::new()
            .get(&[OWN, TARGET, ("post_logout_redirect_uri", EVIL)])
            .assert_not_mine(&RULE);
    }
}
