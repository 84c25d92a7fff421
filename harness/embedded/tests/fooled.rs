//! Targets that would fool a naive harness. Whatever they do, a prohibition is never "kept" on the strength of
//! having seen nothing.

use signoff_embedded::{Embedded, EmbeddedWire};
use signoff_engine::wire::block_on_ready;
use signoff_engine::{
    Campaign, Command, Exit, FailOn, Failure, Fidelity, Outcome, RunReport, Selection, Wire,
};
use signoff_oidc::{Request, Response, Timestamp};

/// The mock with some of its answers replaced.
struct Sabotaged {
    inner: EmbeddedWire,
    answer: fn(&Request) -> Option<Response>,
}

impl Wire for Sabotaged {
    async fn begin(&mut self, seed: u64) -> Result<(), Failure> {
        self.inner.begin(seed).await
    }
    async fn send(&mut self, request: &Request, fidelity: Fidelity) -> Result<Response, Failure> {
        match (self.answer)(request) {
            Some(response) => Ok(response),
            None => self.inner.send(request, fidelity).await,
        }
    }
    async fn command(&mut self, command: &Command) -> Result<bool, Failure> {
        self.inner.command(command).await
    }
    fn now(&self) -> Timestamp {
        self.inner.now()
    }
}

fn page(status: u16, html: &str) -> Response {
    Response {
        status,
        headers: vec![("Content-Type".to_owned(), b"text/html".to_vec())],
        body: html.as_bytes().to_vec(),
    }
}

fn is_sign_off(request: &Request) -> bool {
    request.path().ends_with(b"/signoff") || request.path().ends_with(b"/end-session")
}

fn run(dialect: &str, answer: fn(&Request) -> Option<Response>) -> RunReport {
    let dialect = signoff_embedded::dialect(dialect).expect("a dialect");
    let embedded = Embedded::in_memory(dialect, &[]).expect("a world");
    let campaign = Campaign {
        target: embedded.target.clone(),
        selection: Selection::all(),
        seed: 1,
        fail_on: FailOn::default(),
        faults: Vec::new(),
        max_fail: None,
        baseline: None,
        transcripts: false,
        search: None,
    };
    let mut wire = Sabotaged {
        inner: EmbeddedWire::new(&embedded),
        answer,
    };
    block_on_ready(campaign.run(&mut wire, &mut (), &mut (), &|| 0))
}

/// Cases that are no sign-offs: the metadata, and what is tried at other endpoints.
fn once_a_run(case: &str) -> bool {
    case.starts_with("discovery/") || case.starts_with("trial/")
}

/// Rules of cookies and pages that speak of sign-ins, too.
const SEEN_AT_SIGN_IN: &[&str] = &[
    "CK-4.1.1-01",
    "CK-4.1.1-02",
    "CK-4.1.1-03",
    "CK-4.1.1-04",
    "CK-4.1.2.2-01",
    "CK-4.1.3-01",
    "CK-4.1.3.2-01",
    "CK-6.1-01",
    "CK-8.3-01",
    "CK-8.4-01",
    "BCP-4.2.4-01",
];

/// The rules of sign-offs (not those of the discovery document) that the run calls kept.
fn kept(report: &RunReport) -> Vec<String> {
    // What is seen while signing in keeps these, whatever the logout endpoint does; and what is seen at an endpoint of its
    // own keeps the rules of that endpoint.
    let of_sign_ins = |rule: &str| SEEN_AT_SIGN_IN.contains(&rule) || rule.starts_with("P1-IDP-");
    let of_sign_offs = report
        .with(Outcome::Kept)
        .filter(|judgement| !once_a_run(&judgement.scenario) && !of_sign_ins(judgement.rule));
    of_sign_offs
        .map(|judgement| format!("{} in {}", judgement.rule, judgement.scenario))
        .collect()
}

#[test]
fn a_server_that_answers_500_to_everything_is_not_judged() {
    let report = run("oidc", |_| Some(page(500, "oops")));
    assert_eq!(report.exit(), Exit::Unreachable);
    assert!(
        report
            .unreachable
            .as_deref()
            .is_some_and(|why| why.contains("500")),
        "{:?}",
        report.unreachable
    );
    assert_eq!(kept(&report), [] as [&str; 0]);
}

#[test]
fn a_server_that_answers_an_empty_page_to_everything_is_not_judged() {
    let report = run("oidc", |_| Some(page(200, "")));
    assert_eq!(report.exit(), Exit::Unreachable);
    assert_eq!(kept(&report), [] as [&str; 0]);
}

#[test]
fn a_login_that_no_longer_works_is_said_to_be_that() {
    let report = run("oidc", |request| {
        (request.method == "POST" && !is_sign_off(request))
            .then(|| page(503, "<h1>Down for maintenance</h1>"))
    });
    assert_eq!(report.exit(), Exit::Unreachable);
    assert!(
        report
            .unreachable
            .as_deref()
            .is_some_and(|why| why.contains("signing in") && why.contains("503")),
        "{:?}",
        report.unreachable
    );
}

#[test]
fn a_logout_endpoint_that_is_dead_keeps_nothing() {
    for dialect in ["pingone", "oidc"] {
        for answer in [
            (|request| is_sign_off(request).then(|| page(500, "oops")))
                as fn(&Request) -> Option<Response>,
            |request| is_sign_off(request).then(|| page(404, "not found")),
            |request| is_sign_off(request).then(|| page(200, "")),
            |request| is_sign_off(request).then(|| page(200, "<h1>Bye</h1>")),
            |request| is_sign_off(request).then(|| page(403, "<h1>Request blocked</h1>")),
        ] {
            let report = run(dialect, answer);
            assert_eq!(kept(&report), [] as [&str; 0], "{dialect}");
            assert!(
                matches!(report.exit(), Exit::Violated | Exit::Undecided),
                "{dialect}: {:?}",
                report.exits()
            );
        }
    }
}

#[test]
fn a_logout_endpoint_that_refuses_every_request_with_a_page_keeps_nothing() {
    for dialect in ["pingone", "oidc"] {
        let report = run(dialect, |request| {
            is_sign_off(request).then(|| {
                page(
                    400,
                    "<h1>Your request cannot be processed</h1><p>invalid_request</p>",
                )
            })
        });
        assert_eq!(kept(&report), [] as [&str; 0], "{dialect}");
        assert!(!report.undecided_rules.is_empty());
    }
}

#[test]
fn a_clean_run_is_not_what_these_tests_see() {
    // The sabotage proves something only if the same run without it keeps a lot.
    let report = run("oidc", |_| None);
    assert!(kept(&report).len() > 100, "{}", report.complaint());
}
