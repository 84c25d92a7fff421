//! A client cannot register an address that is script or a document of its own to be sent to after a sign-off.
//!
//! # Why it matters
//! An exact comparison lets in what was registered. A page that goes there by script or link runs it in the OP's own origin
//! (A-07, A-45, J-03).
//!
//! # What does not count
//! Schemes of native apps. A server that registers the client without the address. Servers where clients cannot register on
//! their own. The level is a SHOULD NOT, because no text says it and a `Location` with such an address does nothing.
//!
//! # How to fix
//! Refuse `javascript:`, `data:` and other schemes of the browser in `post_logout_redirect_uris`.

use super::OURS;
use crate::rule::{Judge, Rule};
use crate::ruling::Ruling;
use crate::trials::{RegistrationKind, Trial, Trials};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "CSS-19",
    name: "script-targets-not-registered",
    level: Level::ShouldNot,
    source: OURS,
    title: "no client registers script or a document as a target",
    file: include_str!("script_targets_not_registered.rs"),
    judge: Judge::Trial(Trial::Registration, judge),
    ..Rule::BLANK
};

fn judge(trials: &Trials) -> Ruling {
    let refused = |kind| {
        trials.refuses(
            kind,
            RegistrationKind::Confidential,
            "post_logout_redirect_uris",
            "no client with javascript: or data: as a target",
        )
    };
    refused(RegistrationKind::ToScript).and(refused(RegistrationKind::ToData))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::tried::{refused, registered, registrations};
    use crate::trials::RegistrationKind::{Confidential, ToData, ToScript};
    use crate::trials::Trials;

    const MEMBER: &str = "post_logout_redirect_uris";
    const SCRIPT: &str = "javascript:alert(1)";
    const DATA: &str = "data:text/html,x";

    fn good() -> crate::trials::Registration {
        registered(Confidential, MEMBER, "https://client.example/out")
    }

    #[test]
    fn both_refused_keep_it() {
        let bad = [
            refused(ToScript, MEMBER, SCRIPT),
            refused(ToData, MEMBER, DATA),
        ];
        registrations([vec![good()], bad.to_vec()].concat()).assert_kept(&RULE);
    }

    #[test]
    fn either_registered_breaks_it() {
        let bad = [
            registered(ToScript, MEMBER, SCRIPT),
            refused(ToData, MEMBER, DATA),
        ];
        registrations([vec![good()], bad.to_vec()].concat()).assert_violated(&RULE);
        let bad = [
            refused(ToScript, MEMBER, SCRIPT),
            registered(ToData, MEMBER, DATA),
        ];
        registrations([vec![good()], bad.to_vec()].concat()).assert_violated(&RULE);
    }

    #[test]
    fn without_registration_it_is_not_its_business() {
        Trials::default().assert_not_mine(&RULE);
    }
}
