//! A public client cannot register an http address to be sent to after a sign-off.
//!
//! # Why it matters
//! The answer passes in the clear, with `state`, and whoever answers for the host has the browser next. Policies for such
//! addresses that hold at one place only are a known defect (A-16, A-17).
//!
//! # What does not count
//! Confidential clients, where http is up to the OP. A server that registers the client without the address. Servers where
//! public clients cannot register on their own. The level is MAY: a permission with a condition.
//!
//! # How to fix
//! When a client with `token_endpoint_auth_method` `none` registers, refuse http in `post_logout_redirect_uris`.

use super::section;
use crate::rule::{Judge, Rule};
use crate::ruling::Ruling;
use crate::trials::{RegistrationKind, Trial, Trials};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "RPIL-3.1-05",
    name: "registration-http",
    level: Level::May,
    source: section("3.1"),
    title: "http is registered only for confidential clients, and if the OP allows it",
    file: include_str!("registration_http.rs"),
    judge: Judge::Trial(Trial::Registration, judge),
    ..Rule::BLANK
};

fn judge(trials: &Trials) -> Ruling {
    trials.refuses(
        RegistrationKind::PublicToHttp,
        RegistrationKind::Public,
        "post_logout_redirect_uris",
        "no public client with an http address",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::json;
    use crate::testing::tried::{refused, registered, registration, registrations};
    use crate::trials::RegistrationKind::{Public, PublicToHttp};
    use crate::trials::Trials;

    const MEMBER: &str = "post_logout_redirect_uris";
    const URI: &str = "http://client.example/out";

    fn public() -> crate::trials::Registration {
        registered(Public, MEMBER, "https://client.example/out")
    }

    #[test]
    fn a_refusal_or_a_registration_without_it_keeps_it() {
        let bad = refused(PublicToHttp, MEMBER, URI);
        registrations(vec![public(), bad]).assert_kept(&RULE);
        let without = json(201, r#"{"client_id":"c","post_logout_redirect_uris":[]}"#);
        let asked = serde_json::json!({ MEMBER: [URI] });
        let without = registration(PublicToHttp, asked, without);
        registrations(vec![public(), without]).assert_kept(&RULE);
    }

    #[test]
    fn a_registration_breaks_it() {
        let bad = registered(PublicToHttp, MEMBER, URI);
        registrations(vec![public(), bad]).assert_violated(&RULE);
    }

    #[test]
    fn what_the_answer_does_not_say_is_open() {
        let asked = serde_json::json!({ MEMBER: [URI] });
        let silent = registration(PublicToHttp, asked, json(201, r#"{"client_id":"c"}"#));
        registrations(vec![public(), silent]).assert_undecided(&RULE);
        let busy = serde_json::json!({ MEMBER: [URI] });
        let busy = registration(PublicToHttp, busy, json(429, "{}"));
        registrations(vec![public(), busy]).assert_undecided(&RULE);
    }

    #[test]
    fn without_registration_it_is_not_its_business() {
        Trials::default().assert_not_mine(&RULE);
    }
}
