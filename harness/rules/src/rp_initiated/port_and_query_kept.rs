//! A post-logout redirect URI may have a port, a path and a query; an OP that redirects to such a URI
//! redirects to all of it.
//!
//! # Why it matters
//! A second `?` joined to the registered query (I-08) or a query that is taken apart and put together again
//! (I-18) leads to an address that the relying party never registered.
//!
//! # What does not count
//! A URI that is not honoured at all: whether the OP redirects anywhere is seen from other rules. The
//! parameters that are appended, such as `state`.
//!
//! # How to fix
//! Keep the registered URI as text and append with `?` or `&` as it needs.

use super::section;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Stop, only_if};
use crate::sign_off::SignOff;
use signoff_oidc::spec::Level;
use url::Url;

pub(super) const RULE: Rule = Rule {
    id: "RPIL-2-09",
    name: "port-and-query-kept",
    level: Level::May,
    source: section("2"),
    title: "a redirect URI with port and query is kept as it is",
    file: include_str!("port_and_query_kept.rs"),
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

fn judge(s: &SignOff<'_>) -> Ruling {
    let target = s.target();
    let uri = target
        .once()
        .ok_or_else(|| Stop::NotMine("no single redirect URI was sent".to_owned()))?;
    let parsed = Url::parse(&String::from_utf8_lossy(uri));
    let has_parts = parsed.is_ok_and(|url| url.port().is_some() || url.query().is_some());
    only_if(
        has_parts && s.is_orderly(),
        "the URI has neither port nor query, or the request is not orderly",
    )?;
    let arrived = s.arrived_exactly();
    s.must(
        arrived.clone(),
        s.shown(&s.left_for_rp().or(arrived)),
        "a redirect to the registered URI with its port and query",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{Case, OUT, OUT_QUERY, OWN, TARGET, error, redirect};

    fn to_query() -> Case {
        Case::new().get(&[OWN, ("post_logout_redirect_uri", OUT_QUERY), ("state", "s")])
    }

    #[test]
    fn the_whole_uri_keeps_it() {
        to_query()
            .gets(redirect(303, "https://rp.example/out?x=1&state=s"))
            .assert_kept(&RULE);
        let port = "https://rp.example:8443/out";
        Case::new()
            .registers(port)
            .get(&[OWN, ("post_logout_redirect_uri", port)])
            .gets(redirect(303, port))
            .assert_kept(&RULE);
    }

    #[test]
    fn a_lost_or_doubled_query_breaks_it() {
        to_query()
            .gets(redirect(303, "https://rp.example/out?x=1?state=s"))
            .assert_violated(&RULE);
        to_query().gets(redirect(303, OUT)).assert_violated(&RULE);
    }

    #[test]
    fn no_redirect_tells_nothing_and_a_plain_uri_is_not_its_business() {
        to_query().gets(error()).assert_undecided(&RULE);
        Case::new()
            .get(&[OWN, TARGET])
            .gets(redirect(303, OUT))
            .assert_not_mine(&RULE);
    }
}
