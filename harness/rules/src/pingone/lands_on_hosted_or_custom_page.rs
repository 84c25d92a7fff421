//! Without a redirect URI the browser lands on the hosted page `signedOut`, or, where the application has a
//! user interface of its own, there, with the query parameter `environmentId`.
//!
//! # Why it matters
//! The application's own pages tell the person that the sign-off worked, in its own words; they find out by
//! that parameter where the person comes from. Servers without parameters to go by have redirected to a
//! broken link (F-08).
//!
//! # What does not count
//! Other parameters beside that one. An application of which nobody knows whether it has pages of its own.
//!
//! # How to fix
//! Take the pages of the hint's application when it has some, and the hosted page otherwise.

use super::reading::{carried_through, is_documented_to_work};
use super::signed_off_page::sent_to;
use super::{LEGACY_GUIDE, LEGACY_ONLY, PRODUCT};
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, Stop, only_if};
use crate::setting::Setting;
use crate::sign_off::{Control, SignOff};
use crate::visit::End;
use signoff_oidc::Given;
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "P1-SA-07",
    name: "lands-on-hosted-or-custom-page",
    level: Level::Indicative,
    source: LEGACY_GUIDE,
    title: "without a redirect URI: the hosted signedOut page, or the custom UI with environmentId",
    file: include_str!("lands_on_hosted_or_custom_page.rs"),
    scope: LEGACY_ONLY,
    needs: &[Control::Orderly],
    judge: Judge::SignOff(judge),
    ..PRODUCT
};

fn judge(s: &SignOff<'_>) -> Ruling {
    only_if(
        s.target() == Given::Absent && is_documented_to_work(s),
        "a redirect URI was sent, or the request need not be carried out",
    )?;
    s.signed_in_before()?;
    carried_through(s)?;
    let (seen, expected) = match own_pages(s) {
        Some(pages) => (
            at_own_pages(s, &pages),
            "the application's own pages with environmentId",
        ),
        None => (at_hosted_page(s)?, "a redirect to …/signon/#signedOut"),
    };
    s.must(
        seen,
        s.did(Control::Orderly, SignOff::worked, "end its session"),
        expected,
    )
}

/// The pages of the hint's application, where an operator set some.
fn own_pages(s: &SignOff<'_>) -> Option<String> {
    let application = &s.genuine_hint()?.client_id;
    let settings = s.attempt().settings.iter().rev();
    settings.into_iter().find_map(|setting| match setting {
        Setting::OwnPages { client, url } if client == application => Some(url.clone()),
        _ => None,
    })
}

fn at_own_pages(s: &SignOff<'_>, pages: &str) -> Seen {
    let environment = s.world.issuer.trim_end_matches("/as").rsplit('/').next();
    let wanted = format!("environmentId={}", environment.unwrap_or_default());
    let hit = s.departures().iter().any(|departure| {
        let (page, query) = departure.to.split_once('?').unwrap_or((&departure.to, ""));
        let query = query.split('#').next().unwrap_or_default();
        page == pages && query.split('&').any(|pair| pair == wanted)
    });
    match s.end() {
        End::NoAnswer(why) => Seen::Unknown(why),
        _ => Seen::of(hit, s.describe_end()),
    }
}

fn at_hosted_page(s: &SignOff<'_>) -> Result<Seen, Stop> {
    if sent_to(s, "signedOut") {
        return Ok(Seen::Yes("redirected to the hosted page".to_owned()));
    }
    match s.end() {
        End::NoAnswer(why) => Err(Stop::Undecided(why)),
        End::Unclear => Err(Stop::Undecided("where it ended was not seen".to_owned())),
        End::Left(departure) if departure.to.contains("environmentId=") => Err(Stop::Undecided(
            "the browser went to what may be a custom user interface".to_owned(),
        )),
        _ => Ok(Seen::No(s.describe_end())),
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::pingone::reading::fixture::{AtPingOne, OWN_HINT, SIGNED_OFF, alice};
    use crate::setting::Setting;
    use crate::testing::{Case, Session, TARGET, page, signed_off};

    const PAGES: &str = "https://rp.example/sign-on";

    fn legacy() -> Case {
        alice().of_product("pingone", Some("legacy"))
    }

    fn with_own_pages() -> Case {
        let set = legacy().with_setting(Setting::OwnPages {
            client: "a".to_owned(),
            url: PAGES.to_owned(),
        });
        set.signs_off(&[OWN_HINT])
    }

    fn signed_out() -> String {
        SIGNED_OFF.replace("#signedOff", "#signedOut")
    }

    #[test]
    fn the_hosted_page_or_the_applications_own() {
        let hosted = legacy().signs_off(&[OWN_HINT]).ends_at(&signed_out());
        let hosted = hosted.then(&signed_out(), signed_off());
        hosted.clone().beside_success().assert_kept(&RULE);
        hosted.beside_refusal().assert_undecided(&RULE);
        let own = format!("{PAGES}?environmentId=3a1e0c52-7f6b-4a55-9f0e-4d1d0c7f2b11");
        with_own_pages()
            .ends_at(&own)
            .beside_success()
            .assert_kept(&RULE);
    }

    #[test]
    fn another_page_breaks_it() {
        let other = legacy().signs_off(&[OWN_HINT]).lands().beside_success();
        other.assert_violated(&RULE);
        let bare = with_own_pages().ends_at(PAGES).beside_success();
        bare.assert_violated(&RULE);
        let hosted = with_own_pages().ends_at(&signed_out()).beside_success();
        hosted
            .then(&signed_out(), signed_off())
            .assert_violated(&RULE);
    }

    #[test]
    fn the_pages_of_another_application_are_not_its_own() {
        let set = legacy().with_setting(Setting::OwnPages {
            client: "b".to_owned(),
            url: PAGES.to_owned(),
        });
        set.signs_off(&[OWN_HINT])
            .ends_at(&signed_out())
            .then(&signed_out(), signed_off())
            .beside_success()
            .assert_kept(&RULE);
    }

    #[test]
    fn a_visit_whose_end_was_not_seen_is_undecided_and_another_place_is_not() {
        for case in [legacy().signs_off(&[OWN_HINT]), with_own_pages()] {
            let silent = case.at_rest(Session::Ended).gets_nothing();
            silent.beside_success().assert_undecided(&RULE);
        }
        let hosted = || legacy().signs_off(&[OWN_HINT]).beside_success();
        let script = page(200, "<script>location = next()</script>");
        hosted().gets(script).assert_undecided(&RULE);
        hosted()
            .ends_at("https://rp.example/elsewhere")
            .assert_violated(&RULE);
    }

    #[test]
    fn pages_of_which_nobody_knew_are_undecided() {
        let own = format!("{PAGES}?environmentId=1");
        let case = legacy().signs_off(&[OWN_HINT]).ends_at(&own);
        case.beside_success().assert_undecided(&RULE);
    }

    #[test]
    fn a_redirect_uri_and_a_request_without_hint_are_not_its_business() {
        let case = legacy().signs_off(&[OWN_HINT, TARGET]);
        case.assert_not_mine(&RULE);
        legacy().signs_off(&[]).assert_not_mine(&RULE);
    }

    #[test]
    fn it_speaks_for_the_older_edition_alone() {
        assert!(RULE.speaks_for("pingone", Some("legacy")));
        assert!(!RULE.speaks_for("pingone", Some("current")));
    }
}
