use crate::signoff::Folder;
use serde_json::Value;

/// The JSON report without what differs from run to run: times, and what the parts cost.
fn report(folder: &Folder, name: &str) -> Value {
    let mut report: Value = serde_json::from_str(&folder.read(name)).unwrap();
    for cost in ["requests", "sign_ins", "duration_ms"] {
        report["summary"][cost] = Value::Null;
    }
    for case in report["cases"].as_array_mut().unwrap() {
        case["duration_ms"] = Value::Null;
    }
    report
}

/// Makes the run in three parts, and puts them together.
fn in_three_parts(folder: &Folder, words: &str, merged: &str) {
    for part in 1..=3 {
        let ended = folder.signoff(&format!(
            "run {words} --partition {part}/3 --report json=part-{part}.json"
        ));
        assert!([0, 1].contains(&ended.code), "{}\n{}", ended.out, ended.err);
        assert!(
            ended.out.contains(&format!("part {part} of 3")),
            "{}",
            ended.out
        );
    }
    folder.signoff(&format!(
        "merge part-2.json part-3.json part-1.json {merged}"
    ));
}

#[test]
fn three_parts_put_together_give_the_report_of_one_run() {
    let folder = Folder::new();
    for words in [
        "--dialect pingone --cases 0",
        "redirect/ hint/ state/ --dialect oidc --fault redirect-any --fault post-refused",
    ] {
        let whole = folder.signoff(&format!(
            "run {words} --report json=whole.json --report md=whole.md"
        ));
        in_three_parts(
            &folder,
            words,
            "--report json=merged.json --report md=merged.md --report junit=merged.xml",
        );
        assert_eq!(
            report(&folder, "whole.json"),
            report(&folder, "merged.json"),
            "{words}"
        );
        let after_costs = |name: &str| {
            folder
                .read(name)
                .lines()
                .skip(3)
                .collect::<Vec<_>>()
                .join("\n")
        };
        assert_eq!(after_costs("whole.md"), after_costs("merged.md"), "{words}");
        let again = folder.signoff("merge whole.json --quiet");
        assert_eq!(again.code, whole.code, "{}", again.out);
    }
}

#[test]
fn known_failures_are_held_against_the_whole_and_not_against_its_parts() {
    let folder = Folder::new();
    let words = "redirect/ method/ --fault post-refused";
    folder
        .signoff(&format!("run {words} --quiet --report json=first.json"))
        .with(1);
    folder
        .signoff("baseline update --baseline known.json --report first.json --reason ticket-7")
        .with(0);
    let words = format!("{words} --baseline known.json");
    folder.signoff(&format!("run {words} --quiet --report json=whole.json"));
    in_three_parts(&folder, &words, "--report json=merged.json");
    let merged = report(&folder, "merged.json");
    assert_eq!(report(&folder, "whole.json"), merged);
    assert!(
        merged["summary"]["baselined"].as_u64().unwrap() > 0,
        "{}",
        merged["summary"]
    );
    assert_eq!(merged["summary"]["violated"], 0);
}

#[test]
fn generated_cases_are_spread_too() {
    let folder = Folder::new();
    let words = "hint/valid --dialect oidc --fault state-dropped --cases 60 --keep kept";
    folder
        .signoff(&format!("run {words} --quiet --report json=whole.json"))
        .with(1);
    in_three_parts(&folder, words, "--report json=merged.json");
    let (whole, merged) = (
        report(&folder, "whole.json"),
        report(&folder, "merged.json"),
    );
    for figure in [
        "cases",
        "kept",
        "known",
        "violated",
        "undecided",
        "pairs_covered",
        "pairs_missing",
        "classes",
        "rules",
    ] {
        assert_eq!(
            whole["generated"][figure], merged["generated"][figure],
            "{figure}"
        );
    }
    assert!(
        !merged["generated"]["findings"]
            .as_array()
            .unwrap()
            .is_empty()
    );
}

#[test]
fn parts_that_do_not_belong_together_are_refused() {
    let folder = Folder::new();
    let part = |words: &str, name: &str| {
        folder
            .signoff(&format!(
                "run hint/ --dialect oidc --quiet {words} --report json={name}"
            ))
            .with(0);
    };
    part("--partition 1/2", "one.json");
    part("--partition 2/2", "two.json");
    part("--partition 2/2 --seed 5", "other.json");
    part("", "whole.json");
    folder.signoff("merge one.json two.json --quiet").with(0);
    folder
        .signoff("merge one.json")
        .with(2)
        .saying("the part 2/2 is missing");
    folder
        .signoff("merge one.json one.json two.json")
        .with(2)
        .saying("twice");
    folder
        .signoff("merge one.json other.json")
        .with(2)
        .saying("the seed differs");
    folder
        .signoff("run --partition 3/2")
        .with(2)
        .saying("is no part");
    folder
        .signoff("merge gone.json")
        .with(2)
        .saying("cannot be read");
}

#[test]
fn several_targets_stand_side_by_side_on_one_page() {
    let folder = Folder::new();
    folder
        .signoff("run hint/ --dialect oidc --quiet --report json=oidc.json")
        .with(0);
    folder
        .signoff("run hint/ --dialect pingone --fault redirect-any --report json=pingone.json")
        .with(1);
    folder
        .signoff("merge oidc.json pingone.json --report html=all.html --quiet")
        .with(1);
    let page = folder.read("all.html");
    assert!(page.contains("2 targets") && page.contains("pingone") && page.contains("oidc"));
    folder
        .signoff("merge oidc.json pingone.json --report junit=all.xml")
        .with(2)
        .saying("one target");
}
