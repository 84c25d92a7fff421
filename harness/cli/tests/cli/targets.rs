use crate::signoff::Folder;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::time::{Duration, Instant};

/// A target far away.
pub(crate) const STAGING: &str = r#"
[target.staging]
dialect = "oidc"
issuer  = "https://id.example"
client  = { id = "web", secret = "${WEB_SECRET}", redirect = ["https://app.example/cb"], post_logout = ["https://app.example/bye"] }
user    = { name = "alice", password = "open-sesame" }
"#;

const SECRET: (&str, &str) = ("WEB_SECRET", "s3cret");

fn at(address: SocketAddr) -> String {
    STAGING.replace("https://id.example", &format!("http://{address}"))
}

/// A server that treats every connection alike, until the test is over.
fn server(treat: impl Fn(&mut std::net::TcpStream) + Send + 'static) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        // Connections are kept open: a server that is silent is not one that hangs up.
        let mut kept = Vec::new();
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            treat(&mut stream);
            kept.push(stream);
        }
    });
    address
}

#[test]
fn an_unknown_key_is_named_with_file_line_and_the_nearest_one() {
    let folder = Folder::new();
    folder.write("signoff.toml", &STAGING.replace("issuer ", "isuer "));
    let ended = folder
        .signoff_with("run --target staging", &[SECRET])
        .with(2);
    ended
        .saying("signoff.toml:4")
        .saying("did you mean `issuer`?");
}

#[test]
fn an_unknown_target_and_an_unset_variable_are_told() {
    let folder = Folder::new();
    folder.write("signoff.toml", STAGING);
    folder
        .signoff("run --target stagin")
        .with(2)
        .saying("did you mean `staging`?");
    folder
        .signoff("run --target staging")
        .with(2)
        .saying("WEB_SECRET is not set");
    let elsewhere = Folder::new();
    elsewhere
        .signoff("run --target staging")
        .with(2)
        .saying("signoff init");
}

#[test]
fn a_target_elsewhere_is_not_asked_anything_without_consent() {
    let folder = Folder::new();
    folder.write("signoff.toml", STAGING);
    let ended = folder
        .signoff_with("run --target staging", &[SECRET])
        .with(2);
    assert_eq!(ended.out, "");
    ended.saying("not on this machine").saying("--yes");
    let ended = folder
        .signoff_with("probe --target staging", &[SECRET])
        .with(2);
    ended.saying("--yes");
}

#[test]
fn a_dry_run_tells_what_would_be_sent() {
    let folder = Folder::new();
    folder.write("signoff.toml", STAGING);
    let words = "run --target staging --dry-run hint/valid";
    let ended = folder.signoff_with(words, &[SECRET]).with(0);
    for part in [
        "https://id.example",
        "hint/valid",
        "sign off: GET with id_token_hint",
        "5 requests a second",
    ] {
        assert!(ended.out.contains(part), "{part} is not in {}", ended.out);
    }
    assert!(!ended.out.contains("open-sesame") && !ended.out.contains("s3cret"));
}

#[test]
fn a_closed_port_ends_with_3_at_once() {
    let closed = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let folder = Folder::new();
    folder.write("signoff.toml", &at(closed));
    let started = Instant::now();
    let ended = folder
        .signoff_with("run --target staging --report json=report.json", &[SECRET])
        .with(3);
    assert!(started.elapsed() < Duration::from_secs(10));
    assert!(ended.out.contains("cannot be reached"), "{}", ended.out);
    let report: serde_json::Value = serde_json::from_str(&folder.read("report.json")).unwrap();
    assert_eq!(report["exit_code"], 3);
    assert!(report["unreachable"].is_string());
    folder
        .signoff_with("probe --target staging", &[SECRET])
        .with(3);
}

#[test]
fn a_server_that_never_answers_ends_with_3_when_the_time_is_up() {
    let silent = server(|_| {});
    let folder = Folder::new();
    folder.write("signoff.toml", &at(silent));
    let started = Instant::now();
    folder
        .signoff_with("run --target staging --timeout 1", &[SECRET])
        .with(3);
    assert!(started.elapsed() < Duration::from_secs(20));
}

#[test]
fn a_server_that_answers_500_to_everything_ends_with_3_and_keeps_nothing() {
    let broken = server(|stream| {
        let mut head = [0; 4096];
        let _ = stream.read(&mut head);
        let _ = stream.write_all(
            b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
        );
    });
    let folder = Folder::new();
    folder.write("signoff.toml", &at(broken));
    let report = folder
        .signoff_with("run --target staging --json", &[SECRET])
        .with(3)
        .json();
    assert_eq!(report["summary"]["kept"], 0);
    assert!(
        report["unreachable"].as_str().unwrap().contains("500"),
        "{report}"
    );
}

#[test]
fn the_starter_file_is_a_target_file_and_is_never_overwritten() {
    let folder = Folder::new();
    folder.signoff("init").with(0);
    folder.signoff("init").with(2).saying("exists already");
    let variables = [("MY_IDP_SECRET", "x"), ("MY_IDP_PASSWORD", "y")];
    let ended = folder
        .signoff_with("run --target my-idp --dry-run hint/valid", &variables)
        .with(0);
    assert!(ended.out.contains("https://id.example"), "{}", ended.out);
    // What is commented out is right as well.
    let commented = folder.read("signoff.toml");
    let whole: Vec<&str> = commented
        .lines()
        .map(|line| match line.strip_prefix("# ") {
            // What is set in further is another way to say the line before.
            Some(rest) if rest.starts_with(' ') => line,
            Some(rest) if rest.contains(" = ") || rest.starts_with('[') => rest,
            _ => line,
        })
        .filter(|line| !line.contains("op-key.pem") && !line.contains("test-ca.pem"))
        .collect();
    folder.write("whole.toml", &whole.join("\n"));
    let variables = [
        ("MY_IDP_SECRET", "x"),
        ("MY_IDP_PASSWORD", "y"),
        ("MY_IDP_OTHER_SECRET", "x"),
        ("MY_IDP_OTHER_PASSWORD", "y"),
    ];
    let words = "run --config whole.toml --target my-idp --dry-run hint/valid";
    folder.signoff_with(words, &variables).with(0);
}
