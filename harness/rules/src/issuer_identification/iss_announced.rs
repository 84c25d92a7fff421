//! The metadata say whether the answers of the authorization endpoint carry `iss`: a boolean, false where it is
//! missing.
//!
//! # Why it matters
//! A client that knows several providers compares `iss` only where it is announced; a hint of one provider then
//! goes to the logout endpoint of another (B-03).
//!
//! # What does not count
//! An `iss` in the redirect after a sign-off, of which RFC 9207 says nothing.
//!
//! # How to fix
//! Publish `authorization_response_iss_parameter_supported`, and mean it.

use super::section;
use crate::discovery_view::DiscoveryView;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, Stop};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "R9207-3-01",
    name: "iss-announced",
    level: Level::Indicative,
    source: section("3"),
    title: "the metadata says whether iss is sent",
    file: include_str!("iss_announced.rs"),
    judge: Judge::Discovery(judge),
    ..Rule::BLANK
};

fn judge(view: &DiscoveryView<'_>) -> Ruling {
    let name = "authorization_response_iss_parameter_supported";
    let announced = match view.metadata()?.member(name) {
        None => false,
        Some(value) => match value.as_bool() {
            Some(word) => word,
            None => return view.must(Seen::No(format!("{name} is {value}")), "true or false"),
        },
    };
    let (answer, _) = view
        .authorization_response()
        .ok_or_else(|| Stop::Undecided("no authorization response was seen".to_owned()))?;
    let sent = !answer.given("iss").is_omitted();
    view.must(
        Seen::of(
            sent == announced,
            format!("announced: {announced}, and sent: {sent}"),
        ),
        "iss where it is announced, and announced where it is sent",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{Discovered, redirect};

    const MEMBER: &str = "authorization_response_iss_parameter_supported";

    fn answered(query: &str) -> Discovered {
        let back = format!("https://rp.example/callback?code=1{query}");
        Discovered::new().signed_in_by(redirect(303, &back))
    }

    #[test]
    fn saying_and_doing_the_same_keeps_it() {
        answered("&iss=https%3A%2F%2Fop.example")
            .with(MEMBER, "true")
            .assert_kept(&RULE);
        answered("").with(MEMBER, "false").assert_kept(&RULE);
        answered("").assert_kept(&RULE);
    }

    #[test]
    fn saying_one_and_doing_the_other_breaks_it() {
        answered("").with(MEMBER, "true").assert_violated(&RULE);
        answered("&iss=x").assert_violated(&RULE);
        answered("").with(MEMBER, "\"yes\"").assert_violated(&RULE);
    }

    #[test]
    fn without_an_answer_nothing_is_decided() {
        Discovered::new().assert_undecided(&RULE);
    }
}
