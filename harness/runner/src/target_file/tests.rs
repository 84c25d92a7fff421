use super::*;
use signoff_engine::SignInKind;
use signoff_engine::target::SignInStep;
use std::fs;
use std::path::PathBuf;

const STAGING: &str = r#"
"$schema" = "signoff.schema.json"

[target.staging]
description  = "the tenant for tests"
dialect      = "oidc"
issuer       = "https://id.example/"
client       = { id = "web", secret = "${WEB_SECRET}", redirect = ["https://app.example/cb"], post_logout = ["https://app.example/bye"] }
other_client = { id = "other", redirect = ["https://other.example/cb"] }
own_origins  = ["https://login.example"]
user         = { name = "alice", password = "${ALICE_PW}" }
other_user   = { name = "bob", password = "pw$${x}" }
login        = { kind = "form", username_field = "login" }
scope        = "openid profile"
timeout_seconds = 3

[[target.staging.deviation]]
rule   = "RPIL-2-18"
when   = "method = POST"
by     = "status 404"
reason = "POST is off by decision"
until  = "2027-03-01"
"#;

fn environment() -> Environment {
    let variables = [("WEB_SECRET", "s3cret"), ("ALICE_PW", "hunter2")];
    variables
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

fn read_on(text: &str, today: jiff::civil::Date) -> Result<Loaded, TargetFileError> {
    let environment = environment();
    let reader = Reader {
        environment: &environment,
        today,
    };
    reader.read(Path::new("folder/signoff.toml"), text, "staging")
}

fn read(text: &str) -> Result<Loaded, TargetFileError> {
    read_on(text, jiff::civil::date(2026, 11, 21))
}

/// The error for the file with one change.
fn wrong(from: &str, to: &str) -> String {
    assert!(STAGING.contains(from), "{from} is not in the file");
    match read(&STAGING.replacen(from, to, 1)) {
        Err(error) => error.to_string(),
        Ok(_) => panic!("accepted: {to}"),
    }
}

#[test]
fn a_whole_file_becomes_a_target() {
    let loaded = read(STAGING).unwrap();
    let target = loaded.target;
    assert_eq!(target.name, "staging");
    assert_eq!(target.issuer, "https://id.example/");
    assert_eq!(target.client.secret.as_deref(), Some("s3cret"));
    assert_eq!(target.user.password, "hunter2");
    assert_eq!(target.other_user.unwrap().password, "pw${x}");
    let other = target.other_client.unwrap();
    assert_eq!(other.auth, signoff_oidc::ClientAuth::None);
    assert_eq!(target.sign_in, SignInKind::Form);
    assert_eq!(target.fields.username.as_deref(), Some("login"));
    assert_eq!(target.scope, "openid profile");
    assert_eq!(target.repeat_with, "--target staging");
    assert!(target.real);
    assert_eq!(target.deviations.len(), 1);
    assert_eq!(target.deviations[0].rules, ["RPIL-2-18"]);
    assert!(target.deviations[0].source.contains("signoff.toml"));
}

#[test]
fn a_target_elsewhere_is_asked_slowly_and_with_consent() {
    let access = read(STAGING).unwrap().access;
    assert!(access.needs_consent());
    assert_eq!(access.rate, Some(CAREFUL_RATE));
    assert_eq!(access.timeout, Duration::from_secs(3));
    assert!(access.wire_options().is_ok());
}

#[test]
fn a_target_on_this_machine_is_not() {
    let local = STAGING
        .replace("https://id.example/", "http://127.0.0.1:4101")
        .replace("https://login.example", "http://localhost:4102");
    let access = read(&local).unwrap().access;
    assert!(!access.needs_consent());
    assert_eq!(access.rate, None);
    let half = STAGING.replace("https://id.example/", "http://127.0.0.1:4101");
    assert!(read(&half).unwrap().access.needs_consent());
}

#[test]
fn a_name_that_is_sent_to_this_machine_counts_as_here() {
    let overridden = STAGING.replace(
        "scope ",
        "resolve = { \"id.example\" = \"127.0.0.1:8443\", \"login.example\" = \"127.0.0.1\" }\nscope ",
    );
    let access = read(&overridden).unwrap().access;
    assert!(access.loopback);
    let ports: Vec<u16> = access.resolve.iter().map(|(_, to)| to.port()).collect();
    assert_eq!(ports, [8443, 0]);
}

#[test]
fn an_unknown_key_is_named_with_file_line_and_the_nearest_one() {
    assert_eq!(
        wrong("own_origins ", "own_orgins "),
        "folder/signoff.toml:10: target.staging: unknown key `own_orgins`; did you mean `own_origins`?"
    );
    let nested = wrong("secret = ", "secert = ");
    assert!(nested.contains("did you mean `secret`?"), "{nested}");
    let inner = wrong("rule   =", "rules  =");
    assert!(inner.contains("did you mean `rule`?"), "{inner}");
}

#[test]
fn an_unknown_name_is_answered_with_the_nearest_one() {
    let table = [
        ("\"oidc\"", "\"odic\"", "did you mean `oidc`?"),
        ("\"form\"", "\"from\"", "did you mean `form`?"),
        ("${ALICE_PW}", "${ALICE_PWD}", "did you mean `${ALICE_PW}`?"),
        ("RPIL-2-18", "RPIL-2-81", "did you mean `RPIL-2-18`?"),
    ];
    for (from, to, advice) in table {
        let error = wrong(from, to);
        assert!(error.contains(advice), "{error}");
    }
}

#[test]
fn what_cannot_work_is_refused_with_its_key() {
    let table = [
        ("https://id.example/", "id.example", "staging.issuer"),
        (
            "\"oidc\"",
            "\"oidc\"\nedition = \"2023\"",
            "staging.edition",
        ),
        (
            "own_origins  =",
            "confirm = { form = \" \" }\nown_origins  =",
            "confirm.form",
        ),
        ("\"other\"", "\"web\"", "same client"),
        ("\"bob\"", "\"alice\"", "same person"),
        ("[\"https://app.example/cb\"]", "[]", "client.redirect"),
        ("status 404", "status four", "deviation.by"),
        ("method = POST", "colour = red", "deviation.when"),
        ("2027-03-01", "soon", "deviation.until"),
        ("RPIL-2-18", "RPIL-4-02", "nothing may waive"),
        (
            "timeout_seconds = 3",
            "timeout_seconds = 0",
            "timeout_seconds",
        ),
        ("timeout_seconds = 3", "rate = \"5/h\"", "no unit of a rate"),
        (
            "timeout_seconds = 3",
            "signing_key = \"none.pem\"",
            "folder/none.pem cannot be read",
        ),
        ("issuer  ", "# issuer ", "`issuer` is missing"),
    ];
    for (from, to, part) in table {
        let error = wrong(from, to);
        assert!(error.contains(part), "{to}: {error}");
    }
}

#[test]
fn no_error_quotes_a_secret() {
    let table = [
        ("password = \"${ALICE_PW}\"", "password = 31337"),
        ("\"${ALICE_PW}\" }", "\"open-sesame }"),
        (
            "\"${ALICE_PW}\" }",
            "\"open-sesame\", pasword = \"open-sesame\" }",
        ),
        ("\"${ALICE_PW}\" }", "\"open-sesame${\" }"),
        ("\"${ALICE_PW}\" }", "[\"open-sesame\"] }"),
    ];
    for (from, to) in table {
        let error = wrong(from, to);
        assert!(
            !error.contains("sesame") && !error.contains("31337"),
            "{error}"
        );
    }
}

#[test]
fn a_deviation_that_has_ended_no_longer_counts() {
    let last_day = read_on(STAGING, jiff::civil::date(2027, 3, 1)).unwrap();
    assert_eq!(last_day.target.deviations.len(), 1);
    let day_after = read_on(STAGING, jiff::civil::date(2027, 3, 2)).unwrap();
    assert!(day_after.target.deviations.is_empty());
    assert!(
        day_after.notes[0].contains("2027-03-01"),
        "{:?}",
        day_after.notes
    );
}

#[test]
fn a_key_is_read_from_the_folder_of_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("signoff.toml");
    let text = STAGING.replace("scope ", "signing_key = \"op.pem\"\nscope ");
    let environment = environment();
    let reader = Reader {
        environment: &environment,
        today: jiff::civil::date(2026, 11, 21),
    };
    fs::write(
        folder.path().join("op.pem"),
        "-----BEGIN RSA PRIVATE KEY-----",
    )
    .unwrap();
    let error = reader.read(&file, &text, "staging").unwrap_err();
    assert!(error.to_string().contains("openssl pkcs8"), "{error}");
    let pem = "-----BEGIN PRIVATE KEY-----\nx\n-----END PRIVATE KEY-----\n";
    fs::write(folder.path().join("op.pem"), pem).unwrap();
    let loaded = reader.read(&file, &text, "staging").unwrap();
    assert_eq!(loaded.target.signing_key.as_deref(), Some(pem));
}

