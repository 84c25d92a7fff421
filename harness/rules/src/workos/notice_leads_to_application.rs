//! A notice of the identity provider leads the browser to the logout endpoint that is configured for the application,
//! and nowhere else.
//!
//! # Why it matters
//! Anybody can send a browser to this address. If the request could choose where it leads, it would be an open
//! redirector under the product's name.
//!
//! # What does not count
//! Parameters that are added to the address. What an address with a key that nobody has is answered.
//!
//! # How to fix
//! Take the address from the connection that the key names, never from the request.

use super::PRODUCT;
use super::reading::{behind, handed_out};
use crate::record::Attempt;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, Stop, only_if};
use crate::sign_off::{Control, SignOff, leads_to};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "WOS-IDP-02",
    name: "notice-leads-to-application",
    level: Level::IndicativeMust,
    title: "a notice leads to the logout endpoint of the application and nowhere else",
    file: include_str!("notice_leads_to_application.rs"),
    needs: &[Control::Orderly],
    judge: Judge::SignOff(judge),
    ..PRODUCT
};

fn judge(s: &SignOff<'_>) -> Ruling {
    let behind = behind(s)?;
    let (Some(known), Some(endpoint)) = (&behind.notice, &behind.application_logout) else {
        return Err(Stop::NotMine("no notices are set up".to_owned()));
    };
    let of = |attempt: &Attempt| {
        let url = attempt.chain[0].request.url();
        url.split('?').next().unwrap_or_default().to_owned()
    };
    let address = of(s.attempt());
    only_if(address.starts_with(known), "it is no notice")?;
    let departures = s.departures();
    if address == *known {
        let there = departures
            .iter()
            .all(|departure| leads_to(departure.to.as_bytes(), endpoint.as_bytes()));
        let seen = match s.left() {
            Seen::Yes(what) => Seen::of(there, what),
            other => other,
        };
        return s.must(
            seen,
            s.did(Control::Orderly, handed_out, "get a logout token"),
            endpoint,
        );
    }
    // An address with another key proves something only beside one whose key is known.
    let mut earlier = s.record.attempts[..s.index].iter().zip(0..);
    let known_led = earlier
        .any(|(attempt, index)| of(attempt) == *known && SignOff { index, ..*s }.left().is_yes());
    let proof = Seen::of(known_led, "whether a known key leads anywhere was not seen");
    s.must_not(s.left(), s.shown(&proof), "an error and no redirect")
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{page, redirect};
    use crate::workos::fixture::{APPLICATION, AtWorkOs, GOOD, NOTICE, by_token, notice};

    #[test]
    fn the_applications_endpoint_is_where_it_leads() {
        notice(NOTICE)
            .gets(redirect(302, APPLICATION))
            .beside_signed_off()
            .assert_kept(&RULE);
        let open = notice("https://op.example/workos/sso/oidc/idp-logout/key1?return_to=x");
        open.gets(redirect(302, APPLICATION))
            .beside_signed_off()
            .assert_kept(&RULE);
    }

    #[test]
    fn elsewhere_and_nowhere_are_breaches() {
        for answer in [redirect(302, "https://evil.test/"), page(404, "")] {
            notice(NOTICE)
                .gets(answer)
                .beside_signed_off()
                .assert_violated(&RULE);
        }
    }

    #[test]
    fn beside_a_dead_product_nothing_is_proven() {
        notice(NOTICE)
            .gets(page(404, ""))
            .beside_refusal()
            .assert_undecided(&RULE);
    }

    #[test]
    fn a_key_that_nobody_has_leads_nowhere() {
        let known = || notice(NOTICE).gets(redirect(302, APPLICATION));
        let unknown =
            || known().then_notice("https://op.example/workos/sso/oidc/idp-logout/key1-x");
        unknown().gets(page(404, "")).assert_kept(&RULE);
        unknown()
            .gets(redirect(302, APPLICATION))
            .assert_violated(&RULE);
        let dead = notice(NOTICE).gets(page(404, ""));
        dead.then_notice("https://op.example/workos/sso/oidc/idp-logout/key1-x")
            .gets(page(404, ""))
            .assert_undecided(&RULE);
        let alone = notice("https://op.example/workos/sso/oidc/idp-logout/key1-x");
        alone.gets(page(404, "")).assert_undecided(&RULE);
    }

    #[test]
    fn a_logout_token_is_not_its_business() {
        by_token(GOOD).assert_not_mine(&RULE);
    }
}
