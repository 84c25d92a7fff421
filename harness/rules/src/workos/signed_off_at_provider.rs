//! A sign-off ends the session at the identity provider, and so in every application that is reached through it.
//!
//! # Why it matters
//! A person who signs off and stays signed in at the identity provider is back in the application, and in all others,
//! with the next click.
//!
//! # What does not count
//! Sessions that the product or the application keep themselves. A browser that does not send its cookies. A sign-off that the person refused at the identity
//! provider.
//!
//! # How to fix
//! Send the browser to the `end_session_endpoint` of the identity provider.

use super::PRODUCT;
use super::reading::{Taken, alive_before, behind, for_somebody_here, taken, visited};
use crate::record::{Answered, CookiesSent};
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, only_if, only_if_seen};
use crate::sign_off::SignOff;
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "WOS-RP-01",
    name: "signed-off-at-provider",
    level: Level::IndicativeMust,
    title: "the session at the identity provider ends",
    file: include_str!("signed_off_at_provider.rs"),
    judge: Judge::SignOff(judge),
    ..PRODUCT
};

fn judge(s: &SignOff<'_>) -> Ruling {
    behind(s)?;
    only_if(
        visited(s) && taken(s) == Taken::Good && for_somebody_here(s),
        "no good logout token was taken along",
    )?;
    only_if(
        s.attempt().cookies == CookiesSent::Current,
        "the browser left its cookies at home",
    )?;
    let alive = alive_before(s);
    only_if_seen(&alive, "nobody was signed in")?;
    only_if(!said_no(s), "the person did not want to be signed off")?;
    s.must(
        s.really_over(),
        s.shown(&alive),
        "the session at the identity provider over, also for another application",
    )
}

/// Whether the identity provider asked and the person said no, or did not answer.
fn said_no(s: &SignOff<'_>) -> bool {
    let yes = s.answers().any(|answer| answer.answered == Answered::Yes);
    s.asked().is_yes() && !yes
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::record::{Answered, CookiesSent};
    use crate::testing::{Session, page};
    use crate::workos::fixture::{
        AtWorkOs, GOOD, SAML, by_token, for_profile, refused_call, signed_off,
    };

    #[test]
    fn the_session_at_the_identity_provider_is_over() {
        signed_off().assert_kept(&RULE);
        let out = page(200, "<h1>You are signed out</h1>");
        let asked = by_token(GOOD).provider_asks();
        asked
            .says(Answered::Yes, out, Session::Ended)
            .assert_kept(&RULE);
    }

    #[test]
    fn a_session_that_lives_on_breaks_it() {
        by_token(GOOD)
            .gets(page(200, "<h1>You are signed out</h1>"))
            .assert_violated(&RULE);
        let case = by_token(GOOD).goes_to_provider();
        case.at_rest(Session::CookieDropped).assert_violated(&RULE);
    }

    #[test]
    fn a_look_that_tells_nothing_decides_nothing() {
        let case = by_token(GOOD).goes_to_provider();
        case.at_rest(Session::Unclear).assert_undecided(&RULE);
    }

    #[test]
    fn a_bad_token_nobody_signed_in_and_a_refused_question_are_not_its_business() {
        by_token("never-handed-out")
            .goes_to_provider()
            .assert_not_mine(&RULE);
        by_token(GOOD).before(Session::Ended).assert_not_mine(&RULE);
        refused_call().assert_not_mine(&RULE);
        for_profile(SAML).answered().assert_not_mine(&RULE);
        by_token(GOOD).provider_asks().assert_not_mine(&RULE);
        let elsewhere = by_token(GOOD).goes_to_provider().at_rest(Session::Lives);
        elsewhere
            .with_cookies(CookiesSent::None)
            .assert_not_mine(&RULE);
    }
}
