use super::*;
use crate::report::fixture::{case, judgement, recommendation, run, with_drift};
use std::io::Write;

/// What is written for the whole run, without styles.
fn text(report: &RunReport, options: TextOptions) -> String {
    let mut out = Vec::new();
    let mut written = TextReport::new(&mut out, options);
    written.hear(&Event::Started {
        target: &report.target,
        dialect: &report.dialect,
        edition: None,
        rules: report.rules,
        not_applicable: report.not_applicable.len(),
        seed: report.seed,
        deviations: 5,
        cases: report.cases.len(),
    });
    for (at, case) in report.cases.iter().enumerate() {
        written.hear(&Event::CaseFinished {
            number: at + 1,
            of: report.cases.len(),
            case,
            judgements: std::slice::from_ref(&report.judgements[at]),
        });
    }
    written.hear(&Event::Finished(report));
    Box::new(written).finish().unwrap();
    anstream::adapter::strip_str(std::str::from_utf8(&out).unwrap()).to_string()
}

/// The places of these texts in `text`, in order; fails when one is missing or out of order.
fn assert_in_order(text: &str, parts: &[&str]) {
    let mut from = 0;
    for part in parts {
        match text[from..].find(part) {
            Some(at) => from += at + part.len(),
            None => panic!("`{part}` is missing or too early in\n{text}"),
        }
    }
}

#[test]
fn a_failure_tells_expected_received_spec_and_repeat_in_this_order() {
    let report = run(vec![judgement(Outcome::Violated, "redirect/sub-path")]);
    assert_in_order(
        &text(&report, TextOptions::default()),
        &[
            "signoff 0.1.0 · target embedded pingone · 214 rules, 1 not applicable · seed 8817 · baseline 5 known\n",
            "  FAIL   RPIL-3-04   exact-redirect-uri ",
            "redirect/sub-path",
            "31 ms\n",
            "         expected   an error page\n",
            "               or   a question\n",
            "         received   302 → https://rp.example/out/x\n",
            "         spec       RP-Initiated Logout 1.0 §3 · signoff explain RPIL-3-04\n",
            "         repeat     signoff run redirect/sub-path --dialect pingone · curl -i 'https://op.example/signoff'\n",
        ],
    );
}

#[test]
fn the_last_line_counts_known_musts_and_names_every_exit_code_that_applies() {
    let judgements = vec![
        judgement(Outcome::Violated, "a"),
        judgement(Outcome::Known, "b"),
        judgement(Outcome::Kept, "c"),
    ];
    let text = text(&with_drift(run(judgements)), TextOptions::default());
    let last = text.lines().last().unwrap();
    assert_eq!(
        last,
        "3 cases · judgements: broken 1 · known 1 (1 MUST) · stale 0 · undecided 0 · kept 1 · drift 1 · 12.4 s     \
         exit 1 (a rule was broken; also 6: snapshot drift)"
    );
    assert_in_order(
        &text,
        &["DRIFT", "hint/absent", "-status 302", "+status 400"],
    );
}

#[test]
fn failures_that_look_the_same_are_told_in_full_once_and_counted_at_the_end() {
    let broken = |scenario| judgement(Outcome::Violated, scenario);
    let report = run(vec![broken("a"), broken("b"), broken("c")]);
    let text = text(&report, TextOptions::default());
    assert_eq!(text.matches("received").count(), 1);
    assert_eq!(text.matches("FAIL").count(), 2, "{text}");
    assert_in_order(&text, &["what failed: 1 finding", "3 cases, first in a"]);
}

#[test]
fn what_looks_different_is_told_in_a_line_behind_the_first() {
    let mut other = judgement(Outcome::Violated, "b");
    other.actual = Some("303 → https://rp.example/out/y".to_owned());
    let report = run(vec![judgement(Outcome::Violated, "a"), other]);
    let text = text(&report, TextOptions::default());
    assert_eq!(text.matches("received").count(), 1);
    assert_in_order(
        &text,
        &["received", "b   ", "303 → https://rp.example/out/y\n"],
    );
}

#[test]
fn in_continuous_integration_failures_stand_at_the_end_again() {
    let report = run(vec![judgement(Outcome::Violated, "a")]);
    let again = TextOptions {
        repeat_failures: true,
        ..TextOptions::default()
    };
    let text = text(&report, again);
    assert_eq!(text.matches("received").count(), 2);
    assert_in_order(&text, &["what failed", "FAIL", "received", "exit 1"]);
}

#[test]
fn a_broken_recommendation_is_a_warning_unless_it_is_asked_to_fail() {
    let mut report = run(vec![recommendation(Outcome::Violated, "a")]);
    let lenient = text(&report, TextOptions::default());
    assert!(
        lenient.contains("WARN") && !lenient.contains("FAIL"),
        "{lenient}"
    );
    assert!(
        lenient.ends_with("exit 0 (all that was selected ran)\n"),
        "{lenient}"
    );

    let options = TextOptions {
        fail_on: FailOn::parse("must,should").unwrap(),
        ..TextOptions::default()
    };
    report.fail_on = options.fail_on;
    let strict = text(&report, options);
    assert!(
        strict.contains("FAIL") && strict.contains("exit 1"),
        "{strict}"
    );
}

#[test]
fn a_stale_deviation_is_told_once_when_all_cases_are_done() {
    let report = run(vec![
        judgement(Outcome::Stale, "a"),
        judgement(Outcome::Kept, "b"),
    ]);
    let text = text(&report, TextOptions::default());
    assert_eq!(text.matches("STALE").count(), 1);
    assert_in_order(&text, &["STALE", "reason     the reason", "exit 7"]);
}

#[test]
fn quiet_leaves_failures_and_the_last_line() {
    let report = run(vec![judgement(Outcome::Violated, "a")]);
    let quiet = TextOptions {
        quiet: true,
        ..TextOptions::default()
    };
    let text = text(&report, quiet);
    assert!(text.trim_start().starts_with("FAIL"), "{text}");
    assert!(!text.contains("not applicable"), "{text}");
    assert!(text.contains("exit 1"), "{text}");
}

#[test]
fn rules_without_a_judgement_are_named_with_the_reason() {
    let text = text(
        &run(vec![judgement(Outcome::Kept, "a")]),
        TextOptions::default(),
    );
    assert!(
        text.contains("not applicable  RPIL-2-18: the target refuses POST by declaration"),
        "{text}"
    );
}

#[test]
fn an_answer_of_the_target_cannot_steer_the_terminal() {
    let mut broken = judgement(Outcome::Violated, "a");
    broken.actual = Some("302 → https://rp.example/\u{1b}[2J\nexit 0".to_owned());
    let mut cut_off = case("b");
    cut_off.error = Some("the answer was \u{1b}]0;owned\u{7}".to_owned());
    let mut report = run(vec![broken, judgement(Outcome::Kept, "b")]);
    report.cases[1] = cut_off;
    let text = text(&report, TextOptions::default());
    assert!(text.contains("\\u{1b}[2J\\nexit 0"), "{text}");
    assert!(!text.contains('\u{7}'), "{text}");
    assert!(
        text.contains("also 3: the target could not be judged"),
        "{text}"
    );
}

#[test]
fn a_writer_that_fails_is_told_at_the_end() {
    struct Full;
    impl Write for Full {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::StorageFull.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    impl Output for Full {
        fn end(self) -> io::Result<()> {
            Ok(())
        }
    }
    let mut written = TextReport::new(Full, TextOptions::default());
    written.hear(&Event::Finished(&run(Vec::new())));
    assert!(Box::new(written).finish().is_err());
}
