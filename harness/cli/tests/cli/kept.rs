//! Cases in files: what a search keeps, what becomes of it when it is sent again, and what people write by hand.

use crate::served::Served;
use crate::signoff::Folder;
use std::fs;

/// Finds the fault of the mock, and keeps what it finds in this folder.
fn search(folder: &Folder, kept: &str) {
    let words = "run RPIL-3-04 --dialect oidc --fault redirect-any --cases 300 --seed 3 -q --keep";
    folder.signoff(&format!("{words} {kept}")).with(1);
}

/// The files of a folder, by name.
fn files(folder: &Folder, kept: &str) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = fs::read_dir(folder.path(kept))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, fs::read_to_string(path).unwrap())
        })
        .collect();
    files.sort();
    files
}

#[test]
fn the_same_seed_keeps_the_same_files_byte_for_byte_and_no_secret_is_in_them() {
    let folder = Folder::new();
    search(&folder, "one");
    search(&folder, "two");
    let kept = files(&folder, "one");
    assert!(!kept.is_empty());
    assert_eq!(kept, files(&folder, "two"));
    for (name, text) in kept {
        assert!(
            !text.contains("-password") && !text.contains("eyJ"),
            "{name}: {text}"
        );
    }
}

#[test]
fn every_kept_file_fails_again_where_it_was_found_and_is_fixed_where_the_defect_is_gone() {
    let folder = Folder::new();
    search(&folder, "kept");
    let count = files(&folder, "kept").len();
    let verdicts = |words: &str, code: i32, verdict: &str| {
        let out = folder.signoff(words).with(code).out;
        let lines = out.lines().filter(|line| line.starts_with(verdict));
        assert_eq!(lines.count(), count, "{out}");
        out
    };
    let again = "replay kept --dialect oidc --fault redirect-any";
    let first = verdicts(again, 1, "FAILED");
    assert_eq!(verdicts(again, 1, "FAILED"), first);
    verdicts("replay kept --dialect oidc", 0, "FIXED");
}

/// The example of the README.
fn example() -> String {
    let readme = include_str!("../../../../README.md");
    let (_, behind) = readme.split_once("## Scenarios of your own").unwrap();
    let (_, block) = behind.split_once("```toml\n").unwrap();
    block.split_once("```").unwrap().0.to_owned()
}

#[test]
fn the_example_of_the_readme_is_a_scenario_and_is_judged() {
    let folder = Folder::new();
    folder.write("mine/sub-path.toml", &example());
    let out = folder.signoff("replay mine --dialect oidc").with(0).out;
    assert!(out.starts_with("KEPT "), "{out}");
    let broken = "replay mine --dialect oidc --fault redirect-any";
    let out = folder.signoff(broken).with(1).out;
    assert!(out.contains("RPIL-3-04"), "{out}");
}

/// Over two connections at the same moment, and in memory one after the other: the defect is the same.
#[test]
fn a_double_click_is_judged_over_http_as_in_memory() {
    let fault = "--dialect oidc --fault overlap-writes-back";
    let served = Served::start(&format!("serve {fault} --json"));
    let clean = Served::start("serve --dialect oidc --json");
    let folder = Folder::new();
    let of_clean = clean.target_file().replace("target.mock", "target.clean");
    folder.write("signoff.toml", &(served.target_file() + &of_clean));
    let twice = |member: &str| {
        let text = example().replace(r#", operation = { append = "/x" }"#, "");
        let text = text.replace(
            r#"if-asked   = "yes""#,
            r#"if-asked   = "yes-twice-at-once""#,
        );
        text.replace(r#"sent       = "once""#, member)
    };
    folder.write("mine/answer.toml", &twice(""));
    for words in [fault, "--target mock"] {
        let words = format!("replay mine/answer.toml {words}");
        let out = folder.signoff(&words).with(1).out;
        assert!(out.contains("RPIL-2-29") && out.contains("CSS-06"), "{out}");
    }
    let request = twice(r#"sent = "twice-at-once""#);
    folder.write(
        "mine/request.toml",
        &request.replace("our-app/sub-path", "our-app/both"),
    );
    for words in ["--dialect oidc", "--dialect pingone", "--target clean"] {
        let out = folder.signoff(&format!("replay mine {words}")).with(0).out;
        let kept = out.lines().filter(|line| line.starts_with("KEPT "));
        assert_eq!(kept.count(), 2, "{out}");
    }
}

#[test]
fn a_mistake_in_a_scenario_is_told_with_its_file_and_place() {
    let folder = Folder::new();
    folder.write(
        "mine/one.toml",
        &example().replace("of-sign-in = 0", "of-sign-in = 1"),
    );
    let told = "step 2 names sign-in 1, but 1 went before it";
    let ended = folder
        .signoff("replay mine --dialect oidc")
        .with(2)
        .saying(told);
    ended.saying("one.toml");
    folder.write("mine/one.toml", &example().replace("append", "apend"));
    let ended = folder.signoff("replay mine --dialect oidc").with(2);
    ended.saying("apend");
    folder.write("mine/one.toml", &example());
    folder.write("mine/two.toml", &example());
    let ended = folder.signoff("replay mine --dialect oidc").with(2);
    ended.saying("give one of them another");
    let taken = example().replace("redirect/our-app/sub-path", "hint/valid");
    folder.write("other/one.toml", &taken);
    let ended = folder.signoff("run --dialect oidc --keep other").with(2);
    ended.saying("hint/valid is that of a scenario of signoff");
}
