//! What relying parties are told by the back channel of a target over HTTP, heard where its file says `listen`.

use crate::served::{Served, free_port};
use crate::signoff::Folder;
use serde_json::Value;
use std::net::{Ipv4Addr, TcpListener};

/// An `IdentityServer` that tells one client by the back channel, at this port.
fn configuration(port: u16) -> String {
    format!(
        r#"
[server]
address = "127.0.0.1:0"

[[tenants]]
id = "main"
dialect = "identityserver"

[[tenants.clients]]
id = "mvc"
secret = "secret-of-mvc"
redirect_uris = ["https://b.example/callback"]
post_logout_redirect_uris = ["https://b.example/signed-off"]
back_channel_logout_uri = "http://127.0.0.1:{port}/signed-off-elsewhere"

[[tenants.users]]
id = "818727"
username = "alice"
password = "password-of-alice"
"#
    )
}

fn target(issuer: &str, port: u16) -> String {
    format!(
        r#"
[target.told]
dialect = "identityserver"
issuer  = "{issuer}"
listen  = "127.0.0.1:{port}"
client  = {{ id = "mvc", secret = "secret-of-mvc", redirect = ["https://b.example/callback"], post_logout = ["https://b.example/signed-off"], back_channel_logout = "http://127.0.0.1:{port}/signed-off-elsewhere" }}
user    = {{ name = "alice", password = "password-of-alice" }}
"#
    )
}

/// The outcomes of IDS-02 at a target whose configuration goes on like this.
fn judged(faults: &str, exit: i32) -> Vec<String> {
    let folder = Folder::new();
    let port = free_port();
    folder.write("idp.toml", &(configuration(port) + faults));
    let config = folder.path("idp.toml").display().to_string();
    let served = Served::start(&format!("serve --config {config} --json"));
    folder.write("signoff.toml", &target(served.text("issuer"), port));
    let words = "run IDS-02 hint/valid hint/session --target told --fail-on must,should --quiet";
    folder
        .signoff(&format!("{words} --report json=report.json"))
        .with(exit);
    let report: Value = serde_json::from_str(&folder.read("report.json")).unwrap();
    let judgements = report["judgements"].as_array().unwrap();
    let of_rule = judgements.iter().filter(|known| known["rule"] == "IDS-02");
    of_rule
        .map(|known| known["outcome"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn a_client_that_is_told_keeps_the_rule() {
    let outcomes = judged("", 0);
    assert!(
        outcomes.iter().any(|outcome| outcome == "kept"),
        "{outcomes:?}"
    );
}

#[test]
fn a_client_that_is_not_told_breaks_it() {
    let outcomes = judged("\n[[faults]]\nid = \"back-channel-incomplete\"\n", 1);
    assert!(
        outcomes.iter().any(|outcome| outcome == "violated"),
        "{outcomes:?}"
    );
}

#[test]
fn a_port_that_is_taken_is_told_before_anything_is_sent() {
    let folder = Folder::new();
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = taken.local_addr().unwrap().port();
    folder.write("signoff.toml", &target("http://127.0.0.1:1", port));
    folder
        .signoff("run --target told")
        .with(2)
        .saying("the back channel cannot be listened to");
    let without =
        target("http://127.0.0.1:1", port).replace("back_channel_logout", "front_channel_logout");
    folder.write("signoff.toml", &without);
    folder
        .signoff("run --target told")
        .with(2)
        .saying("no client has an address that leads there");
}
