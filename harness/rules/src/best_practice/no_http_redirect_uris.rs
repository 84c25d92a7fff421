//! No client can register an http redirect URI of another machine to sign in at.
//!
//! # Why it matters
//! Authorization responses would pass unencrypted, codes included. Registration that takes any URI is a known defect (A-16,
//! A-45), and what was let in there is trusted by every later comparison.
//!
//! # What does not count
//! Loopback addresses of native clients. A server that registers the client with another URI in its place. Servers where
//! clients cannot register on their own. Dynamic Client Registration 1.0 forbids http to clients of the implicit flow only;
//! this sentence is stricter.
//!
//! # How to fix
//! Refuse http in `redirect_uris`, loopback addresses of native clients aside.

use super::section;
use crate::rule::{Judge, Rule};
use crate::ruling::Ruling;
use crate::trials::{RegistrationKind, Trial, Trials};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "BCP-2.6-01",
    name: "no-http-redirect-uris",
    level: Level::MustNot,
    source: section("2.6"),
    title: "no redirect URIs with http, save the loopback of native apps",
    file: include_str!("no_http_redirect_uris.rs"),
    judge: Judge::Trial(Trial::Registration, judge),
    ..Rule::BLANK
};

fn judge(trials: &Trials) -> Ruling {
    trials.refuses(
        RegistrationKind::FromHttp,
        RegistrationKind::Confidential,
        "redirect_uris",
        "no client with an http redirect URI",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::tried::{refused, registered, registrations};
    use crate::trials::RegistrationKind::{Confidential, FromHttp};
    use crate::trials::Trials;

    const MEMBER: &str = "redirect_uris";
    const URI: &str = "http://client.example/cb";

    fn good() -> crate::trials::Registration {
        registered(Confidential, MEMBER, "https://client.example/cb")
    }

    #[test]
    fn a_refusal_keeps_it_and_a_registration_breaks_it() {
        let bad = refused(FromHttp, MEMBER, URI);
        registrations(vec![good(), bad]).assert_kept(&RULE);
        let bad = registered(FromHttp, MEMBER, URI);
        registrations(vec![good(), bad]).assert_violated(&RULE);
    }

    #[test]
    fn where_nobody_gets_in_a_refusal_proves_nothing() {
        let good = refused(Confidential, MEMBER, "https://client.example/cb");
        let bad = refused(FromHttp, MEMBER, URI);
        registrations(vec![good, bad]).assert_undecided(&RULE);
    }

    #[test]
    fn without_registration_it_is_not_its_business() {
        Trials::default().assert_not_mine(&RULE);
    }
}
