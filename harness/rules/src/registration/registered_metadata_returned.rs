//! The answer to a registration says what was registered: the client's id, and its redirect URIs as they are now.
//!
//! # Why it matters
//! The server may put other values in place of those that were asked for. A client that is not told sends people to
//! addresses that are refused later, at sign-in or at sign-off (A-08, A-55: registered, and not followed).
//!
//! # What does not count
//! Other values than were asked for: they are the server's right. `post_logout_redirect_uris`, which a server need not know
//! (RPIL-3.1-02 looks at them where it does). Servers where clients cannot register on their own.
//!
//! # How to fix
//! Answer with every member of the client's metadata as it was stored.

use super::section;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, Stop};
use crate::trials::{RegistrationKind, Trial, Trials, must};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "DCR-3.2-01",
    name: "registered-metadata-returned",
    level: Level::Must,
    source: section("3.2"),
    title: "the answer to a registration has everything that was registered",
    file: include_str!("registered_metadata_returned.rs"),
    judge: Judge::Trial(Trial::Registration, judge),
    ..Rule::BLANK
};

fn judge(trials: &Trials) -> Ruling {
    let registration = trials.registration(RegistrationKind::Confidential)?;
    let Some(known) = registration.registered() else {
        return Err(Stop::Undecided(format!(
            "no client was registered: {}",
            registration.describe()
        )));
    };
    let uris = known["redirect_uris"].as_array();
    let listed =
        uris.is_some_and(|uris| !uris.is_empty() && uris.iter().all(serde_json::Value::is_string));
    let seen = if known.get("redirect_uris").is_none() {
        Seen::No("an answer without redirect_uris".to_owned())
    } else {
        Seen::of(listed, "redirect_uris that are no list of URIs")
    };
    must(seen, "an answer with the redirect_uris of the client")
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::json;
    use crate::testing::tried::{refused, registered, registration, registrations};
    use crate::trials::RegistrationKind::Confidential;
    use crate::trials::Trials;

    const URI: &str = "https://client.example/cb";

    fn answered(body: &str) -> Trials {
        let asked = serde_json::json!({ "redirect_uris": [URI] });
        registrations(vec![registration(Confidential, asked, json(201, body))])
    }

    #[test]
    fn the_uris_of_the_client_keep_it_whoever_chose_them() {
        let whole = registered(Confidential, "redirect_uris", URI);
        registrations(vec![whole]).assert_kept(&RULE);
        answered(r#"{"client_id":"c","redirect_uris":["https://other.example/cb"]}"#)
            .assert_kept(&RULE);
    }

    #[test]
    fn an_answer_without_them_breaks_it() {
        for body in [
            r#"{"client_id":"c","client_secret":"s"}"#,
            r#"{"client_id":"c","redirect_uris":"https://client.example/cb"}"#,
            r#"{"client_id":"c","redirect_uris":[]}"#,
        ] {
            answered(body).assert_violated(&RULE);
        }
    }

    #[test]
    fn a_refusal_leaves_it_open_and_no_endpoint_is_not_its_business() {
        let bad = refused(Confidential, "redirect_uris", URI);
        registrations(vec![bad]).assert_undecided(&RULE);
        Trials::default().assert_not_mine(&RULE);
    }
}
