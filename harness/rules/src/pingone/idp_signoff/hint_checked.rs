//! Issuer and signature of the hint count at `/as/idpSignoff` as they do at `/as/signoff`, and its expiry
//! does not.
//!
//! # Why it matters
//! Here the token is all there is: no cookie says whose session it is. Where it is not verified, anybody
//! ends anybody's session.
//!
//! # What does not count
//! How the refusal looks.
//!
//! # How to fix
//! Verify the signature, compare `iss` with the URL that the request came to, leave `exp` alone.

use super::ENDPOINT;
use crate::pingone::reading::{
    has_foreign_issuer, is_documented_to_end, is_plain, over, refused, session_of_hint,
};
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, only_if};
use crate::sign_off::SignOff;
use signoff_oidc::spec::Level;

pub(in crate::pingone) const RULE: Rule = Rule {
    id: "P1-IDP-06",
    name: "hint-checked",
    level: Level::Must,
    title: "issuer, signature and expiry at idpSignoff count as at signoff",
    file: include_str!("hint_checked.rs"),
    judge: Judge::SignOff(judge),
    ..ENDPOINT
};

fn judge(s: &SignOff<'_>) -> Ruling {
    if is_plain(s) && (s.hint_is_forged() || has_foreign_issuer(s)) {
        return refused(s);
    }
    only_if(
        s.hint_expired() && is_documented_to_end(s),
        "the hint is neither forged, nor of another issuer, nor expired",
    )?;
    let browser = session_of_hint(s)?;
    let alive = Seen::Yes("the session was seen alive before".to_owned());
    s.must(
        over(s, browser),
        s.shown(&alive),
        "the session over, though the hint has expired",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::pingone::idp_signoff::fixture::{allowed, asks, beside, ends_at};
    use crate::pingone::reading::fixture::token;
    use crate::record::Provenance;
    use crate::testing::{Case, LIFETIME, OUT, OWN, TARGET};

    fn with(claims: &str, provenance: Provenance) -> Case {
        let text = token(claims);
        let case = allowed().made(&text, provenance);
        asks(case, &[("id_token_hint", &text), TARGET])
    }

    fn bad() -> [Case; 2] {
        [
            with(r#"{"aud":"a","sub":"sub-of-alice"}"#, Provenance::Forged),
            with(
                r#"{"aud":"a","iss":"https://auth.pingone.eu/x/as"}"#,
                Provenance::SignedNotIssued,
            ),
        ]
    }

    #[test]
    fn a_forged_hint_and_one_of_another_issuer_are_refused() {
        for case in bad() {
            beside(case.clone(), true).assert_kept(&RULE);
            beside(case, false).assert_undecided(&RULE);
        }
    }

    #[test]
    fn accepting_them_breaks_it() {
        for case in bad() {
            ends_at(case, OUT).assert_violated(&RULE);
        }
    }

    #[test]
    fn an_expired_hint_ends_its_session() {
        let expired = || asks(allowed().later(LIFETIME + 1), &[OWN, TARGET]);
        ends_at(expired(), OUT).assert_kept(&RULE);
        expired().assert_violated(&RULE);
    }

    #[test]
    fn a_good_hint_and_another_address_are_not_its_business() {
        asks(allowed(), &[OWN]).assert_not_mine(&RULE);
        allowed()
            .get(&[("id_token_hint", "garbage")])
            .assert_not_mine(&RULE);
    }
}
