//! The endpoint is not opened to scripts of other origins by CORS.
//!
//! # Why it matters
//! RFC 9700 forbids CORS at the authorization endpoint, where a browser is sent and no script has to read
//! anything; the same holds here. A script that may call the endpoint with the person's cookies reads the
//! page that asks and answers it by itself, which is the forged request of H-04 with the form's own values.
//!
//! # What does not count
//! `Access-Control-Allow-Origin` for an origin at which a client is registered. Requests without the `Origin`
//! of a stranger.
//!
//! # How to fix
//! Send no CORS header fields here; keep them for the metadata, the keys, the token endpoint and `UserInfo`.

use super::section;
use crate::named_hosts::foreign_hosts;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, only_if};
use crate::sign_off::{Control, SignOff};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "BCP-2.6-02",
    name: "logout-closed-to-other-origins",
    level: Level::MustNot,
    source: section("2.6"),
    title: "the endpoint is not opened to scripts of other origins",
    file: include_str!("logout_closed_to_other_origins.rs"),
    needs: &[Control::Orderly],
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

fn judge(s: &SignOff<'_>) -> Ruling {
    only_if(
        !foreign_hosts(s, &["Origin"]).is_empty(),
        "the request names no foreign Origin",
    )?;
    let origin = s.attempt().chain[0]
        .request
        .header("Origin")
        .map(|value| String::from_utf8_lossy(value).into_owned())
        .unwrap_or_default();
    let opened = s
        .responses()
        .filter_map(|response| response.header("Access-Control-Allow-Origin"))
        .find(|allowed| allowed == "*" || *allowed == origin);
    s.must_not(
        opened.map_or_else(
            || Seen::No("no answer allows that origin".to_owned()),
            |allowed| Seen::Yes(format!("Access-Control-Allow-Origin: {allowed}")),
        ),
        s.did(Control::Orderly, SignOff::worked, "end its session"),
        "no Access-Control-Allow-Origin for a stranger",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{Case, OWN, asks, with_header};

    const STRANGER: &str = "https://evil.test";

    fn from(origin: &str) -> Case {
        Case::new().get(&[OWN]).header("Origin", origin)
    }

    fn allowing(origin: &str) -> signoff_oidc::Response {
        with_header(asks(), "Access-Control-Allow-Origin", origin)
    }

    #[test]
    fn silence_keeps_it_where_the_endpoint_works() {
        from(STRANGER)
            .gets(asks())
            .orderly_worked()
            .assert_kept(&RULE);
        from(STRANGER)
            .gets(allowing("https://rp.example"))
            .orderly_worked()
            .assert_kept(&RULE);
        from(STRANGER)
            .gets(asks())
            .orderly_refused()
            .assert_undecided(&RULE);
    }

    #[test]
    fn everybody_or_this_stranger_breaks_it() {
        for origin in ["*", STRANGER] {
            from(STRANGER).gets(allowing(origin)).assert_violated(&RULE);
        }
    }

    #[test]
    fn no_origin_and_that_of_a_client_are_not_its_business() {
        Case::new()
            .get(&[OWN])
            .gets(allowing("*"))
            .assert_not_mine(&RULE);
        from("https://rp.example")
            .gets(allowing("https://rp.example"))
            .assert_not_mine(&RULE);
    }
}
