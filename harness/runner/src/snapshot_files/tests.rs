use super::*;

const SCENARIO: &str = "redirect/unregistered/sub-path";
const PURPOSE: &str = "A path that goes on: \"is\" it #registered?";

fn in_folder() -> (tempfile::TempDir, SnapshotFiles) {
    let root = tempfile::tempdir().unwrap();
    let files = SnapshotFiles::new(root.path(), "pingone");
    (root, files)
}

fn settle(files: &SnapshotFiles, text: &str, mode: SnapshotMode) -> Option<DriftKind> {
    let drift = files.settle(SCENARIO, PURPOSE, text, mode).unwrap();
    drift.map(|drift| drift.kind)
}

#[test]
fn insta_reads_what_is_written() {
    let (root, files) = in_folder();
    settle(
        &files,
        "status 302\n\n---\nto signed-off",
        SnapshotMode::Accept,
    );
    let path = root
        .path()
        .join("pingone/redirect__unregistered__sub-path.snap");
    let snapshot = insta::Snapshot::from_file(&path).unwrap();
    assert_eq!(snapshot.metadata().description(), Some(PURPOSE));
    assert_eq!(snapshot.metadata().source(), Some("signoff"));
    let insta::internals::SnapshotContents::Text(text) = snapshot.contents() else {
        panic!("a text snapshot");
    };
    assert_eq!(text.to_string(), "status 302\n\n---\nto signed-off");
    assert_eq!(
        files.accepted(SCENARIO).unwrap().as_deref(),
        Some("status 302\n\n---\nto signed-off")
    );
}

#[test]
fn a_snapshot_that_insta_has_rewritten_is_read() {
    let (root, files) = in_folder();
    fs::create_dir_all(files.folder()).unwrap();
    let path = root
        .path()
        .join("pingone/redirect__unregistered__sub-path.snap");
    let rewritten =
        "---\nsource: signoff\ndescription: short\nsnapshot_kind: text\n---\nstatus 302\n";
    fs::write(path, rewritten).unwrap();
    assert_eq!(settle(&files, "status 302", SnapshotMode::Check), None);
}

#[test]
fn checking_compares_and_writes_nothing() {
    let (root, files) = in_folder();
    assert_eq!(
        settle(&files, "a", SnapshotMode::Check),
        Some(DriftKind::New)
    );
    assert_eq!(fs::read_dir(root.path()).unwrap().count(), 0);
    settle(&files, "a", SnapshotMode::Accept);
    assert_eq!(settle(&files, "a\n", SnapshotMode::Check), None);
    assert_eq!(
        settle(&files, "b", SnapshotMode::Check),
        Some(DriftKind::Changed)
    );
    assert!(files.pending().unwrap().is_empty());
}

#[test]
fn a_change_waits_until_it_is_accepted_or_rejected() {
    let (_root, files) = in_folder();
    settle(&files, "a", SnapshotMode::Accept);
    assert_eq!(
        settle(&files, "b", SnapshotMode::New),
        Some(DriftKind::Changed)
    );
    let pending = files.pending().unwrap();
    assert_eq!(pending.len(), 1);
    assert_eq!(pending[0].scenario, SCENARIO);
    assert!(
        pending[0].diff().contains("-a\n+b"),
        "{}",
        pending[0].diff()
    );

    files.reject(SCENARIO).unwrap();
    assert!(files.pending().unwrap().is_empty());
    assert_eq!(files.accepted(SCENARIO).unwrap().as_deref(), Some("a"));

    settle(&files, "c", SnapshotMode::New);
    files.accept(SCENARIO).unwrap();
    assert_eq!(files.accepted(SCENARIO).unwrap().as_deref(), Some("c"));
    assert!(files.accept(SCENARIO).is_err());
}

#[test]
fn a_change_that_is_gone_no_longer_waits() {
    let (_root, files) = in_folder();
    settle(&files, "a", SnapshotMode::Accept);
    settle(&files, "b", SnapshotMode::New);
    settle(&files, "a", SnapshotMode::New);
    assert!(files.pending().unwrap().is_empty());
}

#[test]
fn continuous_integration_writes_only_what_was_asked_for_by_name() {
    assert_eq!(SnapshotMode::New.in_ci(true), SnapshotMode::Check);
    assert_eq!(SnapshotMode::New.in_ci(false), SnapshotMode::New);
    assert_eq!(SnapshotMode::Accept.in_ci(true), SnapshotMode::Accept);
}

#[test]
fn orphans_and_waiting_changes_are_faults_of_the_folder() {
    let (_root, files) = in_folder();
    settle(&files, "a", SnapshotMode::Accept);
    settle(&files, "b", SnapshotMode::New);
    let kinds = |known: &[&str]| -> Vec<DriftKind> {
        let faults = files.faults(known.iter().copied(), SnapshotMode::Check);
        faults
            .unwrap()
            .into_iter()
            .map(|drift| drift.kind)
            .collect()
    };
    assert_eq!(kinds(&[SCENARIO]), [DriftKind::Pending]);
    assert_eq!(
        kinds(&["hint/valid"]),
        [DriftKind::Orphan, DriftKind::Pending]
    );
    let off = files.faults([], SnapshotMode::Off).unwrap();
    assert!(off.is_empty());
}

#[test]
fn no_id_leads_out_of_the_folder() {
    for id in ["../../etc/passwd", "/etc/passwd", "a\\..\\b", "..", "a\0b"] {
        let stem = file_stem(id);
        assert!(
            !stem.contains(['/', '\\', '\0']) && !stem.starts_with('.'),
            "{stem}"
        );
    }
}

#[test]
fn every_target_under_a_root_is_found() {
    let root = tempfile::tempdir().unwrap();
    for target in ["pingone", "oidc"] {
        let files = SnapshotFiles::new(root.path(), target);
        settle(&files, "a", SnapshotMode::Accept);
    }
    let all = SnapshotFiles::all(root.path()).unwrap();
    let names: Vec<_> = all
        .iter()
        .filter_map(|files| files.folder().file_name())
        .collect();
    assert_eq!(names, ["oidc", "pingone"]);
    assert!(
        SnapshotFiles::all(&root.path().join("none"))
            .unwrap()
            .is_empty()
    );
}

#[test]
fn a_file_that_cannot_be_read_is_not_taken_for_a_missing_one() {
    let (root, files) = in_folder();
    let path = root
        .path()
        .join("pingone/redirect__unregistered__sub-path.snap");
    fs::create_dir_all(&path).unwrap();
    assert!(
        files
            .settle(SCENARIO, PURPOSE, "a", SnapshotMode::Check)
            .is_err()
    );
}

#[test]
fn an_edition_has_snapshots_only_where_it_behaves_otherwise() {
    let (root, base) = in_folder();
    settle(&base, "a", SnapshotMode::Accept);
    let edition =
        SnapshotFiles::new(root.path(), "pingone-legacy").resembling(root.path(), "pingone");
    assert!(edition.exists());
    assert_eq!(settle(&edition, "a", SnapshotMode::Check), None);
    assert_eq!(
        settle(&edition, "b", SnapshotMode::Check),
        Some(DriftKind::Changed)
    );
    settle(&edition, "b", SnapshotMode::Accept);
    assert_eq!(settle(&edition, "b", SnapshotMode::Check), None);
    assert_eq!(
        settle(&edition, "a", SnapshotMode::Check),
        Some(DriftKind::Changed)
    );
    assert_eq!(settle(&base, "a", SnapshotMode::Check), None);
}
