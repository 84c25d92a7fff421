//! `JUnit` XML: a suite for each document and section, a test case for each rule and scenario.

use super::shown;
use quick_junit::{NonSuccessKind, Property, Report, TestCase, TestCaseStatus, TestSuite};
use signoff_engine::report::{CaseReport, FailOn, Judgement, Outcome, RunReport};
use signoff_oidc::spec::Severity;
use std::collections::BTreeMap;
use std::io;
use std::time::Duration;

/// Writes the document.
pub(crate) fn write(out: &mut impl io::Write, report: &RunReport) -> io::Result<()> {
    document(report).serialize(out).map_err(io::Error::other)
}

/// Suites in the order in which they are first needed.
struct Suites {
    names: Vec<String>,
    cases: BTreeMap<String, Vec<TestCase>>,
}

impl Suites {
    fn add(&mut self, suite: &str, case: TestCase) {
        if !self.cases.contains_key(suite) {
            self.names.push(suite.to_owned());
        }
        self.cases.entry(suite.to_owned()).or_default().push(case);
    }
}

fn document(report: &RunReport) -> Report {
    let mut suites = Suites {
        names: Vec::new(),
        cases: BTreeMap::new(),
    };
    let cases: BTreeMap<&str, &CaseReport> = report
        .cases
        .iter()
        .map(|case| (case.scenario.as_str(), case))
        .collect();
    for judgement in &report.judgements {
        let case = cases.get(judgement.scenario.as_str()).copied();
        suites.add(&judgement.source, judged(judgement, case, report.fail_on));
    }
    add_rules(&mut suites, report);
    add_run(&mut suites, report);

    let mut document = Report::new(format!("signoff {}", report.target));
    document.set_time(Duration::from_millis(report.summary.duration_ms));
    for name in &suites.names {
        let mut suite = TestSuite::new(name.as_str());
        suite.add_properties(properties(report));
        suite.add_test_cases(suites.cases.remove(name).unwrap_or_default());
        document.add_test_suite(suite);
    }
    document
}

fn properties(report: &RunReport) -> Vec<Property> {
    let mut properties = vec![
        Property::new("signoff.version", env!("CARGO_PKG_VERSION")),
        Property::new("target", &report.target),
        Property::new("dialect", &report.dialect),
        Property::new("seed", report.seed.to_string()),
        Property::new("exit_code", report.exit().code().to_string()),
    ];
    if !report.description.is_empty() {
        properties.push(Property::new("description", &report.description));
    }
    if let Some(edition) = &report.edition {
        properties.push(Property::new("edition", edition));
    }
    if !report.faults.is_empty() {
        properties.push(Property::new("faults", report.faults.join(",")));
    }
    properties
}

fn judged(judgement: &Judgement, case: Option<&CaseReport>, fail_on: FailOn) -> TestCase {
    let name = format!(
        "{} {} · {}",
        judgement.rule, judgement.name, judgement.scenario
    );
    let mut test = TestCase::new(name, status(judgement, fail_on));
    test.set_classname(judgement.rule);
    if judgement.outcome == Outcome::Violated || judgement.outcome == Outcome::Stale {
        if !matches!(test.status, TestCaseStatus::NonSuccess { .. }) {
            test.set_system_out(format!("warning\n{}", told(judgement)));
        }
        if let Some(case) = case {
            test.set_system_err(&case.transcript);
        }
    }
    test
}

