//! SARIF 2.1.0 (OASIS): for code scanning. A result for each broken rule and case.
//!
//! Code scanning shows results at files of the repository and refuses other addresses, so a result stands at the
//! target's entry in its file, or at the scenario's family for the embedded mock. The request and the answer are in
//! the message. A result keeps its fingerprint as long as target, rule and scenario are the same.

use super::findings::Mark;
use serde_json::{Value, json};
use serde_sarif::sarif::{
    ArtifactLocation, Invocation, Location, Message, MultiformatMessageString, Notification,
    PhysicalLocation, PropertyBag, Region, ReportingConfiguration, ReportingDescriptor,
    Result as Finding, ResultLevel, Run, Sarif, Suppression, Tool, ToolComponent, Version,
};
use sha2::{Digest, Sha256};
use signoff_engine::report::{Exit, Judgement, Outcome, RunReport};
use signoff_oidc::spec::Severity;
use signoff_rules::{Rule, catalogue};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The file that describes what is tested, as the repository knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Its path, relative to the root of the repository, with `/` between the parts.
    pub file: String,
    /// The line, counted from 1.
    pub line: u32,
}

/// Writes the log. Without a place, results stand at the families of the scenarios.
pub(crate) fn write(
    out: &mut impl io::Write,
    report: &RunReport,
    place: Option<&Place>,
) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, &log(report, place))?;
    writeln!(out)
}

fn log(report: &RunReport, place: Option<&Place>) -> Sarif {
    let shown: Vec<&Judgement> = report
        .judgements
        .iter()
        .filter(|judgement| is_shown(judgement))
        .collect();
    let mut rules: Vec<&'static Rule> = Vec::new();
    for judgement in &shown {
        if let Some(rule) = catalogue::find(judgement.rule)
            && !rules.iter().any(|known| known.id == rule.id)
        {
            rules.push(rule);
        }
    }
    let index = |id: &str| {
        rules
            .iter()
            .position(|rule| rule.id == id)
            .and_then(|at| i64::try_from(at).ok())
            .unwrap_or(-1)
    };
    let results: Vec<Finding> = shown
        .iter()
        .map(|judgement| result(judgement, index(judgement.rule), report, place))
        .collect();
    let driver = ToolComponent::builder()
        .name("signoff")
        .full_name("signoff, conformance of sign-off")
        .semantic_version(env!("CARGO_PKG_VERSION"))
        .rules(rules.into_iter().map(descriptor).collect::<Vec<_>>())
        .build();
    let run = Run::builder()
        .tool(Tool::builder().driver(driver).build())
        .invocations(vec![invocation(report)])
        .results(results)
        .column_kind(json!("unicodeCodePoints"))
        .properties(bag([
            ("target", json!(report.target)),
            ("dialect", json!(report.dialect)),
            ("edition", json!(report.edition)),
            ("faults", json!(report.faults)),
            ("seed", json!(report.seed)),
            ("exitCode", json!(report.exit().code())),
        ]))
        .build();
    Sarif::builder()
        .schema(SCHEMA)
        .version(json!(Version::V2_1_0))
        .runs(vec![run])
        .build()
}

/// What is broken, known or not. Kept and undecided judgements are in the other formats.
fn is_shown(judgement: &Judgement) -> bool {
    matches!(
        judgement.outcome,
        Outcome::Violated | Outcome::Stale | Outcome::Baselined
    )
}

fn descriptor(rule: &'static Rule) -> ReportingDescriptor {
    let mut help = String::new();
    for heading in ["Why it matters", "What does not count", "How to fix"] {
        if let Some(part) = rule.part(heading) {
            let _ = write!(help, "**{heading}.** {}\n\n", part.replace('\n', " "));
        }
    }
    let _ = write!(help, "{} · `signoff explain {}`", rule.source, rule.id);
    let sentence = rule.part("").unwrap_or_else(|| rule.title.to_owned());
    let descriptor = ReportingDescriptor::builder()
        .id(rule.id)
        .name(pascal_case(rule.name))
        .short_description(words(&sentence_case(rule.title)))
        .full_description(words(&sentence.replace('\n', " ")))
        .help(
            MultiformatMessageString::builder()
                .text(help.replace("**", ""))
                .markdown(help)
                .build(),
        )
        .default_configuration(
            ReportingConfiguration::builder()
                .level(json!(level(rule.severity())))
                .build(),
        )
        .properties(
            PropertyBag::builder()
                .tags(vec![
                    "logout".to_owned(),
                    rule.source.document.title().to_owned(),
                ])
                .additional_properties(BTreeMap::from([(
                    "level".to_owned(),
                    json!(rule.level.to_string()),
                )]))
                .build(),
        );
    match rule.source.document.url() {
        Some(url) => descriptor.help_uri(url).build(),
        None => descriptor.build(),
    }
}

