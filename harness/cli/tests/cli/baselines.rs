use crate::signoff::Folder;
use serde_json::{Value, json};

/// The report of a run with a defect.
fn broken() -> Folder {
    let folder = Folder::new();
    let words = "run method/ --fault post-refused --quiet --report json=report.json";
    folder.signoff(words).with(1);
    folder
}

/// A baseline that knows every failure of the report.
fn known(folder: &Folder) -> Value {
    let report: Value = serde_json::from_str(&folder.read("report.json")).unwrap();
    let judgements = report["judgements"].as_array().unwrap();
    let violated = judgements
        .iter()
        .filter(|judgement| judgement["outcome"] == "violated");
    let entries: Vec<Value> = violated
        .map(|judgement| {
            json!({ "rule": judgement["rule"], "scenarios": [judgement["scenario"]], "reason": "post is refused" })
        })
        .collect();
    assert!(!entries.is_empty());
    json!({ "target": "pingone", "expected": entries })
}

#[test]
fn known_failures_are_in_order_and_others_are_not() {
    let folder = broken();
    let mut baseline = known(&folder);
    folder.write("known.json", &baseline.to_string());
    folder
        .signoff("baseline check --baseline known.json --report report.json")
        .with(0);
    let run = "run method/ --fault post-refused --quiet --baseline known.json --fail-on must,stale";
    let ended = folder.signoff(run).with(0);
    assert!(ended.out.contains("baselined"), "{}", ended.out);

    baseline["expected"].as_array_mut().unwrap().pop();
    folder.write("known.json", &baseline.to_string());
    let ended = folder
        .signoff("baseline check --baseline known.json --report report.json")
        .with(1);
    assert!(ended.out.contains("not in the baseline"), "{}", ended.out);
}

#[test]
fn a_known_failure_that_is_gone_is_stale() {
    let folder = broken();
    folder.write("known.json", &known(&folder).to_string());
    folder
        .signoff("run method/ --quiet --report json=clean.json")
        .with(0);
    let ended = folder
        .signoff("baseline check --baseline known.json --report clean.json")
        .with(7);
    assert!(ended.out.contains("not broken"), "{}", ended.out);
    folder
        .signoff("run method/ --quiet --baseline known.json")
        .with(7);
}

#[test]
fn two_runs_are_compared_verdict_by_verdict() {
    let folder = broken();
    folder.write("none.json", r#"{ "target": "pingone", "expected": [] }"#);
    folder
        .signoff("run method/ --quiet --report json=clean.json")
        .with(0);
    let same = "baseline check --baseline none.json --report clean.json --same-as";
    folder.signoff(&format!("{same} clean.json")).with(0);
    let ended = folder.signoff(&format!("{same} report.json")).with(7);
    assert!(
        ended.out.contains("differs between the runs"),
        "{}",
        ended.out
    );
}

#[test]
fn a_report_that_says_nothing_is_refused() {
    let folder = Folder::new();
    folder.write("none.json", r#"{ "target": "pingone", "expected": [] }"#);
    folder.write("empty.json", "{}");
    let words = "baseline check --baseline none.json --report";
    folder
        .signoff(&format!("{words} empty.json"))
        .with(2)
        .saying("no judgements");
    folder
        .signoff(&format!("{words} missing.json"))
        .with(2)
        .saying("cannot be read");
    folder.write(
        "gone.json",
        r#"{ "unreachable": "no connection", "judgements": [] }"#,
    );
    folder
        .signoff(&format!("{words} gone.json"))
        .with(3)
        .saying("no connection");
}

#[test]
fn an_update_asks_for_a_reason_and_pruning_takes_out_what_is_gone() {
    let folder = broken();
    let update = "baseline update --baseline known.json --report report.json";
    folder
        .signoff(update)
        .with(2)
        .saying("say with --reason why");
    let ended = folder
        .signoff(&format!("{update} --reason ticket-7 --until 2999-01-01"))
        .with(0);
    assert!(ended.out.contains("added"), "{}", ended.out);
    folder
        .signoff("baseline check --baseline known.json --report report.json")
        .with(0);
    let known: Value = serde_json::from_str(&folder.read("known.json")).unwrap();
    assert_eq!(known["target"], "pingone");
    assert_eq!(known["expected"][0]["reason"], "ticket-7");
    assert_eq!(known["expected"][0]["until"], "2999-01-01");
    assert!(known["expected"][0]["first_seen"].is_string());

    folder
        .signoff("run method/ --quiet --report json=clean.json")
        .with(0);
    folder
        .signoff("baseline prune --baseline known.json --report clean.json")
        .with(0);
    let known: Value = serde_json::from_str(&folder.read("known.json")).unwrap();
    assert_eq!(known["expected"], json!([]));
}

#[test]
fn an_entry_that_is_over_is_stale() {
    let folder = broken();
    let mut baseline = known(&folder);
    baseline["expected"][0]["until"] = json!("2020-01-01");
    folder.write("known.json", &baseline.to_string());
    let run = "run method/ --fault post-refused --quiet --baseline known.json --fail-on stale";
    let ended = folder.signoff(run).with(7);
    assert!(
        ended.out.contains("accepted until 2020-01-01"),
        "{}",
        ended.out
    );
    folder
        .signoff("baseline check --baseline known.json --report report.json")
        .with(7);
}
