//! Every cookie that is set over https is `Secure`.
//!
//! # Why it matters
//! Without the attribute the session cookie also goes out in plain text to whatever address of the host is
//! opened with http, and a deletion without it may not even be taken (G-01).
//!
//! # What does not count
//! Servers without TLS. Whether the contents are encrypted or signed cannot be seen.
//!
//! # How to fix
//! Write `Secure` with every cookie.

use super::reading::fields;
use super::section;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, only_if};
use crate::sign_off::SignOff;
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "CK-8.3-01",
    name: "cookies-secure",
    level: Level::Should,
    source: section("8.3"),
    title: "cookies are Secure where https is used",
    file: include_str!("cookies_secure.rs"),
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

fn judge(s: &SignOff<'_>) -> Ruling {
    let set: Vec<_> = fields(s).into_iter().filter(|field| field.https).collect();
    only_if(!set.is_empty(), "no cookie was set over https")?;
    let bare = set
        .iter()
        .find(|field| field.read().is_some_and(|cookie| !cookie.secure));
    s.must(
        bare.map_or_else(
            || Seen::Yes("all are".to_owned()),
            |field| Seen::No(format!("the cookie {} without Secure", field.name())),
        ),
        s.shown(&Seen::Yes(format!("{} fields", set.len()))),
        "Secure with every cookie",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{Case, OUT, OWN, TARGET, redirect, with_header};

    fn answered(fields: &[&str]) -> Case {
        let answer = fields.iter().fold(redirect(303, OUT), |answer, field| {
            with_header(answer, "Set-Cookie", field)
        });
        Case::new().get(&[OWN, TARGET]).gets(answer)
    }

    #[test]
    fn secure_ones_keep_it() {
        answered(&["a=1; Secure", "b=2; secure; Path=/"]).assert_kept(&RULE);
    }

    #[test]
    fn one_without_breaks_it() {
        answered(&["a=1; Secure", "b=; Max-Age=0"]).assert_violated(&RULE);
    }

    #[test]
    fn no_cookie_and_no_tls_are_not_its_business() {
        answered(&[]).assert_not_mine(&RULE);
        let plain = signoff_oidc::Request::get("http://127.0.0.1/end").expect("an address");
        Case::new()
            .sends(plain)
            .gets(with_header(redirect(303, OUT), "Set-Cookie", "a=1"))
            .assert_not_mine(&RULE);
    }
}
