//! Locales in `ui_locales` that the OP does not support are no reason for an error.
//!
//! # Why it matters
//! The parameter only says in which language to speak. A request that fails for it leaves the person signed
//! in; a good model ignores what it cannot use and goes on (K-11).
//!
//! # What does not count
//! The language of the page. A request that fails without `ui_locales` as well. Values that are no language
//! tags at all or run to more than a thousand octets: those are other errors.
//!
//! # How to fix
//! Pick the first supported locale, or the default when there is none.

use super::section;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, Stop, only_if};
use crate::sign_off::{Control, SignOff};
use signoff_oidc::Given;
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "RPIL-2-17",
    name: "locales-cause-no-error",
    level: Level::ShouldNot,
    source: section("2"),
    title: "unsupported ui_locales are no error",
    file: include_str!("locales_cause_no_error.rs"),
    needs: &[Control::WithoutUiLocales],
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

fn judge(s: &SignOff<'_>) -> Ruling {
    only_if(!s.is_mixed(), "a parameter stands out of its place")?;
    let Given::Once(locales) = s.params().given("ui_locales") else {
        return Err(Stop::NotMine("no single ui_locales was sent".to_owned()));
    };
    only_if(are_tags(&locales), "ui_locales is no list of language tags")?;
    let went_through = match (s.failed(), s.worked()) {
        (Seen::Yes(error), _) => Seen::No(error),
        (_, worked @ Seen::Yes(_)) => worked,
        (_, Seen::No(what) | Seen::Unknown(what)) => Seen::Unknown(what),
    };
    s.must(
        went_through,
        s.did(Control::WithoutUiLocales, SignOff::worked, "work"),
        "no error, as without ui_locales",
    )
}

/// Language tags as RFC 5646 section 2.1 shapes them, with spaces between.
fn are_tags(locales: &[u8]) -> bool {
    let is_tag = |tag: &[u8]| {
        let mut parts = tag.split(|&byte| byte == b'-');
        parts
            .all(|part| (1..=8).contains(&part.len()) && part.iter().all(u8::is_ascii_alphanumeric))
    };
    locales.len() <= 1000 && locales.split(|&byte| byte == b' ').all(is_tag)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::sign_off::Control;
    use crate::testing::{Case, OUT, OWN, Session, TARGET, error, redirect};

    fn speaking(locales: &str) -> Case {
        Case::new().get(&[OWN, TARGET, ("ui_locales", locales)])
    }

    fn without() -> Case {
        Case::new()
            .get(&[OWN, TARGET])
            .gets(redirect(303, OUT))
            .at_rest(Session::Ended)
    }

    #[test]
    fn going_on_as_without_them_keeps_it() {
        speaking("zz-ZZ tlh")
            .gets(redirect(303, OUT))
            .at_rest(Session::Ended)
            .control(Control::WithoutUiLocales, without())
            .assert_kept(&RULE);
    }

    #[test]
    fn an_error_breaks_it_only_where_there_is_none_without_them() {
        let refused = || speaking("zz-ZZ").gets(error());
        refused().assert_wants(&RULE, Control::WithoutUiLocales);
        refused()
            .control(Control::WithoutUiLocales, without())
            .assert_violated(&RULE);
        refused()
            .control(Control::WithoutUiLocales, without().gets(error()))
            .assert_undecided(&RULE);
    }

    #[test]
    fn what_is_no_list_of_tags_is_not_its_business() {
        speaking("<script>").gets(error()).assert_not_mine(&RULE);
        speaking(&"en ".repeat(900)).assert_not_mine(&RULE);
        Case::new().get(&[OWN, TARGET]).assert_not_mine(&RULE);
    }
}
