//! A forwarding header that a sender made up changes nothing: the host it names stands in no redirect, form,
//! link or frame of the answer.
//!
//! # Why it matters
//! Behind a proxy that passes such fields on, a server that builds its own addresses from them sends the
//! answer to the question, or the browser, to whoever wrote the field.
//!
//! # What does not count
//! The host in plain text. A host that the redirect URI names as well. `Referer` and `Origin`, of which CSS-07 speaks.
//!
//! # How to fix
//! Take host and scheme from configuration; let the proxy overwrite the fields of senders.

use super::section;
use crate::named_hosts::foreign_hosts;
use crate::page::Page;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, only_if};
use crate::sign_off::{Control, SignOff};
use signoff_oidc::spec::Level;
use signoff_oidc::uri::resolve;

pub(super) const RULE: Rule = Rule {
    id: "BCP-4.13-01",
    name: "forwarding-headers-not-trusted",
    level: Level::Must,
    source: section("4.13"),
    title: "a forwarding header that a sender made up changes nothing",
    file: include_str!("forwarding_headers_not_trusted.rs"),
    needs: &[Control::Orderly],
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

fn judge(s: &SignOff<'_>) -> Ruling {
    let named = foreign_hosts(s, &["X-Forwarded-Host", "Forwarded"]);
    only_if(
        !named.is_empty(),
        "no forwarding header names a host besides the IdP's and the clients'",
    )?;
    let at = s.attempt().chain[0].request.url();
    let found = s.responses().find_map(|response| {
        let page = Page::read(response);
        let forms = page.forms.iter().map(|form| &form.action);
        let elsewhere = page.links.iter().chain(&page.frames).chain(&page.resources);
        let location = response.location();
        let mut references = location.iter().chain(forms).chain(elsewhere);
        let foreign = references.find(|reference| {
            resolve(&at, reference).is_some_and(|url| {
                url.host_str()
                    .is_some_and(|host| named.iter().any(|known| known == host))
            })
        });
        foreign.cloned()
    });
    s.must_not(
        found.map_or_else(
            || Seen::No("the host stands nowhere".to_owned()),
            |reference| Seen::Yes(format!("{reference} in the answer")),
        ),
        s.did(Control::Orderly, SignOff::worked, "end its session"),
        "the same addresses as without the header",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{Case, OWN, asks, page, redirect, signed_off};

    fn forwarded() -> Case {
        Case::new()
            .get(&[OWN])
            .header("X-Forwarded-Host", "evil.test")
    }

    #[test]
    fn own_addresses_keep_it_where_the_endpoint_works() {
        forwarded().gets(asks()).orderly_worked().assert_kept(&RULE);
        forwarded()
            .gets(asks())
            .orderly_refused()
            .assert_undecided(&RULE);
    }

    #[test]
    fn the_host_in_a_redirect_a_form_or_a_link_breaks_it() {
        for answer in [
            redirect(302, "https://evil.test/signed-out"),
            page(
                200,
                "<form method=post action='https://evil.test/confirm'></form>",
            ),
            page(200, "<a href='//evil.test/'>Home</a>"),
            page(200, "<iframe src='https://evil.test/frame'></iframe>"),
        ] {
            forwarded().gets(answer).assert_violated(&RULE);
        }
    }

    #[test]
    fn other_header_fields_and_known_hosts_are_not_its_business() {
        Case::new()
            .get(&[OWN])
            .header("Referer", "https://evil.test/")
            .gets(signed_off())
            .assert_not_mine(&RULE);
        Case::new()
            .get(&[OWN, ("post_logout_redirect_uri", "https://evil.test/bye")])
            .header("X-Forwarded-Host", "evil.test")
            .gets(redirect(302, "https://evil.test/bye"))
            .assert_not_mine(&RULE);
        Case::new()
            .get(&[OWN])
            .header("Forwarded", "host=op.example")
            .gets(signed_off())
            .assert_not_mine(&RULE);
    }
}
