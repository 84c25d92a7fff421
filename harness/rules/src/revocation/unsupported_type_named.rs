//! What cannot be done at the revocation endpoint is refused with an error code: `unsupported_token_type` for tokens that cannot
//! be revoked, `invalid_request` for a request without a token.
//!
//! # Why it matters
//! A success that revoked nothing is the worst answer of all: the application believes that the person is signed off (D-05 and
//! its like at the logout endpoint).
//!
//! # What does not count
//! Tokens that were revoked. Servers without `UserInfo`, as far as access tokens go. Products that document that their own access
//! tokens cannot be revoked. The words of the description.
//!
//! # How to fix
//! Answer as RFC 6749 section 5.2 says: status 400 and JSON with `error`.

use super::section;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen};
use crate::trials::{RevocationKind, Trial, Trials, must};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "REV-2.2.1-01",
    name: "unsupported-type-named",
    level: Level::Indicative,
    source: section("2.2.1"),
    title: "where something cannot be revoked, an error code says so",
    file: include_str!("unsupported_type_named.rs"),
    judge: Judge::Trial(Trial::Revocation, judge),
    ..Rule::BLANK
};

fn judge(trials: &Trials) -> Ruling {
    let bare = trials.revocation(RevocationKind::WithoutToken)?;
    let refused = bare.status() == Some(400) && bare.error().is_some();
    let what = format!("a request without a token got {}", bare.describe());
    let seen = match bare.status() {
        None | Some(401 | 403 | 429 | 503) => Seen::Unknown(what),
        Some(_) => Seen::of(refused, what),
    };
    let access = trials.revocation(RevocationKind::Access)?;
    let lives_on = matches!(access.access_ended(), Ok(Seen::No(_)));
    let named = access.error().as_deref() == Some("unsupported_token_type");
    let told = Seen::of(
        !lives_on || named,
        format!("an access token that lives on got {}", access.describe()),
    );
    must(seen.and(told), "status 400 with an error code")
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::json;
    use crate::testing::tried::{lives, revocation, revocations};
    use crate::trials::RevocationKind::{Access, WithoutToken};
    use crate::trials::{Revocation, Trials};

    fn revoked() -> Revocation {
        revocation(Access, 200, lives(true, false))
    }

    #[test]
    fn a_code_for_the_request_without_a_token_keeps_it() {
        revocations(vec![revoked(), revocation(WithoutToken, 400, None)]).assert_kept(&RULE);
    }

    #[test]
    fn a_success_that_revokes_nothing_or_says_nothing_breaks_it() {
        revocations(vec![revoked(), revocation(WithoutToken, 200, None)]).assert_violated(&RULE);
        let mut bare = revocation(WithoutToken, 400, None);
        bare.answer = Ok(json(400, "no"));
        revocations(vec![revoked(), bare]).assert_violated(&RULE);
        let alive = revocation(Access, 200, lives(true, true));
        revocations(vec![alive, revocation(WithoutToken, 400, None)]).assert_violated(&RULE);
    }

    #[test]
    fn a_type_that_is_said_to_be_unsupported_keeps_it() {
        let mut alive = revocation(Access, 400, lives(true, true));
        alive.answer = Ok(json(400, r#"{"error":"unsupported_token_type"}"#));
        revocations(vec![alive, revocation(WithoutToken, 400, None)]).assert_kept(&RULE);
    }

    #[test]
    fn a_client_that_is_turned_away_tells_nothing() {
        revocations(vec![revoked(), revocation(WithoutToken, 401, None)]).assert_undecided(&RULE);
        Trials::default().assert_not_mine(&RULE);
    }
}