fn status(judgement: &Judgement, fail_on: FailOn) -> TestCaseStatus {
    let fails = match (judgement.outcome, judgement.severity) {
        (Outcome::Violated, Severity::Must) => fail_on.must,
        (Outcome::Violated, Severity::Should) => fail_on.should,
        (Outcome::Stale, _) => fail_on.stale,
        _ => false,
    };
    if fails {
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
        let message = match (judgement.outcome, &judgement.actual) {
            (Outcome::Stale, _) => "kept where a deviation says that it is broken",
            (_, Some(actual)) => actual.as_str(),
            (_, None) => judgement.outcome.word(),
        };
        status
            .set_message(message)
            .set_type(judgement.level.as_str())
            .set_description(told(judgement));
        return status;
    }
    match judgement.outcome {
        Outcome::Kept | Outcome::Violated | Outcome::Stale => TestCaseStatus::success(),
        Outcome::NotApplicable | Outcome::Undecided | Outcome::Baselined | Outcome::Known => {
            let reason = judgement.reason.as_deref().unwrap_or("no reason given");
            skipped(&format!("{}: {reason}", judgement.outcome.word()))
        }
    }
}

/// A failure as the text report tells it.
fn told(judgement: &Judgement) -> String {
    let mut lines = Vec::new();
    lines.extend(judgement.expected.iter().map(|e| format!("expected   {e}")));
    lines.extend(judgement.actual.iter().map(|a| format!("received   {a}")));
    lines.extend(judgement.reason.iter().map(|r| format!("reason     {r}")));
    lines.push(format!(
        "spec       {} · signoff explain {}",
        judgement.source, judgement.rule
    ));
    lines.push(format!("repeat     {}", judgement.repeat));
    lines.join("\n")
}

/// Rules that were judged in no case, and those that were decided in none.
fn add_rules(suites: &mut Suites, report: &RunReport) {
    let source = |id: &str| {
        signoff_rules::catalogue::find(id).map_or_else(String::new, |r| r.source.to_string())
    };
    for rule in &report.not_applicable {
        let mut test = TestCase::new(
            rule.rule,
            skipped(&format!("not applicable: {}", rule.reason)),
        );
        test.set_classname(rule.rule);
        suites.add(&source(rule.rule), test);
    }
    for (rule, why) in &report.undecided_rules {
        let message = format!("decided in no case: {why}");
        let status = if report.fail_on.undecided {
            error(&message, "undecided")
        } else {
            skipped(&message)
        };
        let mut test = TestCase::new(format!("{rule} is decided"), status);
        test.set_classname(*rule);
        suites.add(&source(rule), test);
    }
}

/// What concerns the run and not a rule: cases that broke off, snapshots, the target as a whole.
fn add_run(suites: &mut Suites, report: &RunReport) {
    for case in &report.cases {
        if let Some(why) = &case.error {
            let mut test = TestCase::new(case.scenario.as_str(), error(why, "case"));
            test.set_classname("cases").set_system_err(&case.transcript);
            suites.add("cases", test);
        }
    }
    // A rule that was flaky is among the judgements, undecided with the reason; what got lost at first is nowhere else.
    for flaky in report.flaky.iter().filter(|flaky| flaky.rule.is_none()) {
        let mut test = TestCase::new(flaky.scenario.as_str(), TestCaseStatus::success());
        test.set_classname("cases");
        test.set_system_out(format!("flaky {}", shown::flaky(flaky)));
        suites.add("cases", test);
    }
    for drift in &report.drift {
        let status = if report.fail_on.drift {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            status
                .set_message("the behaviour differs from its snapshot")
                .set_type("drift")
                .set_description(&drift.diff);
            status
        } else {
            skipped("drift")
        };
        let mut test = TestCase::new(drift.scenario.as_str(), status);
        test.set_classname("snapshots");
        suites.add("snapshots", test);
    }
    if let Some(why) = &report.unreachable {
        suites.add("target", TestCase::new("reachable", error(why, "target")));
    } else if suites.names.is_empty() {
        suites.add(
            "target",
            TestCase::new("something ran", error("nothing ran", "target")),
        );
    }
}

fn skipped(message: &str) -> TestCaseStatus {
    let mut status = TestCaseStatus::skipped();
    status.set_message(message);
    status
}

