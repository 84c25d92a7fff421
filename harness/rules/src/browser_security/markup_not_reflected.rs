//! Markup in a parameter does not come alive on a page of the IdP.
//!
//! # Why it matters
//! Error and confirmation pages like to show what was sent. Written unescaped (J-05), or into a script
//! (J-01), it runs with the rights of the IdP's own origin: the worst place there is.
//!
//! # What does not count
//! Showing the text as text, in whatever escaping: the page is read as a browser reads it, and only an
//! element that was sent and stands in the page counts. Sign-offs that show no page. The level is a MUST,
//! because a script on the IdP's page can do whatever the person can.
//!
//! # How to fix
//! Escape for the place where the value is written, and keep scripts out by a Content Security Policy.

use super::OURS;
use crate::record::AtOnce;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, only_if};
use crate::sign_off::{Control, SignOff};
use scraper::{ElementRef, Html};
use signoff_oidc::Response;
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "CSS-04",
    name: "markup-not-reflected",
    level: Level::Must,
    source: OURS,
    title: "no markup of a parameter comes alive on a page",
    file: include_str!("markup_not_reflected.rs"),
    at_once: &[AtOnce::Request, AtOnce::Answer],
    unreadable: true,
    needs: &[Control::Orderly],
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

/// An element as far as it tells one from another.
#[derive(Debug, PartialEq, Eq)]
struct Markup {
    name: String,
    attributes: Vec<(String, String)>,
    text: String,
}

fn judge(s: &SignOff<'_>) -> Ruling {
    let sent: Vec<Markup> = s
        .query()
        .followed_by(s.form())
        .iter()
        .filter(|(_, value)| value.contains(&b'<'))
        .flat_map(|(_, value)| distinctive(&Html::parse_fragment(&String::from_utf8_lossy(value))))
        .collect();
    only_if(!sent.is_empty(), "no parameter held markup")?;
    let pages: Vec<&Response> = s
        .responses()
        .filter(|response| response.is_html())
        .collect();
    only_if(!pages.is_empty(), "no page was shown")?;
    let alive = pages.iter().find_map(|page| {
        let shown = distinctive(&Html::parse_document(&page.text()));
        shown.into_iter().find(|element| sent.contains(element))
    });
    let forbidden = alive.map_or_else(
        || Seen::No("none of it stands in a page".to_owned()),
        |element| Seen::Yes(format!("an element {} of a parameter", element.name)),
    );
    s.must_not(
        forbidden,
        s.did(Control::Orderly, SignOff::worked, "end its session"),
        "the parameter shown as text, or not at all",
    )
}

/// The elements that no page has by chance: with an attribute or with text.
fn distinctive(document: &Html) -> Vec<Markup> {
    document
        .root_element()
        .descendants()
        .filter_map(ElementRef::wrap)
        .map(|element| {
            let mut attributes: Vec<(String, String)> = element
                .value()
                .attrs()
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect();
            attributes.sort();
            Markup {
                name: element.value().name().to_owned(),
                attributes,
                text: element.text().collect(),
            }
        })
        .filter(|element| !matches!(element.name.as_str(), "html" | "head" | "body"))
        .filter(|element| !element.attributes.is_empty() || !element.text.trim().is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{Case, EVIL, OWN, page, redirect};

    const SCRIPT: &str = "\"><script>alert(1)</script>";
    const IMAGE: &str = "<img src=x onerror=alert(1)>";

    fn shown(value: &str, html: &str) -> Case {
        Case::new()
            .get(&[OWN, ("state", value)])
            .gets(page(400, html))
    }

    #[test]
    fn text_in_any_escaping_keeps_it() {
        for html in [
            "<p>&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;</p>",
            "<input value='<script>alert(1)</script>'>",
            "<textarea>\"><script>alert(1)</script></textarea>",
            "<p>Something is wrong</p>",
        ] {
            shown(SCRIPT, html).orderly_worked().assert_kept(&RULE);
            shown(SCRIPT, html)
                .orderly_refused()
                .assert_undecided(&RULE);
        }
    }

    #[test]
    fn an_element_that_was_sent_and_stands_in_the_page_breaks_it() {
        shown(SCRIPT, "<input value=\"\"><script>alert(1)</script>\">").assert_violated(&RULE);
        shown(IMAGE, "<p>Unknown: <img onerror='alert(1)' src='x'></p>").assert_violated(&RULE);
    }

    #[test]
    fn plain_values_bare_tags_and_redirects_are_not_its_business() {
        shown("plain", "<p>plain</p>").assert_not_mine(&RULE);
        shown("</title><b>", "<title>x</title><b></b>").assert_not_mine(&RULE);
        Case::new()
            .get(&[("state", SCRIPT)])
            .gets(redirect(302, EVIL))
            .assert_not_mine(&RULE);
    }
}
