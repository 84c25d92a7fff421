//! A page whose address holds the hint or the state loads nothing from third parties and has no link to them.
//!
//! # Why it matters
//! Whoever the page loads something from, or links to, may learn its address by the `Referer`: an ID token in
//! a log of somebody else (U-05).
//!
//! # What does not count
//! Addresses of the IdP and of registered clients; frames, which front-channel logout needs; what a script or
//! a style sheet loads, but for what a style sheet in the page imports. Pages that answer a POST, whose address
//! holds nothing.
//!
//! # How to fix
//! Serve style sheets, fonts and images from the IdP's own host, or redirect to an address without secrets
//! before a page is shown.

use super::revealing_pages::revealing;
use super::section;
use crate::named_hosts::is_known;
use crate::page::Page;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, only_if};
use crate::sign_off::SignOff;
use signoff_oidc::spec::Level;
use signoff_oidc::uri::resolve;

pub(super) const RULE: Rule = Rule {
    id: "BCP-4.2.4-01",
    name: "no-third-parties-on-pages",
    level: Level::ShouldNot,
    source: section("4.2.4"),
    title: "a page whose address holds secrets loads nothing of others and links to nobody",
    file: include_str!("no_third_parties_on_pages.rs"),
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

fn judge(s: &SignOff<'_>) -> Ruling {
    let pages = revealing(s);
    only_if(
        !pages.is_empty(),
        "no page was shown at a revealing address",
    )?;
    let foreign = pages.iter().find_map(|(request, response)| {
        let page = Page::read(response);
        let mut named = page.resources.iter().chain(&page.links);
        let foreign = named.find(|reference| is_foreign(s, &request.url(), reference));
        foreign.cloned()
    });
    s.must_not(
        foreign.map_or_else(
            || Seen::No("nothing of third parties".to_owned()),
            |reference| Seen::Yes(format!("{reference} on a page whose address holds secrets")),
        ),
        s.shown(&Seen::Yes("a page".to_owned())),
        "neither resources of third parties nor links to them",
    )
}

fn is_foreign(s: &SignOff<'_>, at: &str, reference: &str) -> bool {
    resolve(at, reference).is_some_and(|url| {
        matches!(url.scheme(), "http" | "https")
            && !s.world.is_own(url.as_str())
            && url.host_str().is_some_and(|host| !is_known(s, host))
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{Case, OUT, OWN, page, redirect};

    fn shown(html: &str) -> Case {
        Case::new().get(&[OWN]).gets(page(200, html))
    }

    #[test]
    fn own_things_and_those_of_clients_keep_it() {
        for html in [
            "<p>Do you want to sign out?</p>",
            "<link rel=stylesheet href=/style.css><img src='https://op.example/logo.svg'>",
            "<a href='https://rp.example/app'>Back</a><a href='mailto:help@corp.test'>Help</a>",
            "<iframe src='https://somewhere.test/logout'></iframe>",
            "<a href='ftp://somewhere.test/terms'>What no page of the web is</a>",
        ] {
            shown(html).assert_kept(&RULE);
        }
    }

    #[test]
    fn things_of_others_break_it() {
        for html in [
            "<script src='https://cdn.test/a.js'></script>",
            "<link rel=stylesheet href='//fonts.test/a.css'>",
            "<style>@import url(https://fonts.test/css?family=A:400,100);p{margin:0}</style>",
            "<img src='https://pixel.test/1.gif'>",
            "<a href='https://www.corp.test/'>Home</a>",
        ] {
            shown(html).assert_violated(&RULE);
        }
    }

    #[test]
    fn addresses_without_secrets_and_redirects_are_not_its_business() {
        let image = page(200, "<img src='https://pixel.test/1.gif'>");
        Case::new()
            .get(&[])
            .gets(image.clone())
            .assert_not_mine(&RULE);
        Case::new().post(&[OWN]).gets(image).assert_not_mine(&RULE);
        Case::new()
            .get(&[OWN])
            .gets(redirect(303, OUT))
            .assert_not_mine(&RULE);
    }
}
