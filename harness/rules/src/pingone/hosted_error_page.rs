//! An error that cannot be redirected is shown on the hosted error page, with `id`, `code` and `details`.
//!
//! # Why it matters
//! A person with an error page needs the number that support asks for. Servers that send errors to the
//! application instead redirect where they must not (U-01), and others show nothing but 500 (M-01).
//!
//! # What does not count
//! Requests without a documented reason to refuse them. What the members say. The page's address, with the
//! error as JSON in its query, is inferred from samples, so this is only ever a note on a real target.
//!
//! # How to fix
//! Redirect to `…/{envID}/signon/?error=` and the error as URL-encoded JSON.

use super::PRODUCT;
use super::reading::{documented_fault, is_in_place, not_asked};
use crate::rule::{Grade, Judge, Rule};
use crate::ruling::{Ruling, Seen, only_if};
use crate::sign_off::{Control, SignOff};
use crate::visit::{End, PageKind};
use serde_json::Value;
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "P1-SO-18",
    name: "hosted-error-page",
    level: Level::Indicative,
    title: "errors show on the hosted error page with id, code and details",
    file: include_str!("hosted_error_page.rs"),
    grade: Grade::Inferred,
    needs: &[Control::Orderly],
    judge: Judge::SignOff(judge),
    ..PRODUCT
};

fn judge(s: &SignOff<'_>) -> Ruling {
    only_if(
        is_in_place(s) && documented_fault(s).is_some(),
        "the documentation gives no reason to refuse the request",
    )?;
    only_if(!s.left().is_yes(), "no error was shown: the browser left")?;
    not_asked(s)?;
    s.must(
        shown(s),
        s.did(
            Control::Orderly,
            SignOff::worked_and_honoured,
            "sign off as asked",
        ),
        "…/signon/?error= with id, code and details",
    )
}

/// Whether an error with all its members stands in the address of the hosted page.
fn shown(s: &SignOff<'_>) -> Seen {
    let error = s.attempt().chain.iter().rev().find_map(|exchange| {
        let hosted = exchange.request.path().ends_with(b"/signon/");
        let error = exchange.request.query().given("error").once().cloned();
        error.filter(|_| hosted)
    });
    if let Some(error) = error {
        return members(&error);
    }
    match s.end() {
        End::Page {
            kind: PageKind::Error,
            status,
        } => Seen::No(format!("an error page elsewhere, with status {status}")),
        End::Page {
            kind: PageKind::SignedOff | PageKind::SignIn,
            ..
        } => Seen::No(format!("no error: {}", s.describe_end())),
        _ => Seen::Unknown(format!(
            "whether an error was shown cannot be told: {}",
            s.describe_end()
        )),
    }
}

fn members(error: &[u8]) -> Seen {
    let Ok(error) = serde_json::from_slice::<Value>(error) else {
        return Seen::No("an error that is no JSON".to_owned());
    };
    let text = |name: &str| {
        error
            .get(name)
            .and_then(Value::as_str)
            .is_some_and(|text| !text.is_empty())
    };
    let details = error.get("details").is_some_and(Value::is_array);
    let missing: Vec<&str> = [
        ("id", text("id")),
        ("code", text("code")),
        ("details", details),
    ]
    .iter()
    .filter_map(|(name, there)| (!there).then_some(*name))
    .collect();
    Seen::of(
        missing.is_empty(),
        format!("missing in the error: [{}]", missing.join(", ")),
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::pingone::reading::fixture::{AtPingOne, ERROR, OWN_HINT, alice};
    use crate::testing::{BYE, Case, TARGET, asks, blank, error, page, redirect};

    fn refused() -> Case {
        alice().signs_off(&[OWN_HINT, ("post_logout_redirect_uri", BYE)])
    }

    #[test]
    fn the_hosted_page_shows_it() {
        refused().gets_refused().beside_success().assert_kept(&RULE);
        refused()
            .gets_refused()
            .beside_refusal()
            .assert_undecided(&RULE);
        let forged = alice().signs_off(&[("id_token_hint", "garbage")]);
        forged.gets_refused().beside_success().assert_kept(&RULE);
    }

    #[test]
    fn a_bare_failure_and_an_error_without_an_id_break_it() {
        refused()
            .gets(page(500, ""))
            .beside_success()
            .assert_violated(&RULE);
        refused().lands().beside_success().assert_violated(&RULE);
        let short = ERROR.replace("%22id%22%3A%2211%22%2C", "");
        let case = refused().gets(redirect(302, &short));
        case.then(&short, page(200, ""))
            .beside_success()
            .assert_violated(&RULE);
    }

    #[test]
    fn what_shows_no_clear_end_decides_nothing() {
        refused()
            .gets(blank())
            .beside_success()
            .assert_undecided(&RULE);
        refused()
            .gets(asks())
            .beside_success()
            .assert_undecided(&RULE);
        refused()
            .gets(error())
            .beside_refusal()
            .assert_undecided(&RULE);
    }

    #[test]
    fn a_redirect_and_a_request_without_fault_are_not_its_business() {
        refused().ends_at(BYE).assert_not_mine(&RULE);
        alice()
            .signs_off(&[OWN_HINT, TARGET])
            .gets_refused()
            .assert_not_mine(&RULE);
    }
}
