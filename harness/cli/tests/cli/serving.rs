use crate::served::{Served, free_port, target_file};
use crate::signoff::Folder;
use serde_json::Value;
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

#[test]
fn the_line_for_scripts_has_the_members_of_the_contract() {
    let served = Served::start("serve --json");
    let members: Vec<&String> = served.line.as_object().unwrap().keys().collect();
    assert_eq!(members, ["url", "issuer", "control", "pid"]);
    assert!(served.text("issuer").starts_with(served.text("url")));
    assert_eq!(served.line["pid"], served.process.id());
}

#[test]
fn a_served_mock_is_probed_and_judged_over_http() {
    let served = Served::start("serve --dialect oidc --json");
    let folder = Folder::new();
    folder.write("signoff.toml", &served.target_file());
    let probe = folder.signoff("probe --target mock --json").with(0).json();
    assert_eq!(probe["sign_in"], true);
    assert_eq!(probe["sign_off"], true);
    assert!(probe["keys"].as_u64().unwrap() > 0);
    let report = folder
        .signoff("run --target mock hint/ redirect/registered --json")
        .with(0)
        .json();
    assert!(
        report["summary"]["kept"].as_u64().unwrap() > 100,
        "{}",
        report["summary"]
    );
    assert_eq!(report["target"], "mock");
}

#[test]
fn a_served_fault_is_found_over_http() {
    let served = Served::start("serve --dialect oidc --fault redirect-any --json");
    let folder = Folder::new();
    folder.write("signoff.toml", &served.target_file());
    let report = folder
        .signoff("run --target mock RPIL-3-04 redirect/ --json")
        .with(1)
        .json();
    let judgements = report["judgements"].as_array().unwrap();
    assert!(
        judgements
            .iter()
            .any(|judgement| judgement["outcome"] == "violated")
    );
}

#[cfg(unix)]
#[test]
fn a_signal_ends_it_in_order() {
    for signal in ["-INT", "-TERM"] {
        let mut served = Served::start("serve --json");
        let pid = served.process.id().to_string();
        let sent = Command::new("kill").args([signal, &pid]).status();
        assert!(sent.unwrap().success());
        assert_eq!(served.process.wait().unwrap().code(), Some(0), "{signal}");
    }
}

/// The words of a command line are parted at spaces, so the shell makes the space in the command.
#[cfg(unix)]
const SCRIPT: &str = "--start=.${IFS}./target.sh";

#[cfg(target_os = "linux")]
#[test]
fn a_target_that_is_started_for_the_run_is_ended_with_all_that_it_has_started() {
    let folder = Folder::new();
    let port = free_port();
    let issuer = format!("http://127.0.0.1:{port}/main");
    let file = target_file(&issuer, "secret-a", "password-of-alice");
    folder.write("signoff.toml", &file);
    let program = assert_cmd::cargo::cargo_bin("signoff");
    let serve = format!("{} serve --dialect oidc --port {port}", program.display());
    folder.write("target.sh", &format!("{serve} & echo $! > pid; wait"));
    let words = format!("run --target mine hint/valid {SCRIPT} --quiet --fail-on must");
    folder.signoff(&words).with(0);
    let stat = format!("/proc/{}/stat", folder.read("pid").trim());
    // What nobody has waited for yet is a zombie, and as good as gone.
    let is_gone = || {
        std::fs::read_to_string(&stat).map_or(true, |line| {
            line.rsplit_once(')')
                .is_some_and(|(_, rest)| rest.starts_with(" Z"))
        })
    };
    // Whoever is killed needs a moment to die.
    let began = std::time::Instant::now();
    while !is_gone() && began.elapsed().as_secs() < 20 {
        std::thread::yield_now();
    }
    let gone = is_gone();
    assert!(gone, "the program that the target started lives on");
}

#[cfg(unix)]
#[test]
fn a_target_that_is_there_already_is_not_taken_for_the_one_that_was_started() {
    let served = Served::start("serve --dialect oidc --json");
    let folder = Folder::new();
    folder.write("signoff.toml", &served.target_file());
    folder.write("target.sh", "touch started; sleep 600");
    let words = format!("run --target mock hint/valid {SCRIPT} --quiet");
    let ended = folder.signoff(&words).with(2);
    ended.saying("before --start has started anything");
    assert!(!folder.path("started").exists());
}

#[cfg(unix)]
#[test]
fn a_target_that_does_not_start_is_told_with_its_last_words() {
    let folder = Folder::new();
    folder.write("target.sh", "echo no database; exit 7");
    let words = format!("run --target mock {SCRIPT} --ready http://127.0.0.1:9/");
    let ended = folder.signoff(&words).with(3);
    ended.saying("exit code 7").saying("no database");
}

const FILE: &str = r#"
[server]
address = "127.0.0.1:0"

[[tenants]]
id = "staging"
dialect = "oidc"
"#;

