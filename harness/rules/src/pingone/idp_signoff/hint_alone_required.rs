//! At `/as/idpSignoff` the `id_token_hint` is required.
//!
//! # Why it matters
//! The endpoint asks nobody and needs no cookie: a request that names no session must end none, or any page
//! could sign people off by a picture.
//!
//! # What does not count
//! An empty hint, of which the documentation does not speak. How the refusal looks.
//!
//! # How to fix
//! Refuse the request when the parameter is missing, whatever cookies came with it.

use super::ENDPOINT;
use crate::pingone::reading::{is_plain, refused};
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, only_if};
use crate::sign_off::SignOff;
use signoff_oidc::Given;
use signoff_oidc::spec::Level;

pub(in crate::pingone) const RULE: Rule = Rule {
    id: "P1-IDP-02",
    name: "hint-alone-required",
    level: Level::Must,
    title: "id_token_hint is required at idpSignoff",
    file: include_str!("hint_alone_required.rs"),
    judge: Judge::SignOff(judge),
    ..ENDPOINT
};

fn judge(s: &SignOff<'_>) -> Ruling {
    only_if(
        is_plain(s) && s.hint() == Given::Absent,
        "a hint was sent, or something that is not documented",
    )?;
    refused(s)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::pingone::idp_signoff::fixture::{allowed, asks, beside, ends_at};
    use crate::record::CookiesSent;
    use crate::testing::{OUT, OWN, TARGET};

    #[test]
    fn without_one_nothing_ends() {
        let refused = || asks(allowed(), &[TARGET]).with_cookies(CookiesSent::Current);
        beside(refused(), true).assert_kept(&RULE);
        beside(refused(), false).assert_undecided(&RULE);
    }

    #[test]
    fn a_session_that_ends_or_a_redirect_breaks_it() {
        ends_at(asks(allowed(), &[]), "/signon").assert_violated(&RULE);
        ends_at(asks(allowed(), &[TARGET]), OUT).assert_violated(&RULE);
    }

    #[test]
    fn with_one_or_elsewhere_it_is_not_its_business() {
        asks(allowed(), &[OWN]).assert_not_mine(&RULE);
        asks(allowed(), &[("state", "s")]).assert_not_mine(&RULE);
        allowed().get(&[]).assert_not_mine(&RULE);
    }
}
