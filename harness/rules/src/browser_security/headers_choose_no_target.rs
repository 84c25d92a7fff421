//! A header field that anybody can set does not decide where the browser goes.
//!
//! # Why it matters
//! `Referer` is the page the person comes from, and the forwarding headers are the sender's word unless a
//! proxy of one's own wrote them. Products redirected to the one and built addresses from the other
//! which makes an open redirector of the IdP.
//!
//! # What does not count
//! A redirect to an address that is registered, or to a page of the IdP. Requests without such a header.
//! The level is a MUST NOT, because RFC 9700 section 4.11 forbids open redirectors and section 4.13 trusts no
//! header that a proxy did not clean.
//!
//! # How to fix
//! Redirect to the registered `post_logout_redirect_uri` or nowhere, and take the host from configuration.

use super::OURS;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, only_if};
use crate::sign_off::{Control, SignOff};
use signoff_oidc::spec::Level;
use signoff_oidc::uri::resolve;
use url::Url;

pub(super) const RULE: Rule = Rule {
    id: "CSS-07",
    name: "headers-choose-no-target",
    level: Level::MustNot,
    source: OURS,
    title: "no header field decides where the browser goes",
    file: include_str!("headers_choose_no_target.rs"),
    needs: &[Control::Orderly],
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

/// The header fields that name a host, and that any sender can set.
const FIELDS: &[&str] = &["Referer", "Origin", "X-Forwarded-Host", "Forwarded"];

fn judge(s: &SignOff<'_>) -> Ruling {
    let named = foreign_hosts(s);
    only_if(
        !named.is_empty(),
        "no header field names a host besides the IdP's and the clients'",
    )?;
    s.must_not(
        led_astray(s, &named),
        s.did(Control::Orderly, SignOff::worked, "end its session"),
        "no redirect to the host that the header field names",
    )
}

/// The hosts in such header fields that belong neither to the IdP nor to a registered address.
fn foreign_hosts(s: &SignOff<'_>) -> Vec<String> {
    let request = &s.attempt().chain[0].request;
    let values = FIELDS.iter().filter_map(|field| request.header(field));
    let hosts = values.filter_map(|value| host_in(&String::from_utf8_lossy(value)));
    hosts.filter(|host| !is_known(s, host)).collect()
}

/// The host in `https://host/path`, `host=host` or `host`.
fn host_in(value: &str) -> Option<String> {
    let value = value.rsplit_once("host=").map_or(value, |(_, host)| host);
    let value = value.split([';', ',']).next()?.trim().trim_matches('"');
    let url = if value.contains("://") {
        value.to_owned()
    } else {
        format!("https://{value}")
    };
    Url::parse(&url).ok()?.host_str().map(str::to_owned)
}

fn is_known(s: &SignOff<'_>, host: &str) -> bool {
    let clients = s.world.clients.iter();
    let registered = clients.flat_map(|client| {
        client
            .redirect_uris
            .iter()
            .chain(&client.post_logout_redirect_uris)
    });
    let own = s.world.own_origins.iter().map(signoff_oidc::Origin::as_str);
    let mut known = registered.map(String::as_str).chain(own);
    known.any(|url| Url::parse(url).is_ok_and(|url| url.host_str() == Some(host)))
}

fn led_astray(s: &SignOff<'_>, named: &[String]) -> Seen {
    let at = s.attempt().chain[0].request.url();
    let to_named = |to: &str| {
        resolve(&at, to).is_some_and(|url| {
            url.host_str()
                .is_some_and(|host| named.iter().any(|known| known == host))
        })
    };
    match s
        .departures()
        .iter()
        .find(|departure| to_named(&departure.to))
    {
        Some(departure) => Seen::Yes(departure.describe()),
        None => match s.left() {
            Seen::Unknown(why) => Seen::Unknown(why),
            seen => Seen::No(seen.what().to_owned()),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::{RULE, host_in};
    use crate::testing::{Case, OUT, OWN, Session, redirect, signed_off};

    fn with(field: &str, value: &str) -> Case {
        Case::new().get(&[OWN]).header(field, value)
    }

    fn beside_one_that_worked(case: Case) -> Case {
        case.orderly_worked()
    }

    #[test]
    fn the_referer_is_not_where_the_browser_goes() {
        with("Referer", "https://evil.test/page")
            .gets(redirect(302, "https://evil.test/page"))
            .at_rest(Session::Ended)
            .assert_violated(&RULE);
        with("X-Forwarded-Host", "evil.test")
            .gets(redirect(302, "https://evil.test/signed-out"))
            .at_rest(Session::Ended)
            .assert_violated(&RULE);
    }

    #[test]
    fn a_page_of_the_idp_keeps_it_beside_one_that_worked() {
        let stays = || {
            with("Referer", "https://evil.test/page")
                .gets(signed_off())
                .at_rest(Session::Ended)
        };
        beside_one_that_worked(stays()).assert_kept(&RULE);
        stays().orderly_refused().assert_undecided(&RULE);
    }

    #[test]
    fn requests_without_such_a_header_are_not_its_business() {
        Case::new()
            .get(&[OWN])
            .gets(signed_off())
            .assert_not_mine(&RULE);
        with("Referer", "https://rp.example/app")
            .gets(redirect(302, OUT))
            .assert_not_mine(&RULE);
    }

    #[test]
    fn the_host_is_read_from_every_form() {
        assert_eq!(host_in("https://evil.test/x").as_deref(), Some("evil.test"));
        assert_eq!(host_in("evil.test:8443").as_deref(), Some("evil.test"));
        assert_eq!(
            host_in("for=1.2.3.4;host=\"evil.test\";proto=https").as_deref(),
            Some("evil.test")
        );
    }
}