#[test]
fn our_own_mock_is_no_real_product() {
    let mock = STAGING.replace(
        "scope ",
        "mock = { control = \"http://127.0.0.1:8080/__mock\", tenant = \"main\" }\nscope ",
    );
    let loaded = read(&mock).unwrap();
    assert!(!loaded.target.real);
    assert_eq!(loaded.access.control.unwrap().tenant, "main");
}

#[test]
fn files_are_found_upwards_and_in_the_folder_of_targets() {
    let root = tempfile::tempdir().unwrap();
    let below = root.path().join("a/b");
    let provider = root.path().join("harness/targets/provider");
    fs::create_dir_all(&below).unwrap();
    fs::create_dir_all(&provider).unwrap();
    fs::write(root.path().join(FILE_NAME), STAGING).unwrap();
    let other = STAGING.replace("target.staging", "target.provider");
    fs::write(provider.join("target.toml"), other).unwrap();

    let files = TargetFiles::discover(&below, None).unwrap();
    let names: Vec<String> = files.known().unwrap().into_iter().map(|k| k.name).collect();
    assert_eq!(names, ["staging", "provider"]);

    let environment = environment();
    let reader = Reader {
        environment: &environment,
        today: jiff::civil::date(2026, 11, 21),
    };
    let by_name = files.load("provider", reader).unwrap();
    assert_eq!(by_name.target.repeat_with, "--target provider");
    let by_issuer = files.load("https://id.example", reader).unwrap();
    assert_eq!(by_issuer.target.name, "staging");
    let error = files.load("stagin", reader).unwrap_err();
    assert!(
        error.to_string().contains("did you mean `staging`?"),
        "{error}"
    );
    let error = files.load("https://nobody.example", reader).unwrap_err();
    assert!(error.to_string().contains("signoff init"), "{error}");
}

