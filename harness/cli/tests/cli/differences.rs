use crate::signoff::Folder;
use serde_json::Value;

/// The differences of two sides in these scenarios, as JSON.
fn between(folder: &Folder, words: &str, code: i32) -> Value {
    folder
        .signoff(&format!("diff {words} --json"))
        .with(code)
        .json()
}

#[test]
fn two_editions_of_a_product_differ_where_their_documentation_does() {
    let folder = Folder::new();
    let found = between(
        &folder,
        "mock:pingone mock:pingone/legacy hint/ client/alone",
        1,
    );
    assert_eq!(found["b"]["edition"], "legacy");
    let behaviour = found["behaviour"].as_array().unwrap();
    assert!(!behaviour.is_empty(), "{found}");
    for difference in behaviour {
        assert_ne!(difference["only_a"], difference["only_b"], "{difference}");
        assert!(!difference["scenarios"].as_array().unwrap().is_empty());
    }
    let alike = found["alike"].as_u64().unwrap();
    assert!(
        alike > 0 && alike < found["compared"].as_u64().unwrap(),
        "{found}"
    );
}

#[test]
fn a_defect_is_the_only_difference_that_is_told() {
    let folder = Folder::new();
    let sides = "mock:oidc mock:oidc+redirect-any redirect/";
    let found = between(&folder, sides, 1);
    let verdicts = found["verdicts"].as_array().unwrap();
    assert!(
        verdicts.iter().any(|verdict| verdict["rule"] == "RPIL-3-04"
            && verdict["a"] == "kept"
            && verdict["b"] == "violated"),
        "{found}"
    );
    let text = folder.signoff(&format!("diff {sides}")).with(1).out;
    for part in [
        "RPIL-3-04",
        "kept → violated",
        "behaviour",
        "faults redirect-any",
    ] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    let verdicts_only = folder
        .signoff(&format!("diff {sides} --verdicts-only"))
        .with(1)
        .out;
    assert!(!verdicts_only.contains("\nbehaviour\n"), "{verdicts_only}");
}

#[test]
fn a_target_does_not_differ_from_itself_nor_from_its_recorded_run() {
    let folder = Folder::new();
    folder.signoff("diff mock:oidc mock:oidc hint/").with(0);
    folder
        .signoff("run hint/ state/ --dialect oidc --quiet --report json=run.json")
        .with(0);
    let found = between(&folder, "run.json mock:oidc hint/", 0);
    assert!(found["compared"].as_u64().unwrap() > 10, "{found}");
    assert_eq!(found["unplayed"], serde_json::json!([]));
    let found = between(&folder, "mock:oidc+post-refused run.json hint/ method/", 1);
    assert!(!found["unplayed"].as_array().unwrap().is_empty(), "{found}");
}

#[test]
fn sides_that_do_not_exist_are_told() {
    let folder = Folder::new();
    folder
        .signoff("diff mock:oidc nobody")
        .with(2)
        .saying("nobody");
    folder
        .signoff("diff mock:oidd mock:oidc")
        .with(2)
        .saying("did you mean oidc?");
    folder
        .signoff("diff mock:pingone/2022 mock:pingone")
        .with(2)
        .saying("2022");
    folder
        .signoff("diff mock:oidc gone.json")
        .with(2)
        .saying("no such file");
    folder.write("empty.json", "{}");
    folder
        .signoff("diff mock:oidc empty.json")
        .with(2)
        .saying("no JSON report");
}
