//! A page that refuses to send the browser to an address does not link to it.
//!
//! # Why it matters
//! A person who reads "go on" on a page of the IdP clicks: the refusal is an open redirector with one more
//! step (A-25 shows the address on the page, J-05 shows what else comes with it).
//!
//! # What does not count
//! The address as text. Links to registered addresses. One that differs from a registered address in the case of letters
//! alone is open: the page may have taken it for that, and refused nothing. The level is a SHOULD NOT, because RP-Initiated Logout
//! speaks of redirects and not of links.
//!
//! # How to fix
//! Link to nothing that came with the request.

use super::OURS;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, only_if};
use crate::sign_off::{Control, SignOff};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "CSS-10",
    name: "refused-target-not-linked",
    level: Level::ShouldNot,
    source: OURS,
    title: "a page that refuses an address does not link to it",
    file: include_str!("refused_target_not_linked.rs"),
    needs: &[Control::Orderly],
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

fn judge(s: &SignOff<'_>) -> Ruling {
    let strange = s.unregistered_targets();
    only_if(
        !strange.is_empty(),
        "no target was sent that nobody registered",
    )?;
    only_if(s.departures().is_empty(), "the browser was sent elsewhere")?;
    let at = |reference: &str| s.as_browsers_read(reference);
    let targets: Vec<_> = strange
        .iter()
        .filter_map(|uri| at(&String::from_utf8_lossy(uri)))
        .collect();
    let linked = s
        .offers()
        .into_iter()
        .find(|link| at(link).is_some_and(|url| targets.contains(&url)));
    s.must_not(
        linked.map_or_else(
            || Seen::No("no link to it".to_owned()),
            |link| match strange.iter().find(|uri| is_but_for_case(s, uri)) {
                None => Seen::Yes(format!("a link to {link}")),
                Some(_) => Seen::Unknown(format!(
                    "{link} may have been taken for a registered address that differs in case"
                )),
            },
        ),
        s.did(Control::Orderly, SignOff::honoured, "honour its target"),
        "no link to the address that was refused",
    )
}

/// True when a registered address is the same but for the case of its letters.
fn is_but_for_case(s: &SignOff<'_>, uri: &[u8]) -> bool {
    let clients = s.world.clients.iter();
    let mut registered = clients.flat_map(|client| &client.post_logout_redirect_uris);
    registered.any(|known| known.as_bytes().eq_ignore_ascii_case(uri))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{Case, EVIL, OUT, OWN, TARGET, error, page, redirect};

    fn refused(html: &str) -> Case {
        Case::new()
            .get(&[OWN, ("post_logout_redirect_uri", EVIL)])
            .gets(page(400, html))
    }

    #[test]
    fn a_page_without_the_link_keeps_it() {
        for html in [
            "<p>https://evil.test/ is not registered</p>",
            "<a href='https://rp.example/out'>Back</a>",
            "<a href='/'>Home</a>",
        ] {
            refused(html).orderly_worked().assert_kept(&RULE);
            refused(html).orderly_refused().assert_undecided(&RULE);
        }
    }

    #[test]
    fn the_link_breaks_it() {
        refused("<a href='https://evil.test'>Continue</a>").assert_violated(&RULE);
    }

    #[test]
    fn a_link_to_an_address_that_differs_from_a_registered_one_in_case_is_open() {
        let other_case = "https://rp.example/OUT";
        Case::new()
            .get(&[OWN, ("post_logout_redirect_uri", other_case)])
            .gets(page(200, "<a href='https://rp.example/OUT'>Continue</a>"))
            .assert_undecided(&RULE);
    }

    #[test]
    fn redirects_and_registered_targets_are_not_its_business() {
        Case::new()
            .get(&[OWN, ("post_logout_redirect_uri", EVIL)])
            .gets(redirect(302, EVIL))
            .assert_not_mine(&RULE);
        Case::new()
            .get(&[OWN, TARGET])
            .gets(error())
            .assert_not_mine(&RULE);
        Case::new()
            .get(&[OWN, TARGET])
            .gets(redirect(303, OUT))
            .assert_not_mine(&RULE);
    }
}
