//! An error page tells nothing of the inside of the server: no stack trace, no exception, no source file.
//!
//! # Why it matters
//! Such a page names libraries, versions and paths to whoever can make a request fail, and it once told
//! secrets (J-07, U-07).
//!
//! # What does not count
//! Error codes of a protocol, and a number by which the operator finds the log. The level is a SHOULD NOT:
//! what is told may be harmless.
//!
//! # How to fix
//! Log the exception, and show a sentence.

use super::OURS;
use crate::record::AtOnce;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, only_if};
use crate::sign_off::{Control, SignOff};
use signoff_oidc::Response;
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "CSS-11",
    name: "internals-not-told",
    level: Level::ShouldNot,
    source: OURS,
    title: "an error page tells nothing of the inside of the server",
    file: include_str!("internals_not_told.rs"),
    at_once: &[AtOnce::Request, AtOnce::Answer],
    unreadable: true,
    needs: &[Control::Orderly],
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

/// What stack traces and exceptions of common platforms look like.
const TRACES: &[&str] = &[
    "Traceback (most recent call last)",
    "stack trace",
    "Stack trace",
    "java.lang.",
    "javax.",
    "org.springframework.",
    ".java:",
    "System.NullReferenceException",
    "System.InvalidOperationException",
    "at System.",
    "   at Microsoft.",
    "node_modules/",
    "goroutine ",
    "thread 'main' panicked",
    "panicked at ",
    "Fatal error: Uncaught",
    "SQLSTATE[",
    "NoMethodError",
    "werkzeug.exceptions",
];

fn judge(s: &SignOff<'_>) -> Ruling {
    let errors: Vec<&Response> = s
        .responses()
        .filter(|response| response.status >= 400)
        .collect();
    only_if(!errors.is_empty(), "no error was shown")?;
    let told = errors.iter().find_map(|response| {
        let text = response.text();
        TRACES.iter().find(|trace| text.contains(**trace))
    });
    s.must_not(
        told.map_or_else(
            || Seen::No("a plain error".to_owned()),
            |trace| Seen::Yes(format!("“{}” on the error page", trace.trim())),
        ),
        s.did(Control::Orderly, SignOff::worked, "end its session"),
        "an error page that tells what is wrong with the request",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{Case, OWN, error, page, signed_off};

    fn case() -> Case {
        Case::new().get(&[OWN])
    }

    #[test]
    fn a_plain_error_keeps_it_where_the_endpoint_works() {
        case().gets(error()).orderly_worked().assert_kept(&RULE);
        case()
            .gets(error())
            .orderly_refused()
            .assert_undecided(&RULE);
    }

    #[test]
    fn traces_of_any_platform_break_it() {
        for trace in [
            "Traceback (most recent call last): File \"/srv/app.py\"",
            "java.lang.NullPointerException at com.corp.Logout.run(Logout.java:42)",
            "Error: x at Object.<anonymous> (/srv/node_modules/express/index.js:1:1)",
        ] {
            case()
                .gets(page(500, &format!("<pre>{trace}</pre>")))
                .assert_violated(&RULE);
        }
    }

    #[test]
    fn pages_that_report_no_error_are_not_its_business() {
        case().gets(signed_off()).assert_not_mine(&RULE);
    }
}