fn result(
    judgement: &Judgement,
    rule_index: i64,
    report: &RunReport,
    place: Option<&Place>,
) -> Finding {
    let at = place
        .cloned()
        .unwrap_or_else(|| family(&judgement.scenario));
    let physical = PhysicalLocation::builder()
        .artifact_location(ArtifactLocation::builder().uri(at.file).build())
        .region(Region::builder().start_line(i64::from(at.line)).build())
        .build();
    let finding = Finding::builder()
        .rule_id(judgement.rule)
        .rule_index(rule_index)
        .level(match Mark::of(judgement, report.fail_on) {
            Some(Mark::Fail | Mark::Stale) => ResultLevel::Error,
            Some(Mark::Note) => ResultLevel::Note,
            Some(Mark::Warn) | None => level(judgement.severity),
        })
        .message(Message::builder().text(message(judgement, report)).build())
        .locations(vec![
            Location::builder().physical_location(physical).build(),
        ])
        .partial_fingerprints(BTreeMap::from([(
            "signoff/v1".to_owned(),
            fingerprint(report, judgement),
        )]))
        .properties(bag([
            ("scenario", json!(judgement.scenario)),
            ("outcome", json!(judgement.outcome.word())),
            ("expected", json!(judgement.expected)),
            ("actual", json!(judgement.actual)),
            ("repeat", json!(judgement.repeat)),
        ]));
    if judgement.outcome == Outcome::Baselined {
        let known = Suppression::builder()
            .kind(json!("external"))
            .status(json!("accepted"))
            .justification(judgement.reason.clone().unwrap_or_default())
            .build();
        return finding.suppressions(vec![known]).build();
    }
    finding.build()
}

fn message(judgement: &Judgement, report: &RunReport) -> String {
    let title = catalogue::find(judgement.rule).map_or(judgement.name, |rule| rule.title);
    let mut text = format!("{}: {}.", judgement.scenario, sentence_case(title));
    if !judgement.expected.is_empty() {
        let _ = write!(text, "\nExpected: {}.", judgement.expected.join(", or "));
    }
    if let Some(actual) = &judgement.actual {
        let _ = write!(text, "\nReceived: {actual}.");
    }
    if let Some(reason) = judgement.reason.as_ref() {
        let _ = write!(text, "\nReason: {reason}.");
    }
    let case = report
        .cases
        .iter()
        .find(|case| case.scenario == judgement.scenario);
    if let Some(curl) = case.and_then(|case| case.curl.as_ref()) {
        let _ = write!(text, "\nRequest: {curl}");
    }
    let _ = write!(text, "\nRepeat: {}", judgement.repeat);
    text
}

/// What went wrong with the run itself.
fn invocation(report: &RunReport) -> Invocation {
    let notification = |level: &str, text: String| {
        Notification::builder()
            .level(json!(level))
            .message(Message::builder().text(text).build())
            .build()
    };
    let mut notifications = Vec::new();
    if let Some(why) = &report.unreachable {
        notifications.push(notification(
            "error",
            format!("The target could not be judged: {why}"),
        ));
    }
    for case in &report.cases {
        if let Some(why) = &case.error {
            notifications.push(notification(
                "error",
                format!("{} broke off: {why}", case.scenario),
            ));
        }
    }
    for (rule, why) in &report.undecided_rules {
        notifications.push(notification(
            "warning",
            format!("{rule} was decided in no case: {why}"),
        ));
    }
    for drift in &report.drift {
        notifications.push(notification(
            "warning",
            format!("{} behaves differently from its snapshot", drift.scenario),
        ));
    }
    let judged = !report.exits().iter().any(|exit| {
        matches!(
            exit,
            Exit::Unreachable | Exit::NothingRan | Exit::ToolDefect
        )
    });
    Invocation::builder()
        .execution_successful(judged)
        .exit_code(i64::from(report.exit().code()))
        .exit_code_description(report.exit().describe())
        .tool_execution_notifications(notifications)
        .build()
}

