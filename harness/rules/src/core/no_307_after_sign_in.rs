//! The browser is not sent back to the client with 307 after the person has typed a password.
//!
//! # Why it matters
//! 307 repeats method and body: the form with user name and password goes to the client. The same happens to a
//! posted hint at the logout endpoint, which BCP-4.12-01 judges.
//!
//! # What does not count
//! 302 instead of 303. 308 is judged alike: it repeats the form just as well.
//!
//! # How to fix
//! Redirect with 303.

use super::section;
use crate::discovery_view::DiscoveryView;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, Stop};
use crate::visit::Vehicle;
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "CORE-16.22-01",
    name: "no-307-after-sign-in",
    level: Level::MustNot,
    source: section("16.22"),
    title: "no 307 to the redirection URI",
    file: include_str!("no_307_after_sign_in.rs"),
    judge: Judge::Discovery(judge),
    ..Rule::BLANK
};

fn judge(view: &DiscoveryView<'_>) -> Ruling {
    let (_, by) = view
        .authorization_response()
        .ok_or_else(|| Stop::Undecided("no authorization response was seen".to_owned()))?;
    let Vehicle::Status(status) = by else {
        return Err(Stop::NotMine(
            "the answer went back by something else than a redirect".to_owned(),
        ));
    };
    view.must(
        Seen::of(!matches!(status, 307 | 308), format!("status {status}")),
        "303 (or 302)",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{Discovered, page, redirect};

    const BACK: &str = "https://rp.example/callback?code=1&state=2";

    #[test]
    fn a_302_and_a_303_keep_it() {
        for status in [302, 303] {
            Discovered::new()
                .signed_in_by(redirect(status, BACK))
                .assert_kept(&RULE);
        }
    }

    #[test]
    fn what_repeats_the_form_breaks_it() {
        for status in [307, 308] {
            Discovered::new()
                .signed_in_by(redirect(status, BACK))
                .assert_violated(&RULE);
        }
    }

    #[test]
    fn a_script_is_not_its_business_and_no_answer_is_undecided() {
        let script = format!("<script>location.replace('{BACK}')</script>");
        Discovered::new()
            .signed_in_by(page(200, &script))
            .assert_not_mine(&RULE);
        Discovered::new().assert_undecided(&RULE);
    }
}
