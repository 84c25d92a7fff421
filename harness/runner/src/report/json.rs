//! The report for scripts: one object. Its members up to `not_applicable` are the contract of the command
//! line; those after it explain and may grow.

mod read;

pub(crate) use read::read;

use super::findings::Finding;
use serde::Serialize;
use signoff_engine::report::{
    CaseReport, Drift, Exit, FailOn, FlakyCase, Generated, Judgement, NotApplicable, Part,
    RunReport, Summary,
};
use std::collections::BTreeMap;
use std::io;

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct Document<'r> {
    tool: Tool,
    target: &'r str,
    dialect: &'r str,
    edition: Option<&'r str>,
    faults: &'r [String],
    seed: u64,
    exit_code: u8,
    summary: &'r Summary,
    judgements: &'r [Judgement],
    not_applicable: &'r [NotApplicable],
    findings: Vec<OneFinding>,
    exit_codes: Vec<u8>,
    unreachable: Option<&'r str>,
    undecided_rules: &'r BTreeMap<&'static str, String>,
    drift: &'r [Drift],
    cases: &'r [CaseReport],
    generated: Option<&'r Generated>,
    flaky: &'r [FlakyCase],
    run: Run<'r>,
    part: Option<&'r Part>,
}

/// One cause: the rule under which it is told, the others that it breaks, and its cases.
#[derive(Serialize)]
struct OneFinding {
    rule: &'static str,
    also: Vec<&'static str>,
    cases: Vec<String>,
}

impl OneFinding {
    fn of(finding: &Finding<'_>) -> Self {
        OneFinding {
            rule: finding.first().rule,
            also: finding.also.iter().map(|rule| rule.id).collect(),
            cases: finding
                .cases()
                .iter()
                .map(|judgement| judgement.scenario.clone())
                .collect(),
        }
    }
}

/// What the report needs besides to be read back.
#[derive(Serialize)]
struct Run<'r> {
    description: &'r str,
    real: bool,
    selected: usize,
    rules: usize,
    deviations: usize,
    fail_on: FailOn,
}

/// Writes the object.
pub(crate) fn write(out: &mut impl io::Write, report: &RunReport) -> io::Result<()> {
    let document = Document {
        tool: Tool {
            name: "signoff",
            version: env!("CARGO_PKG_VERSION"),
        },
        target: &report.target,
        dialect: &report.dialect,
        edition: report.edition.as_deref(),
        faults: &report.faults,
        seed: report.seed,
        exit_code: report.exit().code(),
        summary: &report.summary,
        judgements: &report.judgements,
        not_applicable: &report.not_applicable,
        findings: Finding::failures(report)
            .iter()
            .map(OneFinding::of)
            .collect(),
        exit_codes: report.exits().into_iter().map(Exit::code).collect(),
        unreachable: report.unreachable.as_deref(),
        undecided_rules: &report.undecided_rules,
        drift: &report.drift,
        cases: &report.cases,
        generated: report.generated.as_ref(),
        flaky: &report.flaky,
        run: Run {
            description: &report.description,
            real: report.real,
            selected: report.selected,
            rules: report.rules,
            deviations: report.deviations,
            fail_on: report.fail_on,
        },
        part: report.part.as_ref(),
    };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{judgement, run, with_drift};
    use serde_json::{Value, json};
    use signoff_engine::report::Outcome;

    fn written(report: &RunReport) -> Value {
        let mut out = Vec::new();
        write(&mut out, report).unwrap();
        serde_json::from_slice(&out).unwrap()
    }

    fn members(value: &Value) -> Vec<&str> {
        value
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect()
    }

    #[test]
    fn the_members_are_those_of_the_contract() {
        let document = written(&run(vec![judgement(Outcome::Violated, "a")]));
        assert_eq!(
            members(&document)[..10],
            [
                "tool",
                "target",
                "dialect",
                "edition",
                "faults",
                "seed",
                "exit_code",
                "summary",
                "judgements",
                "not_applicable"
            ]
        );
        assert_eq!(members(&document["tool"]), ["name", "version"]);
        assert_eq!(
            members(&document["summary"]),
            [
                "cases",
                "requests",
                "sign_ins",
                "kept",
                "violated",
                "known",
                "known_must",
                "baselined",
                "stale",
                "undecided",
                "not_applicable",
                "drift",
                "duration_ms"
            ]
        );
        assert_eq!(
            members(&document["judgements"][0]),
            [
                "rule",
                "level",
                "outcome",
                "scenario",
                "generated",
                "expected",
                "actual",
                "reason",
                "repeat"
            ]
        );
        assert_eq!(members(&document["not_applicable"][0]), ["rule", "reason"]);
    }

    #[test]
    fn the_values_are_those_of_the_contract() {
        let document = written(&run(vec![judgement(
            Outcome::Violated,
            "redirect/sub-path",
        )]));
        assert_eq!(document["tool"]["name"], "signoff");
        assert_eq!(document["edition"], Value::Null);
        assert_eq!(document["faults"], json!([]));
        assert_eq!(document["seed"], 8817);
        assert_eq!(document["exit_code"], 1);
        let judgement = &document["judgements"][0];
        assert_eq!(judgement["level"], "MUST NOT");
        assert_eq!(judgement["outcome"], "violated");
        assert_eq!(
            judgement["expected"],
            json!(["an error page", "a question"])
        );
        assert_eq!(judgement["actual"], "302 → https://rp.example/out/x");
        assert_eq!(judgement["reason"], Value::Null);
    }

    #[test]
    fn every_exit_code_that_applies_is_told() {
        let report = with_drift(run(vec![judgement(Outcome::Stale, "a")]));
        assert_eq!(written(&report)["exit_codes"], json!([7, 6]));
    }
}
