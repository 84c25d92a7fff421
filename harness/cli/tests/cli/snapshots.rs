use crate::signoff::Folder;
use std::fs;

const RUN: &str = "run method/ --quiet";

/// A folder in which the family `method/` was recorded.
fn recorded() -> Folder {
    let folder = Folder::new();
    folder.signoff(&format!("{RUN} --snapshots accept")).with(0);
    folder
}

/// Changes one recorded file, and gives its name.
fn changed(folder: &Folder) -> String {
    let mut files: Vec<_> = fs::read_dir(folder.path("snapshots/pingone"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    files.sort();
    let name = format!("snapshots/pingone/{}", files[0]);
    let text = folder.read(&name);
    folder.write(&name, &text.replace("status: ", "status: 1"));
    name
}

#[test]
fn nothing_is_compared_where_nothing_was_recorded() {
    let folder = Folder::new();
    folder.signoff(RUN).with(0);
    folder.signoff(&format!("{RUN} --snapshots check")).with(6);
    assert!(!folder.path("snapshots").exists());
}

#[test]
fn what_was_recorded_is_compared_from_then_on() {
    let folder = recorded();
    folder.signoff(RUN).with(0);
    let name = changed(&folder);
    let ended = folder.signoff(RUN).with(6);
    assert!(
        ended.out.contains("DRIFT") && ended.out.contains("+    status: ")
            || ended.out.contains("+  status: "),
        "{}",
        ended.out
    );
    folder.signoff(&format!("{RUN} --fail-on must")).with(0);
    folder.signoff(&format!("{RUN} --snapshots off")).with(0);
    assert!(!folder.path(&format!("{name}.new")).exists());
}

#[test]
fn a_change_waits_for_review_and_is_accepted_or_rejected() {
    let folder = recorded();
    let name = changed(&folder);
    folder.signoff(&format!("{RUN} --snapshots new")).with(6);
    assert!(folder.path(&format!("{name}.new")).exists());
    let pending = folder.signoff("snap pending").with(6).out;
    assert!(
        pending.contains("pingone  method/") && pending.contains("changed"),
        "{pending}"
    );
    let review = folder.signoff("snap review").with(6).out;
    assert!(review.contains("status: "), "{review}");
    folder
        .signoff("snap reject redirect/")
        .with(2)
        .saying("snap pending");

    folder.signoff("snap accept method/").with(0);
    folder.signoff(RUN).with(0);
    let none = folder.signoff("snap pending").with(0).out;
    assert!(none.contains("no change waits"), "{none}");

    changed(&folder);
    folder.signoff(&format!("{RUN} --snapshots new")).with(6);
    folder.signoff("snap reject").with(0);
    folder.signoff("snap pending").with(0);
    folder.signoff(RUN).with(6);
}

#[test]
fn continuous_integration_writes_nothing() {
    let folder = recorded();
    let name = changed(&folder);
    let ci = [("CI", "true")];
    folder
        .signoff_with(&format!("{RUN} --snapshots new"), &ci)
        .with(6);
    assert!(!folder.path(&format!("{name}.new")).exists());
}

#[test]
fn under_a_fault_the_behaviour_is_not_the_products() {
    let folder = recorded();
    changed(&folder);
    let ended = folder
        .signoff(&format!("{RUN} --fault post-refused"))
        .with(1);
    assert!(ended.out.contains("drift 0"), "{}", ended.out);
}
