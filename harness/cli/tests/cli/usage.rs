use crate::signoff::Folder;

/// Words on the command line, the exit code, and a part of what is said.
const MISTAKES: &[(&str, &str)] = &[
    ("run redirect/unregisterd", "did you mean redirect/"),
    ("run RPIL-3-40", "did you mean RPIL-3-04"),
    ("run --dialect odic", "did you mean oidc"),
    ("run --fault redirct-any", "did you mean redirect-any"),
    (
        "run --fault confirm-replay --dialect pingone",
        "use --dialect oidc",
    ),
    ("run --fail-on musst", "is not one of must"),
    ("run --report jsn=x", "did you mean `json`"),
    ("run --report json", "not of the form FORMAT=PATH"),
    ("run --report pdf=x", "there are text, json, ndjson"),
    (
        "run --json --report text=-",
        "two reports cannot go to the same place",
    ),
    ("run --rate 5/h", "no unit of a rate"),
    ("run --timeout 0", "invalid value"),
    ("run --seed many", "invalid value"),
    ("run --cases many", "invalid value"),
    ("run --max-time 5x", "is no time; write 90s"),
    ("run --case 3 --cases 5", "cannot be used with"),
    (
        "replay no-such-file.toml",
        "no file, folder or kept case is called no-such-file.toml",
    ),
    ("run --edition 1999", "no edition `1999`"),
    ("run --target staging --fault redirect-any", "embedded mock"),
    ("run --baseline none.json", "none.json cannot be read"),
    ("run --no-such-flag", "--no-such-flag"),
    ("run --start true", "--start is for a target over HTTP"),
    ("run --ready http://127.0.0.1:1", "--start"),
    ("explain RPIL-3-40", "did you mean RPIL-3-04"),
    (
        "list no-such-thing",
        "no rule or scenario is called no-such-thing",
    ),
    ("list --faults redirct-any", "did you mean redirect-any"),
    ("list --rules --faults", "cannot be used with"),
    ("serve --dialect odic", "did you mean oidc"),
    ("serve --fault redirct-any", "did you mean redirect-any"),
    ("snap pending", "no folder `snapshots`"),
    ("rnu", "rnu"),
    ("", "Usage"),
];

#[test]
fn a_mistake_in_usage_is_told_and_ends_with_2() {
    let folder = Folder::new();
    for (words, said) in MISTAKES {
        folder.signoff(words).with(2).saying(said);
    }
}

#[test]
fn what_is_not_built_yet_says_so_and_ends_with_2() {
    let flags = ["--jobs 4"];
    let folder = Folder::new();
    for flag in flags {
        let ended = folder.signoff(&format!("run {flag}")).with(2);
        let name = flag.split(' ').next().unwrap();
        ended.saying(name).saying("not built yet");
    }
}

#[test]
fn a_rule_that_cannot_be_judged_here_leaves_nothing_to_run() {
    let folder = Folder::new();
    folder
        .signoff("run P1-SO-01 --dialect oidc")
        .with(4)
        .saying("does not speak for oidc");
    folder
        .signoff("run RPIL-2-02")
        .with(4)
        .saying("binds the RP");
}

#[test]
fn help_and_version_are_no_mistakes() {
    let folder = Folder::new();
    assert!(
        folder
            .signoff("--version")
            .with(0)
            .out
            .starts_with("signoff ")
    );
    let help = folder.signoff("run --help").with(0).out;
    for flag in ["--fail-on", "--snapshots", "--partition", "--dry-run"] {
        assert!(help.contains(flag), "{flag} is not in {help}");
    }
}

#[test]
fn the_environment_stands_in_for_flags_that_are_not_given() {
    let folder = Folder::new();
    let seed = |words: &str| {
        let ended =
            folder.signoff_with(words, &[("SIGNOFF_SEED", "77"), ("SIGNOFF_TARGET", "none")]);
        ended.with(0).json()["seed"].clone()
    };
    assert_eq!(seed("run hint/valid --dialect oidc --json"), 77);
    assert_eq!(seed("run hint/valid --dialect oidc --json --seed 5"), 5);
    let of_environment = folder.signoff_with("run", &[("SIGNOFF_TARGET", "none")]);
    of_environment.with(2).saying("no target is called `none`");
}

#[test]
fn colours_are_for_terminals_and_for_those_who_ask() {
    let folder = Folder::new();
    let plain = folder.signoff("explain RPIL-3-04").with(0).out;
    assert!(!plain.contains('\u{1b}'), "{plain}");
    let coloured = folder
        .signoff("--color always explain RPIL-3-04")
        .with(0)
        .out;
    assert!(coloured.contains('\u{1b}'), "{coloured}");
    let wanted_by_none = folder.signoff_with("explain RPIL-3-04", &[("NO_COLOR", "1")]);
    assert!(!wanted_by_none.out.contains('\u{1b}'));
}