fn level(severity: Severity) -> ResultLevel {
    match severity {
        Severity::Must => ResultLevel::Error,
        Severity::Should => ResultLevel::Warning,
        Severity::Note => ResultLevel::Note,
    }
}

fn fingerprint(report: &RunReport, judgement: &Judgement) -> String {
    let parts = [&report.target, judgement.rule, &judgement.scenario];
    let digest = Sha256::digest(parts.join("\n"));
    digest.iter().take(16).fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// The file of a scenario's family.
fn family(scenario: &str) -> Place {
    let family = scenario.split('/').next().unwrap_or(scenario);
    Place {
        file: format!("scenarios/src/families/{family}.rs"),
        line: 1,
    }
}

fn words(text: &str) -> MultiformatMessageString {
    MultiformatMessageString::builder().text(text).build()
}

fn bag<const N: usize>(members: [(&str, Value); N]) -> PropertyBag {
    PropertyBag::builder()
        .additional_properties(
            members
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value))
                .collect::<BTreeMap<_, _>>(),
        )
        .build()
}

/// `exact-redirect-uri` as `ExactRedirectUri`, as code scanning wants the names of rules.
fn pascal_case(name: &str) -> String {
    name.split('-').map(sentence_case).collect()
}

fn sentence_case(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{judgement, recommendation, run};

    fn written(report: &RunReport, place: Option<&Place>) -> Value {
        let mut out = Vec::new();
        write(&mut out, report, place).expect("written");
        serde_json::from_slice(&out).expect("JSON")
    }

    fn place() -> Place {
        Place {
            file: "signoff.toml".to_owned(),
            line: 12,
        }
    }

    #[test]
    fn a_result_names_its_rule_and_stands_in_a_file_of_the_repository() {
        let log = written(
            &run(vec![judgement(Outcome::Violated, "redirect/a")]),
            Some(&place()),
        );
        assert_eq!(log["version"], "2.1.0");
        let run = &log["runs"][0];
        let result = &run["results"][0];
        assert_eq!(result["ruleId"], "RPIL-3-04");
        assert_eq!(result["level"], "error");
        let rule = &run["tool"]["driver"]["rules"][0];
        assert_eq!(rule["id"], "RPIL-3-04");
        assert_eq!(rule["name"], "ExactRedirectUri");
        assert!(
            rule["helpUri"]
                .as_str()
                .is_some_and(|url| url.starts_with("https://"))
        );
        let at = &result["locations"][0]["physicalLocation"];
        assert_eq!(at["artifactLocation"]["uri"], "signoff.toml");
        assert_eq!(at["region"]["startLine"], 12);
    }

    #[test]
    fn without_a_target_file_it_stands_at_the_family() {
        let log = written(&run(vec![judgement(Outcome::Violated, "redirect/a")]), None);
        let at = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
        assert_eq!(
            at["artifactLocation"]["uri"],
            "scenarios/src/families/redirect.rs"
        );
    }

    #[test]
    fn fingerprints_are_stable_and_tell_findings_apart() {
        let report = run(vec![
            judgement(Outcome::Violated, "a"),
            judgement(Outcome::Violated, "b"),
        ]);
        let print = |log: &Value, at: usize| {
            log["runs"][0]["results"][at]["partialFingerprints"]["signoff/v1"].clone()
        };
        let (one, other) = (written(&report, None), written(&report, Some(&place())));
        assert_eq!(print(&one, 0), print(&other, 0));
        assert_ne!(print(&one, 0), print(&one, 1));
    }

    #[test]
    fn recommendations_are_warnings_and_known_failures_are_suppressed() {
        let log = written(
            &run(vec![
                recommendation(Outcome::Violated, "a"),
                judgement(Outcome::Baselined, "b"),
                judgement(Outcome::Kept, "c"),
            ]),
            None,
        );
        let results = log["runs"][0]["results"].as_array().expect("results");
        assert_eq!(results.len(), 2, "what is kept is no result");
        assert_eq!(results[0]["level"], "warning");
        assert_eq!(results[1]["suppressions"][0]["justification"], "the reason");
    }

    #[test]
    fn a_run_that_judged_nothing_was_not_successful() {
        let mut report = run(Vec::new());
        report.unreachable = Some("connection refused".to_owned());
        let log = written(&report, None);
        let invocation = &log["runs"][0]["invocations"][0];
        assert_eq!(invocation["executionSuccessful"], false);
        assert_eq!(invocation["exitCode"], 3);
    }
}
