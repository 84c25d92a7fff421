//! Where `post_logout_redirect_uris` can be registered, it is a list, and the client's URIs stand in it as they were given.
//!
//! # Why it matters
//! The comparison at sign-off is exact. A server that stores the URIs with a slash more, in lower case or as one text refuses
//! the client's own URI later (A-08, A-55: registered, and not followed).
//!
//! # What does not count
//! Servers that do not know the member, and leave it out of the answer. The order of the list. Servers where clients cannot
//! register on their own.
//!
//! # How to fix
//! Store the list as it came, and give it back.

use super::section;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, Stop};
use crate::trials::{RegistrationKind, Trial, Trials, must};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "RPIL-3.1-02",
    name: "registration-array",
    level: Level::May,
    source: section("3.1"),
    title: "the registered URIs are a list, and come back as they were given",
    file: include_str!("registration_array.rs"),
    judge: Judge::Trial(Trial::Registration, judge),
    ..Rule::BLANK
};

const MEMBER: &str = "post_logout_redirect_uris";

fn judge(trials: &Trials) -> Ruling {
    let registration = trials.registration(RegistrationKind::Confidential)?;
    let Some(known) = registration.registered() else {
        return Err(Stop::Undecided(format!(
            "no client was registered: {}",
            registration.describe()
        )));
    };
    let Some(known) = known.get(MEMBER) else {
        return Err(Stop::NotMine(format!("{MEMBER} is not registered here")));
    };
    let asked = registration.asked[MEMBER].as_array();
    let mut asked = asked.into_iter().flatten();
    let seen = match known.as_array() {
        None => Seen::No(format!("{MEMBER} that is no list")),
        Some(known) => match asked.find(|uri| !known.contains(uri)) {
            Some(uri) => Seen::No(format!("a list without {uri}")),
            None => Seen::Yes("the list as it was given".to_owned()),
        },
    };
    must(seen, "a list with the URIs as they were given")
}

#[cfg(test)]
mod tests {
    use super::{MEMBER, RULE};
    use crate::testing::json;
    use crate::testing::tried::{refused, registered, registration, registrations};
    use crate::trials::RegistrationKind::Confidential;
    use crate::trials::Trials;

    const URI: &str = "https://client.example:8443/out?x=1";

    fn answered(body: &str) -> Trials {
        let asked = serde_json::json!({ MEMBER: [URI] });
        registrations(vec![registration(Confidential, asked, json(201, body))])
    }

    #[test]
    fn the_list_as_it_was_given_keeps_it() {
        registrations(vec![registered(Confidential, MEMBER, URI)]).assert_kept(&RULE);
        answered(r#"{"client_id":"c","post_logout_redirect_uris":["https://more.example/","https://client.example:8443/out?x=1"]}"#)
            .assert_kept(&RULE);
    }

    #[test]
    fn another_list_or_none_breaks_it() {
        for value in [
            r#""https://client.example:8443/out?x=1""#,
            r#"["https://client.example:8443/out"]"#,
            "[]",
        ] {
            let body = format!(r#"{{"client_id":"c","post_logout_redirect_uris":{value}}}"#);
            answered(&body).assert_violated(&RULE);
        }
    }

    #[test]
    fn a_server_that_does_not_know_the_member_is_not_its_business() {
        answered(r#"{"client_id":"c"}"#).assert_not_mine(&RULE);
        Trials::default().assert_not_mine(&RULE);
        registrations(vec![refused(Confidential, MEMBER, URI)]).assert_undecided(&RULE);
    }
}