fn error(message: &str, kind: &str) -> TestCaseStatus {
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
    status.set_message(message).set_type(kind);
    status
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{judgement, recommendation, run, with_drift, with_flaky};

    fn suite(report: &RunReport, name: &str) -> TestSuite {
        let suites = document(report).test_suites;
        suites
            .into_iter()
            .find(|suite| suite.name.as_str() == name)
            .unwrap_or_else(|| panic!("no suite {name}"))
    }

    #[test]
    fn what_got_lost_at_first_is_told_beside_its_case() {
        let report = with_flaky(run(vec![judgement(Outcome::Kept, "hint/absent")]));
        let cases = suite(&report, "cases");
        assert_eq!((cases.tests, cases.failures, cases.errors), (1, 0, 0));
        let out = cases.test_cases[0].system_out.as_ref().expect("an output");
        assert_eq!(
            out.as_str(),
            "flaky the connection was closed; repetition 1: it was played to its end"
        );
    }

    const SECTION_3: &str = "RP-Initiated Logout 1.0 §3";

    #[test]
    fn there_is_a_suite_a_section_and_a_test_case_a_rule_and_scenario() {
        let report = run(vec![
            judgement(Outcome::Violated, "a"),
            judgement(Outcome::Kept, "b"),
            recommendation(Outcome::Kept, "b"),
        ]);
        let redirects = suite(&report, SECTION_3);
        let names: Vec<&str> = redirects
            .test_cases
            .iter()
            .map(|t| t.name.as_str())
            .collect();
        assert_eq!(
            names,
            [
                "RPIL-3-04 exact-redirect-uri · a",
                "RPIL-3-04 exact-redirect-uri · b"
            ]
        );
        assert_eq!((redirects.tests, redirects.failures), (2, 1));
        assert!(
            redirects
                .properties
                .contains(&Property::new("seed", "8817"))
        );
        assert_eq!(suite(&report, "RP-Initiated Logout 1.0 §2").tests, 2);
    }

    #[test]
    fn undecided_and_known_judgements_are_skipped_with_their_reason() {
        let report = run(vec![
            judgement(Outcome::Undecided, "a"),
            judgement(Outcome::Known, "b"),
        ]);
        let redirects = suite(&report, SECTION_3);
        assert_eq!((redirects.skipped, redirects.failures), (2, 0));
        let text = document(&report).to_string().unwrap();
        assert!(text.contains("undecided: the reason"), "{text}");
        assert!(text.contains("known: the reason"), "{text}");
    }

    #[test]
    fn what_does_not_fail_the_run_does_not_fail_here() {
        let mut report = run(vec![recommendation(Outcome::Violated, "a")]);
        assert_eq!(suite(&report, "RP-Initiated Logout 1.0 §2").failures, 0);
        report.fail_on.should = true;
        assert_eq!(suite(&report, "RP-Initiated Logout 1.0 §2").failures, 1);
    }

    #[test]
    fn cases_that_broke_off_are_errors_and_drift_is_a_failure() {
        let mut report = with_drift(run(vec![judgement(Outcome::Kept, "a")]));
        report.cases[0].error = Some("the sign-in failed".to_owned());
        assert_eq!(suite(&report, "cases").errors, 1);
        assert_eq!(suite(&report, "snapshots").failures, 1);
    }

    #[test]
    fn a_run_of_nothing_is_an_error_and_not_an_empty_success() {
        let mut report = run(Vec::new());
        report.not_applicable.clear();
        assert_eq!(suite(&report, "target").errors, 1);
    }

    #[test]
    fn an_answer_with_characters_that_xml_has_not_is_still_well_formed() {
        let mut broken = judgement(Outcome::Violated, "a");
        broken.actual = Some("\u{0}<&\u{1b}]]>".to_owned());
        let text = document(&run(vec![broken])).to_string().unwrap();
        assert!(text.contains("&lt;&amp;"), "{text}");
        assert!(
            !text.contains('\u{1b}') && !text.contains('\u{0}'),
            "{text}"
        );
    }
}
