//! The parsers of the harness against the corpus of the fuzz targets: every file as it is, and damaged in many ways.

#![expect(
    clippy::disallowed_methods,
    reason = "tests read the files of the corpus"
)]

#[path = "../../../fuzz/src/lib.rs"]
#[expect(unreachable_pub, reason = "for the fuzz targets it is a library")]
mod checks;

use checks::TARGETS;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use std::fs;
use std::path::PathBuf;

/// The files of a target's corpus by name.
fn corpus(target: &str) -> Vec<(String, Vec<u8>)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../fuzz/corpus")
        .join(target);
    let entries =
        fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<(String, Vec<u8>)> = entries
        .map(|entry| entry.expect("an entry"))
        .map(|entry| {
            let bytes = fs::read(entry.path()).expect("a file");
            (entry.file_name().to_string_lossy().into_owned(), bytes)
        })
        .collect();
    files.sort();
    files
}

#[test]
fn every_target_has_a_corpus_and_every_corpus_a_target() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus");
    let mut folders: Vec<String> = fs::read_dir(folder)
        .expect("the corpus")
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    folders.sort();
    let mut names: Vec<&str> = TARGETS.iter().map(|(name, _)| *name).collect();
    names.sort_unstable();
    assert_eq!(folders, names);
    for name in names {
        assert!(corpus(name).len() >= 3, "{name}");
    }
}

#[test]
fn every_file_of_the_corpus_holds() {
    for (name, check) in TARGETS {
        for (file, bytes) in corpus(name) {
            let held = std::panic::catch_unwind(|| check(&bytes));
            assert!(held.is_ok(), "fuzz/corpus/{name}/{file}");
        }
    }
}

/// One damage: where, how many bytes go, and what comes in their place.
type Damage = (Index, usize, Vec<u8>);

fn damages() -> impl Strategy<Value = Vec<Damage>> {
    let known = select(vec![
        &b"\r\n"[..],
        b"\n",
        b"\"",
        b"'",
        b"=",
        b";",
        b".",
        b"<",
        b"</",
        b"${",
        b"---\n",
        b"\0",
        b"\xff",
        b"\xf0\x9f",
        b"99999999999999999999",
        b"-1",
        b"%zz",
    ]);
    let piece = prop_oneof![3 => known.prop_map(<[u8]>::to_vec), 1 => vec(any::<u8>(), 0..6)];
    vec((any::<Index>(), 0_usize..12, piece), 1..5)
}

fn damaged(bytes: &[u8], damages: &[Damage]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for (at, gone, piece) in damages {
        let at = at.index(bytes.len() + 1);
        let end = bytes.len().min(at + gone);
        bytes.splice(at..end, piece.iter().copied());
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

    #[test]
    fn damaged_files_hold_too(damages in damages(), file in any::<Index>()) {
        for (name, check) in TARGETS {
            let files = corpus(name);
            let (_, bytes) = file.get(&files);
            check(&damaged(bytes, &damages));
        }
    }

    #[test]
    fn noise_holds_too(bytes in vec(any::<u8>(), 0..200)) {
        for (_, check) in TARGETS {
            check(&bytes);
        }
    }
}
