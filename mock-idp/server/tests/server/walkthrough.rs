//! The walk-throughs of the README, run as they stand there.

use std::io::{ErrorKind, Write as _};

use mock_idp::MockIdp;
use mock_idp::core::DialectId;
use tokio::process::Command;

const README: &str = include_str!("../../../README.md");

struct Walkthrough {
    dialect: DialectId,
    file: &'static str,
    script: &'static str,
    prints: &'static [&'static str],
}

const WALKTHROUGHS: [Walkthrough; 2] = [
    Walkthrough {
        dialect: DialectId::PingOne,
        file: concat!(env!("CARGO_MANIFEST_DIR"), "/tests/walkthrough-pingone.sh"),
        script: include_str!("../walkthrough-pingone.sh"),
        prints: &[
            "COMPLETED",
            "alice",
            "302 https://a.example/signed-off?state=bye",
            "https://a.example/callback?error=login_required",
        ],
    },
    Walkthrough {
        dialect: DialectId::Oidc,
        file: concat!(env!("CARGO_MANIFEST_DIR"), "/tests/walkthrough-oidc.sh"),
        script: include_str!("../walkthrough-oidc.sh"),
        prints: &[
            "alice-sub",
            "303 https://a.example/signed-off?state=bye",
            "https://a.example/callback?error=login_required",
        ],
    },
];

#[test]
fn the_readme_contains_the_walkthroughs_as_they_are_run() {
    for walkthrough in WALKTHROUGHS {
        assert!(
            README.contains(walkthrough.script),
            "README.md lacks the text of {}",
            walkthrough.file
        );
    }
}

#[tokio::test]
async fn the_walkthroughs_do_what_the_readme_says() {
    if !curl_is_installed().await {
        let _ = writeln!(
            std::io::stderr(),
            "SKIPPED: the walk-throughs were not run, because there is no curl here"
        );
        return;
    }
    for walkthrough in WALKTHROUGHS {
        let idp = MockIdp::builder()
            .dialect(walkthrough.dialect)
            .start()
            .await
            .unwrap();
        let run = Command::new("sh")
            .args([walkthrough.file, idp.url()])
            .output()
            .await
            .unwrap();
        let errors = String::from_utf8_lossy(&run.stderr);
        assert!(run.status.success(), "{}: {errors}", walkthrough.file);
        let printed = String::from_utf8_lossy(&run.stdout);
        let lines: Vec<&str> = printed.lines().collect();
        assert_eq!(lines.len(), walkthrough.prints.len(), "{printed}");
        for (line, expected) in lines.iter().zip(walkthrough.prints) {
            assert!(
                line.starts_with(expected),
                "{expected} was expected: {printed}"
            );
        }
    }
}

async fn curl_is_installed() -> bool {
    match Command::new("curl").arg("--version").output().await {
        Ok(version) => version.status.success(),
        Err(error) => error.kind() != ErrorKind::NotFound,
    }
}
