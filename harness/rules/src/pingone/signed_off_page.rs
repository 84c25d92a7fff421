//! Without a redirect URI the browser lands on the signed-off page of the hosted user interface:
//! `…/{envID}/signon/#signedOff`.
//!
//! # Why it matters
//! People need to see that they are signed off. Servers without parameters to go by have redirected to a
//! broken link (F-08), or to the only registered address, which nobody had asked for.
//!
//! # What does not count
//! An application with a custom user interface, which is told `environmentId` instead: that cannot be told
//! apart here, so it is undecided. The status code (P1-SA-05), and what the page says.
//!
//! # How to fix
//! Redirect to the hosted page when no redirect URI was sent.

use super::reading::{carried_through, is_documented_to_work};
use super::{PRODUCT, SINCE_CURRENT_PAGE};
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, only_if};
use crate::sign_off::{Control, SignOff};
use crate::visit::{Departure, End};
use signoff_oidc::spec::Level;
use signoff_oidc::uri::resolve;
use signoff_oidc::{Given, Response};

pub(super) const RULE: Rule = Rule {
    id: "P1-SO-17",
    name: "signed-off-page",
    level: Level::Indicative,
    title: "without a redirect URI the browser lands on the hosted signed-off page",
    file: include_str!("signed_off_page.rs"),
    scope: SINCE_CURRENT_PAGE,
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
    s.must(
        landed(s),
        s.did(Control::Orderly, SignOff::worked, "end its session"),
        "a redirect to …/signon/#signedOff",
    )
}

/// Whether an answer sent the browser to this part of the hosted pages.
pub(in crate::pingone) fn sent_to(s: &SignOff<'_>, part: &str) -> bool {
    let attempt = s.attempt();
    let answered = attempt.answers.iter().flat_map(|answer| &answer.chain);
    attempt.chain.iter().chain(answered).any(|exchange| {
        let answer = exchange.answer.as_ref().ok();
        let location = answer.and_then(Response::location);
        let url = location.and_then(|to| resolve(&exchange.request.url(), &to));
        url.is_some_and(|url| {
            s.world.is_own(url.as_str())
                && url.path().ends_with("/signon/")
                && url.fragment() == Some(part)
        })
    })
}

/// Whether the browser was sent to the hosted signed-off page.
pub(in crate::pingone) fn landed(s: &SignOff<'_>) -> Seen {
    if sent_to(s, "signedOff") {
        return Seen::Yes("redirected to the signed-off page".to_owned());
    }
    let unclear = |why: &str| Seen::Unknown(why.to_owned());
    match s.ends().last() {
        Some(End::Left(departure)) if tells_environment(departure) => {
            unclear("the browser went to what may be a custom user interface")
        }
        Some(End::NoAnswer(_) | End::Unclear) | None => unclear("where it ended was not seen"),
        Some(_) => Seen::No(s.describe_end()),
    }
}

fn tells_environment(departure: &Departure) -> bool {
    departure.to.contains("?environmentId=") || departure.to.contains("&environmentId=")
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::pingone::reading::fixture::{AtPingOne, OWN_HINT, alice};
    use crate::testing::{Case, EVIL, OUT, Session, TARGET, error, signed_off};

    fn case() -> Case {
        alice().signs_off(&[OWN_HINT])
    }

    #[test]
    fn the_browser_lands_there() {
        case().lands().beside_success().assert_kept(&RULE);
        case().lands().beside_refusal().assert_undecided(&RULE);
        alice()
            .signs_off(&[])
            .lands()
            .beside_success()
            .assert_kept(&RULE);
    }

    #[test]
    fn another_page_and_another_address_break_it() {
        let in_place = case().gets(signed_off()).at_rest(Session::Ended);
        in_place.beside_success().assert_violated(&RULE);
        case().ends_at(OUT).beside_success().assert_violated(&RULE);
        let look_alike = format!("{EVIL}signon/#signedOff");
        case()
            .ends_at(&look_alike)
            .beside_success()
            .assert_violated(&RULE);
        case().gets(error()).beside_success().assert_violated(&RULE);
    }

    #[test]
    fn a_custom_user_interface_and_no_answer_decide_nothing() {
        let custom = case().ends_at("https://ui.example/?environmentId=3a1e");
        custom.beside_success().assert_undecided(&RULE);
        case()
            .gets_nothing()
            .beside_success()
            .assert_undecided(&RULE);
    }

    #[test]
    fn a_redirect_uri_is_not_its_business() {
        alice()
            .signs_off(&[OWN_HINT, TARGET])
            .ends_at(OUT)
            .assert_not_mine(&RULE);
        let empty = alice().signs_off(&[OWN_HINT, ("post_logout_redirect_uri", "")]);
        empty.lands().assert_not_mine(&RULE);
    }
}
