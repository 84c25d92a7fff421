//! A native client cannot register an http redirect URI of another machine.
//!
//! # Why it matters
//! Codes of native apps would go over the network in the clear, to whoever holds the name. Servers that take any URI at
//! registration are common: what was let in there is trusted by every later comparison.
//!
//! # What does not count
//! https URIs of native clients, which RFC 8252 section 7.2 recommends. Servers where clients cannot register on their own, or
//! where native clients cannot. A server that puts another URI in its place.
//!
//! # How to fix
//! Check every entry of `redirect_uris` against `application_type` when a client registers.

use super::section;
use crate::rule::{Judge, Rule};
use crate::ruling::Ruling;
use crate::trials::{RegistrationKind, Trial, Trials};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "DCR-2-02",
    name: "application-type-limits-uris",
    level: Level::Must,
    source: section("2"),
    title: "the limits that application_type puts on redirect URIs are enforced",
    file: include_str!("application_type_limits_uris.rs"),
    judge: Judge::Trial(Trial::Registration, judge),
    ..Rule::BLANK
};

fn judge(trials: &Trials) -> Ruling {
    trials.refuses(
        RegistrationKind::NativeFromHttp,
        RegistrationKind::Native,
        "redirect_uris",
        "no native client with an http redirect URI of another machine",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::tried::{refused, registered, registrations};
    use crate::trials::RegistrationKind::{Native, NativeFromHttp};
    use crate::trials::{Trials, Tried};

    const URI: &str = "http://client.example/cb";

    fn native() -> crate::trials::Registration {
        registered(Native, "redirect_uris", "com.example:/cb")
    }

    #[test]
    fn a_refusal_beside_a_native_client_keeps_it() {
        let bad = refused(NativeFromHttp, "redirect_uris", URI);
        registrations(vec![native(), bad]).assert_kept(&RULE);
    }

    #[test]
    fn a_registration_breaks_it() {
        let bad = registered(NativeFromHttp, "redirect_uris", URI);
        registrations(vec![native(), bad]).assert_violated(&RULE);
    }

    #[test]
    fn where_no_native_client_gets_in_a_refusal_proves_nothing() {
        let good = refused(Native, "redirect_uris", "com.example:/cb");
        let bad = refused(NativeFromHttp, "redirect_uris", URI);
        registrations(vec![good, bad]).assert_undecided(&RULE);
    }

    #[test]
    fn without_registration_it_is_not_its_business() {
        Trials::default().assert_not_mine(&RULE);
        let failed = Tried::Failed("no answer".to_owned());
        let trials = Trials {
            registration: failed,
            ..Trials::default()
        };
        trials.assert_undecided(&RULE);
    }
}