#[test]
fn a_file_is_served_and_followed_and_keeps_what_it_was_while_it_is_wrong() {
    let folder = Folder::new();
    folder.write("mock.toml", FILE);
    let mut command = Command::new(assert_cmd::cargo::cargo_bin("signoff"));
    command
        .args(["serve", "--json", "--config"])
        .arg(folder.path("mock.toml"))
        .stderr(Stdio::piped());
    let mut served = Served::of(command);
    assert!(served.text("issuer").ends_with("/staging"));
    let mut told = BufReader::new(served.process.stderr.take().unwrap()).lines();
    folder.write("mock.toml", "[[tenants]]\nid = 3");
    let line = told.next().unwrap().unwrap();
    assert!(line.contains("nothing was changed"), "{line}");
    folder.write("mock.toml", &FILE.replace("staging", "production"));
    let again = told.find(|line| line.as_ref().unwrap().contains("was read again"));
    assert!(again.is_some());
}

#[test]
fn a_file_is_validated_and_its_schema_is_printed() {
    let folder = Folder::new();
    folder.write("good.toml", FILE);
    folder.write("bad.toml", &FILE.replace("dialect", "dialekt"));
    let good = folder
        .signoff("serve --config good.toml --validate")
        .with(0);
    assert!(good.out.contains("good.toml is good"), "{}", good.out);
    let bad = folder.signoff("serve --config bad.toml --validate").with(2);
    assert!(
        bad.err.contains("bad.toml:7") && bad.err.contains("dialekt"),
        "{}",
        bad.err
    );
    let schema = folder.signoff("serve --schema").with(0).json();
    assert!(schema["properties"]["tenants"].is_object());
    folder
        .signoff("serve --config good.toml --fault redirect-any")
        .with(2);
}

/// How to sign in at the mock's pages, declared.
const STEPS: &str = r#"
login = { kind = "steps", steps = [
  { fetch = "{authorization_url}" },
  { expect = "password", status = 200 },
  { fill = { username = "{user}", password = "{password}" }, submit = "" },
] }
"#;

#[test]
fn a_declared_sign_in_leads_to_the_same_verdicts_as_a_recognised_one() {
    let served = Served::start("serve --dialect oidc --json");
    let folder = Folder::new();
    let verdicts = |file: &str| {
        folder.write("signoff.toml", file);
        let words = "run --target mock hint/valid session/ --json --fail-on must";
        let report = folder.signoff(words).with(0).json();
        let judgements = report["judgements"].as_array().unwrap().iter();
        judgements
            .map(|j| [&j["rule"], &j["scenario"], &j["outcome"]].map(Value::to_string))
            .collect::<Vec<_>>()
    };
    let recognised = verdicts(&served.target_file());
    let declared = verdicts(&(served.target_file() + STEPS));
    assert!(!recognised.is_empty());
    let apart = |one: &[[String; 3]], other: &[[String; 3]]| -> Vec<[String; 3]> {
        let lacking = one.iter().filter(|verdict| !other.contains(verdict));
        lacking.cloned().collect()
    };
    assert_eq!(apart(&recognised, &declared), apart(&declared, &recognised));
}

#[test]
fn a_step_that_does_not_fit_the_page_is_told_with_its_number_and_what_is_there() {
    let served = Served::start("serve --dialect oidc --json");
    let folder = Folder::new();
    let told = |steps: &str| {
        folder.write("signoff.toml", &(served.target_file() + steps));
        folder.signoff("run --target mock hint/valid").with(3).out
    };
    let out = told(&STEPS.replace("username =", "login ="));
    assert!(out.contains("step 3") && out.contains("username"), "{out}");
    let out = told(&STEPS.replace("{password}", "wrong"));
    assert!(out.contains("did not lead back"), "{out}");
    let out = told(&STEPS.replace("status = 200", "status = 302"));
    assert!(
        out.contains("step 2") && out.contains("expected status 302"),
        "{out}"
    );
    assert!(!out.contains("password-of-alice"), "{out}");
}

#[test]
fn all_dialects_are_served_from_one_file_that_can_be_printed() {
    let folder = Folder::new();
    let printed = folder.signoff("serve --print-config").with(0).out;
    let anywhere = "[server]\naddress = \"127.0.0.1:0\"\n\n";
    assert!(!printed.contains("[server]"), "{printed}");
    folder.write("all.toml", &(anywhere.to_owned() + &printed));
    let path = folder.path("all.toml").display().to_string();
    for words in [
        "serve --dialect all --json".to_owned(),
        format!("serve --config {path} --json"),
    ] {
        let served = Served::start(&words);
        let health = format!("{}/health", served.text("control"));
        let shown = Command::new("curl").args(["-sS", &health]).output();
        let Ok(shown) = shown else {
            return; // There is no curl here.
        };
        let shown: Value = serde_json::from_slice(&shown.stdout).unwrap();
        let tenants = shown["tenants"].as_array().unwrap();
        for dialect in ["pingone", "oidc", "identityserver", "workos"] {
            let found = tenants.iter().any(|tenant| tenant["dialect"] == dialect);
            assert!(found, "{dialect} is not in {shown}");
        }
    }
}
