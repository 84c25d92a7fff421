//! The OP does not send the End-User to a post-logout redirect URI that is not, character for character,
//! one of those registered.
//!
//! # Why it matters
//! The logout endpoint needs no authentication. Whatever it redirects to can borrow the IdP's good name: a
//! prefix match, a parsed and normalised comparison, or another client's address each
//! made an open redirector of a real product.
//!
//! # What does not count
//! An error page, a confirmation page or a signed-off page: the specification leaves that to the OP. A
//! redirect to an address that is neither the target nor a client's is undecided. Which client's
//! registrations count is judged by the client that a genuine hint or `client_id` names; when none is named,
//! a URI that any client registered is not judged here but by RPIL-3-03. Another port of a registered http
//! address on loopback: for a native client any port is right (RFC 8252 section 7.3), and what a client is
//! does not show.
//!
//! # How to fix
//! Compare the parameter's octets with the registered octets, before any parsing. Do not normalise, decode
//! or match prefixes, and register what is meant.

use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, only_if};
use crate::sign_off::{Control, SignOff};
use signoff_oidc::spec::{Document, Level, Reference};

pub(super) const RULE: Rule = Rule {
    id: "RPIL-3-04",
    name: "exact-redirect-uri",
    level: Level::MustNot,
    source: Reference {
        document: Document::RpInitiatedLogout,
        section: "3",
    },
    title: "no redirect to a URI that does not exactly match a registered one",
    file: include_str!("exact_redirect_uri.rs"),
    needs: &[Control::Orderly],
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

fn judge(s: &SignOff<'_>) -> Ruling {
    only_if(!s.is_mixed(), "a parameter stands out of its place")?;
    let target = s.target();
    let uri = target
        .once()
        .ok_or_else(|| crate::Stop::NotMine("no single redirect URI was sent".to_owned()))?;
    let registration = s.registered(uri);
    only_if(
        !registration.for_client.unwrap_or(registration.anywhere),
        "the URI is registered",
    )?;
    let left = s.left_for_rp();
    // What another client has registered is that client's address, and no port of a native client's own.
    if left.is_yes() && !registration.anywhere && s.is_loopback_port_of_registered(uri) {
        return Err(crate::Stop::Undecided(
            "it differs from a registered address in nothing but its port on loopback, which a native client may choose"
                .to_owned(),
        ));
    }
    s.must_not(
        left,
        s.did(Control::Orderly, SignOff::honoured, "honour its target"),
        "an error page, a question or a signed-off page: no redirect",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{
        BYE, Case, EVIL, OUT, OWN, TARGET, asks, blank, error, page, redirect, signed_off,
    };

    fn towards(uri: &str) -> Case {
        Case::new().get(&[OWN, ("post_logout_redirect_uri", uri)])
    }

    #[test]
    fn any_page_of_the_idp_keeps_it_beside_a_redirect_that_works() {
        for answer in [error(), asks(), signed_off()] {
            towards("https://rp.example/out/x")
                .gets(answer)
                .orderly_worked()
                .assert_kept(&RULE);
        }
        towards(EVIL)
            .gets(error())
            .orderly_refused()
            .assert_undecided(&RULE);
        towards(EVIL)
            .gets(blank())
            .orderly_ignored()
            .assert_undecided(&RULE);
        towards(EVIL).gets_nothing().assert_undecided(&RULE);
    }

    #[test]
    fn a_redirect_breaks_it_by_whatever_means_and_in_whatever_spelling() {
        towards(EVIL)
            .gets(redirect(302, EVIL))
            .assert_violated(&RULE);
        towards("https://RP.example/out")
            .gets(redirect(302, OUT))
            .assert_violated(&RULE);
        towards(BYE).gets(redirect(302, BYE)).assert_violated(&RULE);
        let form = format!(
            "<body onload='document.forms[0].submit()'><form action='{EVIL}' method=post></form>"
        );
        towards(EVIL).gets(page(200, &form)).assert_violated(&RULE);
        towards(EVIL)
            .gets(redirect(302, "/end/next"))
            .then("https://op.example/end/next", redirect(302, EVIL))
            .assert_violated(&RULE);
    }

    #[test]
    fn a_third_place_is_not_taken_for_the_target() {
        towards(EVIL)
            .gets(redirect(302, "https://www.company.example/"))
            .assert_undecided(&RULE);
    }

    #[test]
    fn registered_and_repeated_targets_are_not_its_business() {
        towards(OUT).gets(redirect(302, OUT)).assert_not_mine(&RULE);
        Case::new()
            .get(&[OWN, TARGET, ("post_logout_redirect_uri", EVIL)])
            .gets(redirect(302, EVIL))
            .assert_not_mine(&RULE);
        Case::new()
            .get(&[("post_logout_redirect_uri", BYE)])
            .gets(redirect(302, BYE))
            .assert_not_mine(&RULE);
    }

    #[test]
    fn trap_11_another_port_on_loopback_may_be_a_native_clients() {
        let native = |uri: &str| {
            Case::new()
                .registers("http://127.0.0.1/out")
                .registers("http://[::1]:8080/out?x=1")
                .get(&[OWN, ("post_logout_redirect_uri", uri)])
                .gets(redirect(302, uri))
        };
        native("http://127.0.0.1:4711/out").assert_undecided(&RULE);
        native("http://[::1]/out?x=1").assert_undecided(&RULE);
        for other in [
            "http://127.0.0.1:4711/other",
            "http://127.0.0.2:4711/out",
            "https://127.0.0.1:4711/out",
            "http://[::1]:4711/out?x=2",
            "http://user@127.0.0.1:4711/out",
            "http://127.0.0.1.evil.test:4711/out",
        ] {
            native(other).assert_violated(&RULE);
        }
        towards("https://rp.example:4711/out")
            .gets(redirect(302, "https://rp.example:4711/out"))
            .assert_violated(&RULE);
        for uri in ["http://127.0.0.1:4711/out", "http://127.0.0.1:9999/out"] {
            Case::new()
                .registers("http://127.0.0.1:9999/out")
                .get(&[("client_id", "b"), ("post_logout_redirect_uri", uri)])
                .gets(redirect(302, uri))
                .assert_violated(&RULE);
        }
    }

    #[test]
    fn another_clients_address_on_loopback_is_no_port_of_ones_own() {
        let uri = "http://127.0.0.1:9999/out-of-b";
        let mut case = towards(uri);
        case.world.clients[1]
            .post_logout_redirect_uris
            .push(uri.to_owned());
        case.gets(redirect(302, uri)).assert_violated(&RULE);
    }

    #[test]
    fn a_port_on_loopback_that_is_not_followed_keeps_it_and_one_of_another_client_is_no_port() {
        let uri = "http://127.0.0.1:4711/out";
        let native = || {
            let case = Case::new().registers("http://127.0.0.1:9999/out");
            case.get(&[OWN, ("post_logout_redirect_uri", uri)])
        };
        native().gets(error()).orderly_worked().assert_kept(&RULE);
        let mut of_another = native();
        of_another.world.clients[1]
            .post_logout_redirect_uris
            .push(uri.to_owned());
        of_another.gets(redirect(302, uri)).assert_violated(&RULE);
    }
}
