//! A provider described in a file: what it is by default, and what is said when the file is wrong.

use mock_idp::core::{Edition, KeyChoice};
use mock_idp::{Clock, ConfigFile, FileError, Server, ServerOptions};

use crate::wire::{get, send};

const SHORT: &str = include_str!("../../examples/pingone.toml");
const EVERYTHING: &str = include_str!("../../examples/everything.toml");

fn wrong(text: &str) -> FileError {
    ConfigFile::parse("mock.toml", text).expect_err("the text is wrong")
}

#[tokio::test]
async fn fifteen_lines_serve_a_pingone_environment() {
    assert!(SHORT.lines().count() <= 15);
    let file = ConfigFile::parse("mock.toml", SHORT).unwrap();
    // Not at the port of the file, which may be taken here.
    let server = Server::start(ServerOptions::default(), |origin| file.config(origin)).unwrap();
    let issuer = &server.tenants()[0].issuer;
    let path = issuer.strip_prefix(server.url()).unwrap();
    let discovery = get(&format!("{path}/.well-known/openid-configuration"));
    let discovery = send(server.address(), &discovery).await;
    assert_eq!(discovery.status(), Some(200));
    assert!(discovery.content().contains(issuer.as_str()));
}

#[test]
fn without_an_address_the_file_is_served_at_port_8080_of_the_loopback_address() {
    let file = ConfigFile::parse("mock.toml", SHORT).unwrap();
    assert_eq!(file.options().address, ([127, 0, 0, 1], 8080).into());
    assert_eq!(file.options().clock, Clock::Wall);
}

#[test]
fn every_member_is_taken_over_and_placeholders_are_replaced() {
    let file = ConfigFile::parse("mock.toml", EVERYTHING).unwrap();
    let standing = Clock::StandingAt("2030-01-31T12:00:00Z".parse().unwrap());
    assert_eq!(file.options().clock, standing);
    let config = file.config("http://127.0.0.1:4711");
    assert_eq!((config.seed, config.journal_bound), (7, 500));
    assert_eq!(config.faults[0].id, "state-dropped");
    let tenant = &config.tenants[0];
    assert_eq!(
        tenant.issuer,
        format!("http://127.0.0.1:4711/{}/as", tenant.id)
    );
    assert_eq!(
        tenant.custom_domain.as_deref(),
        Some("login.example.com:4711")
    );
    assert_eq!(tenant.ui_base.as_deref(), Some("http://127.0.0.1:4711"));
    assert_eq!(tenant.edition, Edition::Legacy);
    assert_eq!(tenant.signing_key, KeyChoice::Second);
    assert_eq!(config.tenants[1].issuer, "http://127.0.0.1:4711/plain");
}

#[test]
fn what_is_wrong_is_said_with_its_line_its_key_and_advice() {
    let tenant = "[[tenants]]\nid = 'e'\ndialect = 'pingone'\n";
    let cases = [
        ("sed = 1\n".to_owned(), 1, "sed", "did you mean \"seed\"?"),
        ("seed = 'x'\n".to_owned(), 1, "seed", "write u64"),
        (
            "\n[[tenants]]\nid = 'e'\n".to_owned(),
            2,
            "tenants[0]",
            "add dialect",
        ),
        (
            "[[tenants]]\nid = 'e'\ndialect = 'pingon'\n".to_owned(),
            3,
            "tenants[0].dialect",
            "did you mean \"pingone\"?",
        ),
        (
            format!("{tenant}[[tenants.clients]]\nid = 'a'\nsecrt = 'b'\n"),
            6,
            "tenants[0].clients[0].secrt",
            "did you mean \"secret\"?",
        ),
        (
            format!("{tenant}[[tenants.clients]]\nid = 'a'\n"),
            4,
            "tenants[0].clients[0].secret",
            "basic and post need a secret",
        ),
        (
            format!(
                "{tenant}[[tenants.clients]]\nid = 'a'\nsecret = 's'\nredirect_uris = ['https://a.example/', 'x y']\n"
            ),
            7,
            "tenants[0].clients[0].redirect_uris[1]",
            "write it",
        ),
        (
            format!("{tenant}issuer = 'https://a.example/x'\n"),
            4,
            "tenants[0].issuer",
            "{origin}/{id}/as",
        ),
        (
            format!("{tenant}{tenant}"),
            5,
            "tenants[1].id",
            "give each its own",
        ),
        (
            format!("[[faults]]\nid = 'no-such-fault'\n{tenant}"),
            2,
            "faults[0].id",
            "there are: ",
        ),
        (
            "[server]\naddress = 'localhost'\n".to_owned(),
            2,
            "server.address",
            "",
        ),
        (
            "[server]\nclock = { standing_at = 'soon' }\n".to_owned(),
            2,
            "server.clock",
            "",
        ),
        ("seed = \n".to_owned(), 1, "seed", ""),
        ("seed = 1\nseed = 2\n".to_owned(), 2, "", ""),
    ];
    for (text, line, key, advice) in cases {
        let error = wrong(&text);
        let found = (error.position.map(|(line, _)| line), error.key.as_str());
        assert_eq!(found, (Some(line), key), "{text}{error}");
        assert!(error.advice.contains(advice), "{text}{error}");
        assert!(!error.problem.is_empty(), "{text}");
        assert!(
            error.to_string().starts_with(&format!("mock.toml:{line}:")),
            "{error}"
        );
    }
}

#[test]
fn a_file_without_tenants_is_refused_without_a_line() {
    let error = wrong("");
    assert_eq!(
        error.to_string(),
        "mock.toml: tenants: there is none; configure at least one"
    );
}

#[test]
fn no_error_shows_a_secret() {
    let tenant = "[[tenants]]\nid = 'e'\ndialect = 'pingone'\n";
    for text in [
        format!("{tenant}signing_key = 'hunter2'\n"),
        format!("{tenant}signing_key = {{ pkcs8-pem = 'hunter2' }}\n"),
        format!("{tenant}clients = 'hunter2'\n"),
        format!("{tenant}[[tenants.clients]]\nid = 'a'\nsecret = ['hunter2']\n"),
        format!(
            "{tenant}[[tenants.clients]]\nid = 'a'\nsecret = 'hunter2'\ntoken_endpoint_auth = 'none'\n"
        ),
        format!("{tenant}[[tenants.clients]]\nid = 'a'\nenabled = 'hunter2'\n"),
        format!("{tenant}[[tenants.users]]\nid = 'a'\nusername = 'a'\npassword = 'hunter2\n"),
    ] {
        let error = wrong(&text);
        assert!(!error.to_string().contains("hunter2"), "{error}");
        assert!(!format!("{error:?}").contains("hunter2"), "{error:?}");
    }
}

#[test]
fn a_file_that_cannot_be_read_is_named() {
    let directory = tempfile::tempdir().unwrap();
    let absent = directory.path().join("absent.toml");
    let error = ConfigFile::read(&absent).unwrap_err();
    assert!(error.to_string().contains("absent.toml"), "{error}");
    let binary = directory.path().join("binary.toml");
    std::fs::write(&binary, b"seed = \xff").unwrap();
    let error = ConfigFile::read(&binary).unwrap_err();
    assert!(error.problem.contains("UTF-8"), "{error}");
}

#[test]
fn the_readme_shows_the_short_example_as_it_is() {
    assert!(include_str!("../../../README.md").contains(SHORT));
}
