use crate::signoff::Folder;
use serde_json::Value;
use std::fs;

#[test]
fn the_main_job_ends_well_and_says_so_in_its_last_line() {
    let ended = Folder::new().signoff("run").with(0);
    let first = ended.out.lines().next().unwrap();
    assert!(
        first.contains("target") && first.contains("seed 1"),
        "{first}"
    );
    let last = ended.out.lines().last().unwrap();
    assert!(
        last.ends_with("exit 0 (all that was selected ran)"),
        "{last}"
    );
    assert!(last.contains("MUST)"), "{last}");
    let cases: usize = last
        .split(' ')
        .next()
        .unwrap()
        .replace(',', "")
        .parse()
        .unwrap();
    assert!(cases >= 100, "{last}");
}

#[test]
fn a_broken_rule_ends_with_1_and_is_told_in_full() {
    let ended = Folder::new()
        .signoff("run redirect/ --fault redirect-any")
        .with(1);
    for part in [
        "FAIL",
        "RPIL-3-04",
        "expected",
        "received",
        "spec",
        "repeat",
        "signoff explain RPIL-3-04",
        "curl",
    ] {
        assert!(ended.out.contains(part), "{part} is not in {}", ended.out);
    }
    assert!(
        ended
            .out
            .lines()
            .last()
            .unwrap()
            .contains("exit 1 (a rule was broken")
    );
}

#[test]
fn progress_is_told_beside_the_report_and_not_in_it() {
    let folder = Folder::new();
    let plain = folder
        .signoff("run redirect/ --show-progress plain")
        .with(0);
    assert!(plain.err.lines().count() >= 10, "{}", plain.err);
    assert!(
        !plain.out.contains(" cases\n"),
        "{}",
        plain.out.lines().next().unwrap()
    );
    assert_eq!(
        folder
            .signoff("run redirect/ --show-progress none")
            .with(0)
            .err,
        ""
    );
    let quiet = folder.signoff("run redirect/ --quiet").with(0);
    assert_eq!((quiet.out.lines().count(), quiet.err.as_str()), (1, ""));
}

#[test]
fn with_json_the_standard_output_has_one_object_and_nothing_else() {
    let report = Folder::new()
        .signoff("run redirect/ --fault redirect-any --json")
        .with(1)
        .json();
    assert_eq!(report["tool"]["name"], "signoff");
    assert_eq!(report["faults"], serde_json::json!(["redirect-any"]));
    assert_eq!(report["exit_code"], 1);
    let violated = |judgement: &&Value| judgement["outcome"] == "violated";
    let judgements = report["judgements"].as_array().unwrap();
    let broken = judgements.iter().filter(violated).count();
    assert_eq!(report["summary"]["violated"], broken);
    assert!(judgements.iter().filter(violated).all(|judgement| {
        judgement["actual"].is_string()
            && !judgement["expected"].as_array().unwrap().is_empty()
            && judgement["repeat"]
                .as_str()
                .unwrap()
                .starts_with("signoff run ")
    }));
}

#[test]
fn several_reports_are_written_at_once_and_files_are_replaced() {
    let folder = Folder::new();
    folder.write("report.json", &"x".repeat(10_000_000));
    let words = "run hint/valid --report json=report.json --report junit=report.xml --report text=report.txt";
    let ended = folder.signoff(words).with(0);
    assert!(ended.out.contains("exit 0"));
    let report: Value = serde_json::from_str(&folder.read("report.json")).unwrap();
    assert_eq!(report["exit_code"], 0);
    let xml = folder.read("report.xml");
    assert!(
        xml.contains("<testsuites") && xml.contains("RP-Initiated Logout 1.0"),
        "{xml}"
    );
    assert!(folder.read("report.txt").contains("exit 0 "));
    assert_eq!(fs::read_dir(folder.path(".")).unwrap().count(), 3);
}

#[test]
fn every_format_tells_of_the_same_failure() {
    let folder = Folder::new();
    let formats = ["text", "json", "ndjson", "junit", "sarif", "md", "html"];
    let reports: Vec<String> = formats
        .iter()
        .map(|format| format!("--report {format}=report.{format}"))
        .collect();
    let words = "run redirect/unregistered RPIL-3-04 --fault redirect-any";
    folder
        .signoff(&format!("{words} {}", reports.join(" ")))
        .with(1);
    for format in formats {
        let text = folder.read(&format!("report.{format}"));
        assert!(text.contains("RPIL-3-04"), "{format}: {text}");
        assert!(
            text.contains("--fault redirect-any"),
            "{format}: the repetition lacks the fault"
        );
        assert!(!text.contains("password-of"), "{format}: a password");
    }
}

#[test]
fn a_report_that_cannot_be_written_is_told_before_the_first_request() {
    let ended = Folder::new()
        .signoff("run --report json=none/report.json")
        .with(2);
    assert_eq!(ended.out, "");
    ended.saying("none/report.json cannot be written");
}

#[cfg(target_os = "linux")]
#[test]
fn a_report_that_was_not_written_to_its_end_is_no_success() {
    let ended = Folder::new()
        .signoff("run hint/valid --report json=/dev/full")
        .with(2);
    ended.saying("/dev/full cannot be written");
}

#[test]
fn in_continuous_integration_failures_stand_at_the_end_again() {
    let words = "run redirect/unregistered --fault redirect-any";
    let folder = Folder::new();
    let here = folder.signoff(words).with(1).out;
    let there = folder.signoff_with(words, &[("CI", "true")]).with(1).out;
    let told = |text: &str| text.matches("  received ").count();
    assert!(told(&there) > told(&here), "{there}");
}

#[test]
fn no_secret_stands_in_any_report() {
    let words = "run hint/ session/ --dialect oidc --json --fail-on must";
    let ended = Folder::new().signoff(words);
    for secret in ["alice-password", "bob-password", "eyJ"] {
        assert!(
            !ended.out.contains(secret) && !ended.err.contains(secret),
            "{secret}"
        );
    }
}

#[test]
fn recommendations_fail_only_when_asked_to() {
    let folder = Folder::new();
    let words = "run --fault error-wrong-status --dialect oidc --quiet";
    folder.signoff(&format!("{words} --fail-on must")).with(0);
    folder
        .signoff(&format!("{words} --fail-on must,should"))
        .with(1);
}
