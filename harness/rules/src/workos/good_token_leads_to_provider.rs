//! A good logout token leads the browser to the identity provider's `end_session_endpoint`; any other leads nowhere.
//!
//! # Why it matters
//! The token is what stands between a stranger's link and a sign-off. One that was never handed out, was changed, was
//! used or is out of date proves nothing.
//!
//! # What does not count
//! How a bad token is answered. A token that is used again while the first use is under way.
//!
//! # How to fix
//! Keep the tokens that were handed out, each for one use and a short time, and compare them whole.

use super::PRODUCT;
use super::reading::{
    Taken, alive_before, at_the_provider, behind, for_somebody_here, handed_out, taken,
    twin_came_there, visited,
};
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, Stop, only_if};
use crate::sign_off::{Control, SignOff};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "WOS-RP-04",
    name: "good-token-leads-to-provider",
    level: Level::IndicativeMust,
    title: "a good logout token leads to the identity provider, any other nowhere",
    file: include_str!("good_token_leads_to_provider.rs"),
    needs: &[Control::Orderly],
    judge: Judge::SignOff(judge),
    ..PRODUCT
};

fn judge(s: &SignOff<'_>) -> Ruling {
    let behind = behind(s)?;
    only_if(visited(s), "no logout token was taken along")?;
    let there = at_the_provider(s, behind);
    // Whoever was not signed in before cannot have been signed off.
    let ended = match alive_before(s) {
        Seen::Yes(_) => s.ended_at_last(),
        other => other,
    };
    match taken(s) {
        Taken::Good if !for_somebody_here(s) => Err(Stop::NotMine(
            "the token is for a profile that should have got none".to_owned(),
        )),
        Taken::Good => s.must(
            there,
            s.shown(&handed_out(s)),
            "the browser at the end_session_endpoint of the identity provider",
        ),
        Taken::Bad(_) => s.must_not(
            there.or(s.left()).or(ended),
            s.did(
                Control::Orderly,
                twin_came_there,
                "lead to the identity provider",
            ),
            "no redirect and no sign-off",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{Session, page, redirect};
    use crate::workos::fixture::{
        AtWorkOs, GOOD, NOTICE, SAML, by_token, for_profile, foreign, notice, old, refused_call,
        signed_off, used, without_call,
    };

    #[test]
    fn a_good_token_leads_to_the_identity_provider() {
        signed_off().assert_kept(&RULE);
        by_token(GOOD).provider_asks().assert_kept(&RULE);
    }

    #[test]
    fn a_good_token_that_leads_nowhere_breaks_it() {
        by_token(GOOD)
            .gets(page(200, "<h1>You are signed out</h1>"))
            .assert_violated(&RULE);
        by_token(GOOD).gets(page(404, "")).assert_violated(&RULE);
    }

    #[test]
    fn a_bad_token_that_leads_nowhere_keeps_it() {
        for token in ["never-handed-out", ""] {
            let case = without_call(token).gets(page(404, ""));
            case.beside_signed_off().assert_kept(&RULE);
        }
        used()
            .gets(page(404, ""))
            .beside_signed_off()
            .assert_kept(&RULE);
        for case in [old(), foreign()] {
            let case = case.gets(page(404, ""));
            case.beside_signed_off().assert_kept(&RULE);
        }
    }

    #[test]
    fn a_bad_token_that_leads_anywhere_breaks_it() {
        without_call("never-handed-out")
            .goes_to_provider()
            .assert_violated(&RULE);
        used().goes_to_provider().assert_violated(&RULE);
        old().goes_to_provider().assert_violated(&RULE);
        foreign().goes_to_provider().assert_violated(&RULE);
        let away = without_call("x").gets(redirect(302, "https://evil.test/"));
        away.assert_violated(&RULE);
        let ends = without_call("x")
            .gets(page(404, ""))
            .at_rest(Session::Ended);
        ends.assert_violated(&RULE);
    }

    #[test]
    fn beside_a_twin_that_got_nowhere_nothing_is_proven() {
        let case = without_call("x").gets(page(404, ""));
        case.beside_refusal().assert_undecided(&RULE);
        by_token(GOOD).gets(page(500, "")).assert_undecided(&RULE);
    }

    #[test]
    fn a_call_that_was_refused_and_a_notice_are_not_its_business() {
        refused_call().assert_not_mine(&RULE);
        notice(NOTICE).assert_not_mine(&RULE);
        for_profile(SAML).answered().assert_not_mine(&RULE);
    }
}