#[test]
fn a_file_given_by_name_has_to_exist() {
    let folder = tempfile::tempdir().unwrap();
    let missing: PathBuf = folder.path().join("none.toml");
    let files = TargetFiles::discover(folder.path(), Some(&missing)).unwrap();
    assert!(files.known().is_err());
    let files = TargetFiles::discover(folder.path(), None).unwrap();
    assert!(files.known().unwrap().is_empty());
}

#[test]
fn rates_are_read_by_second_and_by_minute() {
    assert_eq!(parse_rate("5/s"), Ok(5.0));
    assert_eq!(parse_rate(" 30 / min "), Ok(0.5));
    for wrong in ["", "5/h", "0", "-1/s", "NaN", "inf/s"] {
        assert!(parse_rate(wrong).is_err(), "{wrong}");
    }
}

const LOGIN: &str = "{ kind = \"form\", username_field = \"login\" }";

#[test]
fn a_declared_sign_in_is_read_step_by_step() {
    let steps = r#"{ kind = "steps", steps = [
  { post = "{issuer}in", json = { email = "{user}" }, headers = { Origin = "https://id.example" } },
  { fetch = "{authorization_url}" },
  { fill = { otp = "${ALICE_PW}" }, submit = "Go on" },
  { expect = "Welcome", status = 200 },
] }"#;
    let loaded = read(&STAGING.replace(LOGIN, steps)).unwrap();
    let SignInKind::Steps(steps) = loaded.target.sign_in else {
        panic!("{:?}", loaded.target.sign_in);
    };
    assert_eq!(steps.len(), 5, "`fill` with `submit` is two");
    assert_eq!(
        steps[2],
        SignInStep::Fill(vec![("otp".to_owned(), "hunter2".to_owned())])
    );
    assert_eq!(steps[3], SignInStep::Submit(Some("Go on".to_owned())));
}

