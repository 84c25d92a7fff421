//! `ui_locales` that the OP does not speak cause no error at the authorization endpoint.
//!
//! # Why it matters
//! Applications pass on what the browser says; a language that the OP does not have would lock people out. At the logout
//! endpoint it is RPIL-2-17 (L-18 shows what becomes of the parameter on the way).
//!
//! # What does not count
//! In which language the OP answers. A session that gets no code without the parameter either.
//!
//! # How to fix
//! Fall back to the default language.

use super::section;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen};
use crate::trials::{SilentEnd, SilentKind, Trial, Trials, must};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "CORE-3.1.2.1-06",
    name: "sign-in-locales-cause-no-error",
    level: Level::ShouldNot,
    source: section("3.1.2.1"),
    title: "unsupported ui_locales cause no error at sign-in",
    file: include_str!("sign_in_locales_cause_no_error.rs"),
    judge: Judge::Trial(Trial::SilentRequests, judge),
    ..Rule::BLANK
};

fn judge(trials: &Trials) -> Ruling {
    let strange = trials.silent(SilentKind::UnknownLocales)?;
    trials.must_have_code(SilentKind::WithSession)?;
    let what = strange.end.describe();
    let seen = match &strange.end {
        SilentEnd::Code(_) => Seen::Yes(what),
        SilentEnd::Error(_) => Seen::No(what),
        SilentEnd::Form(_) | SilentEnd::Unknown(_) => Seen::Unknown(what),
    };
    must(seen, "a code, as without ui_locales")
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::tried::{code, silent};
    use crate::trials::SilentEnd::{Error, Unknown};
    use crate::trials::SilentKind::{UnknownLocales, WithSession};
    use crate::trials::Trials;

    #[test]
    fn a_code_keeps_it_and_an_error_breaks_it() {
        let usual = (WithSession, code("alice"));
        silent(&[usual.clone(), (UnknownLocales, code("alice"))]).assert_kept(&RULE);
        let error = Error("invalid_request".to_owned());
        silent(&[usual, (UnknownLocales, error)]).assert_violated(&RULE);
    }

    #[test]
    fn without_a_code_beside_it_it_is_open() {
        let error = || Error("login_required".to_owned());
        silent(&[(WithSession, error()), (UnknownLocales, error())]).assert_undecided(&RULE);
        let page = Unknown("a page".to_owned());
        silent(&[(WithSession, code("alice")), (UnknownLocales, page)]).assert_undecided(&RULE);
    }

    #[test]
    fn without_the_trial_it_is_not_its_business() {
        Trials::default().assert_not_mine(&RULE);
    }
}
