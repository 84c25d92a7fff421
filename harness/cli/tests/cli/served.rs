//! A mock that is served to a test.

use serde_json::Value;
use std::io::{BufRead as _, BufReader};
use std::net::{Ipv4Addr, TcpListener};
use std::process::{Child, Command, Stdio};

/// `signoff serve`, ended when the test is over.
pub(crate) struct Served {
    pub(crate) process: Child,
    pub(crate) line: Value,
}

impl Served {
    pub(crate) fn start(words: &str) -> Self {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin("signoff"));
        command.args(words.split_whitespace());
        Self::of(command)
    }

    pub(crate) fn of(mut command: Command) -> Self {
        let mut process = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        let out = process.stdout.take().unwrap();
        BufReader::new(out).read_line(&mut line).unwrap();
        let line = serde_json::from_str(&line).unwrap();
        Served { process, line }
    }

    pub(crate) fn text(&self, member: &str) -> &str {
        self.line[member].as_str().unwrap()
    }

    /// A target file for it, in the words of the standard provider.
    pub(crate) fn target_file(&self) -> String {
        format!(
            r#"
[target.mock]
dialect      = "oidc"
issuer       = "{}"
client       = {{ id = "client-a", secret = "secret-a", redirect = ["https://a.example/callback"], post_logout = ["https://a.example/signed-off"] }}
other_client = {{ id = "client-b", secret = "secret-b", redirect = ["https://b.example/callback"], post_logout = ["https://b.example/signed-off"] }}
user         = {{ name = "alice", password = "password-of-alice" }}
other_user   = {{ name = "bob", password = "password-of-bob" }}
mock         = {{ control = "{}", tenant = "main" }}
"#,
            self.text("issuer"),
            self.text("control")
        )
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A port that nobody listens at.
pub(crate) fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    listener.local_addr().unwrap().port()
}

/// The target `mine`: a standard provider with one client and one person.
pub(crate) fn target_file(issuer: &str, secret: &str, password: &str) -> String {
    format!(
        r#"
[target.mine]
dialect = "oidc"
issuer  = "{issuer}"
client  = {{ id = "client-a", secret = "{secret}", redirect = ["https://a.example/callback"], post_logout = ["https://a.example/signed-off"] }}
user    = {{ name = "alice", password = "{password}" }}
"#
    )
}