#[test]
fn a_program_that_signs_in_runs_beside_the_file() {
    let login =
        r#"{ kind = "command", command = ["./sign-in", "${WEB_SECRET}"], timeout_seconds = 5 }"#;
    let loaded = read(&STAGING.replace(LOGIN, login)).unwrap();
    assert_eq!(loaded.target.sign_in, SignInKind::Outside);
    let Some(Outside::Program(program)) = loaded.access.outside else {
        panic!("{:?}", loaded.access.outside);
    };
    assert_eq!(program.words, ["./sign-in", "s3cret"]);
    assert_eq!(program.folder, Path::new("folder"));
    assert_eq!(program.timeout, Duration::from_secs(5));
}

#[test]
fn a_browser_that_signs_in_reaches_what_the_target_needs_and_no_more() {
    let login = r#"{ kind = "browser", username_field = "login" }"#;
    let loaded = read(&STAGING.replace(LOGIN, login)).unwrap();
    assert_eq!(loaded.target.sign_in, SignInKind::Outside);
    let Some(Outside::Browser(browser)) = loaded.access.outside else {
        panic!("{:?}", loaded.access.outside);
    };
    assert_eq!(browser.username_field.as_deref(), Some("login"));
    assert!(browser.anywhere && !browser.certificates_unchecked);
}

#[test]
fn a_sign_in_that_makes_no_sense_is_refused_with_its_place() {
    let mistakes = [
        (r#"{ kind = "steps" }"#, "there are no steps"),
        (
            r#"{ kind = "steps", steps = [{ fetch = "a", fill = {} }] }"#,
            "login.steps[0]",
        ),
        (
            r#"{ kind = "steps", steps = [{ fetch = "a" }, { fetch = "a", json = 1 }] }"#,
            "login.steps[1]",
        ),
        (
            r#"{ kind = "steps", steps = [{ expect = "a", headers = { A = "b" } }] }"#,
            "login.steps[0]",
        ),
        (r#"{ kind = "steps", steps = [{ fetsh = "a" }] }"#, "fetsh"),
        (r#"{ kind = "command" }"#, "no program is named"),
        (r#"{ kind = "form", command = ["a"] }"#, "another `kind`"),
        (
            r#"{ kind = "steps", username_field = "a", steps = [{ fetch = "a" }] }"#,
            "another `kind`",
        ),
    ];
    for (login, said) in mistakes {
        let told = wrong(LOGIN, login);
        assert!(told.contains(said), "{login}: {told}");
    }
}

#[test]
fn the_schema_knows_what_the_file_knows() {
    let schema: serde_json::Value = serde_json::from_str(&json_schema()).unwrap();
    let text = schema.to_string();
    for word in [
        "post_logout",
        "pingone-flow",
        "client_secret_post",
        "authorization_url",
        "deviation",
    ] {
        assert!(text.contains(word), "{word} is missing");
    }
    assert_eq!(schema["additionalProperties"], false);
    assert_eq!(schema["properties"]["target"]["type"], "object");
}
