//! `SUPPORTED.md` says what the code does, and every test that it names exists.

#![expect(
    clippy::disallowed_methods,
    reason = "the document and the tests it names are files"
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use mock_idp_core::supported::{CHECKS, ROWS, markdown};
use mock_idp_core::{HintStep, STEPS};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

#[test]
fn the_document_is_the_one_the_code_writes() {
    let file = folder().join("SUPPORTED.md");
    let now = markdown();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&file, &now).expect("the document can be written");
    }
    let written = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        written == now,
        "SUPPORTED.md differs from the code:\n\n    UPDATE=1 cargo test -p mock-idp-core --test supported\n"
    );
}

/// The names of all tests in a folder and below.
fn tests_in(folder: &Path, names: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            tests_in(&path, names);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = std::fs::read_to_string(&path).expect("a source file");
            let attributes = text.split("test]").skip(1);
            let name = attributes.filter_map(|rest| {
                let declared = rest.lines().nth(1)?;
                Some(declared.split_once("fn ")?.1.split_once('(')?.0.to_owned())
            });
            names.extend(name);
        }
    }
}

#[test]
fn every_test_that_the_document_names_exists_and_every_sentence_has_one() {
    let mut names = BTreeSet::new();
    tests_in(&folder().join("core/tests"), &mut names);
    tests_in(&folder().join("server/tests"), &mut names);
    let mut ids = BTreeSet::new();
    for row in ROWS {
        assert!(ids.insert(row.id), "{} stands twice", row.id);
        assert!(!row.tests.is_empty(), "{} is shown by nothing", row.id);
        for test in row.tests {
            assert!(names.contains(*test), "{}: there is no test {test}", row.id);
        }
    }
}

#[test]
fn the_sentences_are_numbered_without_a_gap() {
    let mut last = ("", 0);
    for row in ROWS {
        let (family, number) = row.id.rsplit_once('-').expect("FAMILY-NUMBER");
        let number: u32 = number.parse().expect("a number");
        let expected = if last.0 == family { last.1 + 1 } else { 1 };
        assert_eq!(number, expected, "{}", row.id);
        last = (family, number);
    }
}

#[test]
fn the_steps_of_the_hint_are_listed_in_the_order_in_which_they_are_taken() {
    let listed: Vec<_> = CHECKS.iter().filter_map(|check| check.step).collect();
    let taken = STEPS.iter().copied();
    // No right-minded provider takes the first two of these, only a fault does; the others are the plain provider's and
    // IdentityServer's, of which this list says nothing.
    let elsewhere = [
        HintStep::SessionPresent,
        HintStep::SessionOfHint,
        HintStep::SessionRecent,
        HintStep::Length,
        HintStep::SessionUserIfNamed,
        HintStep::SessionItself,
    ];
    let taken: Vec<_> = taken.filter(|step| !elsewhere.contains(step)).collect();
    assert_eq!(listed, taken);
}
