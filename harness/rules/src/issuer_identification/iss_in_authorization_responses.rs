//! A server that announces it puts `iss` into every answer of the authorization endpoint.
//!
//! # Why it matters
//! A client that waits for it rejects answers without, and one that does not mixes providers up: it then sends
//! one provider the hint of another (B-03).
//!
//! # What does not count
//! Servers that do not announce it. Seen is the answer of a sign-in; errors are answered by the same code.
//!
//! # How to fix
//! Add `iss` where the answer is written, not where it is a success.

use super::section;
use crate::discovery_view::DiscoveryView;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, Stop, only_if};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "R9207-2-01",
    name: "iss-in-authorization-responses",
    level: Level::Must,
    source: section("2"),
    title: "a server that supports it puts iss into every authorization response, errors included",
    file: include_str!("iss_in_authorization_responses.rs"),
    judge: Judge::Discovery(judge),
    ..Rule::BLANK
};

fn judge(view: &DiscoveryView<'_>) -> Ruling {
    let name = "authorization_response_iss_parameter_supported";
    let member = view.metadata()?.member(name);
    only_if(
        member.and_then(serde_json::Value::as_bool) == Some(true),
        "the metadata do not announce it",
    )?;
    let (answer, _) = view
        .authorization_response()
        .ok_or_else(|| Stop::Undecided("no authorization response was seen".to_owned()))?;
    let sent = answer.given("iss").once().is_some();
    let what = if sent {
        "iss"
    } else {
        "no single iss in the answer"
    };
    view.must(Seen::of(sent, what), "iss in the answer")
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{Discovered, redirect};

    fn answered(query: &str) -> Discovered {
        let back = format!("https://rp.example/callback?code=1{query}");
        Discovered::new()
            .with("authorization_response_iss_parameter_supported", "true")
            .signed_in_by(redirect(303, &back))
    }

    #[test]
    fn an_iss_keeps_it() {
        answered("&iss=https%3A%2F%2Fop.example").assert_kept(&RULE);
    }

    #[test]
    fn none_or_two_break_it() {
        answered("").assert_violated(&RULE);
        answered("&iss=a&iss=b").assert_violated(&RULE);
    }

    #[test]
    fn servers_that_do_not_announce_it_are_not_its_business() {
        let back = redirect(303, "https://rp.example/callback?code=1");
        Discovered::new().signed_in_by(back).assert_not_mine(&RULE);
        Discovered::new()
            .with("authorization_response_iss_parameter_supported", "true")
            .assert_undecided(&RULE);
    }
}
