//! Signing in by a program of the user's (`login = { kind = "command" }`): for everything that the other ways cannot do.
//!
//! The program gets one JSON object on its standard input: `authorization_url` to open, `redirect_uri` at which it is
//! done, `client_id`, `user` with `name` and `password`, and the `cookies` that the browser holds. It prints one JSON
//! object: `redirect`, the address to which the IdP sent the browser, or `tokens`, a token response, if it has redeemed
//! the code itself; `cookies`, all that the browser holds at the end; and `password_used`, whether the IdP asked for the
//! password, since otherwise no new session was begun. It ends with 0. What it writes to the standard
//! error is shown when it fails.

use serde::{Deserialize, Serialize};
use signoff_engine::sign_in::{OutsideAnswer, OutsideEnd, OutsideTask};
use signoff_engine::wire::Failure;
use signoff_oidc::Timestamp;
use signoff_oidc::cookies::{Cookie, SameSite};
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;
use tokio::io::AsyncWriteExt as _;
use tokio::process::Command;

/// The most that a program may print, in octets.
const MOST: usize = 1024 * 1024;

/// How much of what it says is shown when it fails, in characters.
const SHOWN: usize = 600;

/// A program that signs in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    /// The program and its arguments.
    pub words: Vec<String>,
    /// The folder in which it runs: that of the target file.
    pub folder: PathBuf,
    /// The longest that it may take.
    pub timeout: Duration,
}

#[derive(Serialize)]
struct Input<'t> {
    authorization_url: &'t str,
    redirect_uri: &'t str,
    client_id: &'t str,
    user: Person<'t>,
    cookies: Vec<Held>,
}

#[derive(Serialize)]
struct Person<'t> {
    name: &'t str,
    password: &'t str,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Printed {
    redirect: Option<String>,
    tokens: Option<serde_json::Value>,
    cookies: Vec<Held>,
    password_used: bool,
}

/// A cookie, as `WebDriver` (section 14) names its members.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Held {
    name: String,
    value: String,
    /// With a dot before it, it is for the hosts below, too.
    domain: String,
    #[serde(default = "root")]
    path: String,
    #[serde(default)]
    secure: bool,
    #[serde(default)]
    http_only: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    same_site: Option<String>,
    /// Seconds since 1970; nothing for a cookie that lasts as long as the browser.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    expiry: Option<i64>,
}

fn root() -> String {
    "/".to_owned()
}

impl Held {
    pub(crate) fn of(cookie: &Cookie) -> Self {
        let dot = if cookie.host_only { "" } else { "." };
        Held {
            name: cookie.name.clone(),
            value: cookie.value.clone(),
            domain: format!("{dot}{}", cookie.host),
            path: cookie.path.clone(),
            secure: cookie.secure,
            http_only: false,
            same_site: match cookie.same_site {
                SameSite::Confined => Some("Lax".to_owned()),
                SameSite::Everywhere => Some("None".to_owned()),
                SameSite::Unstated => None,
            },
            expiry: cookie.expires.map(Timestamp::as_second),
        }
    }

    pub(crate) fn cookie(self) -> Cookie {
        let host_only = !self.domain.starts_with('.');
        let same_site = self.same_site.map(|value| value.to_ascii_lowercase());
        Cookie {
            name: self.name,
            value: self.value,
            host: self.domain.trim_start_matches('.').to_ascii_lowercase(),
            host_only,
            path: self.path,
            secure: self.secure,
            same_site: match same_site.as_deref() {
                Some("lax" | "strict") => SameSite::Confined,
                Some("none") => SameSite::Everywhere,
                _ => SameSite::Unstated,
            },
            expires: self
                .expiry
                .and_then(|seconds| Timestamp::from_second(seconds).ok()),
        }
    }
}

impl Program {
    /// Has the program sign in.
    pub async fn sign_in(&self, task: &OutsideTask) -> Result<OutsideAnswer, Failure> {
        let failed = |what: String| Failure {
            what: format!(
                "the sign-in program `{}` {what}",
                self.words.first().map_or("", String::as_str)
            ),
            unreachable: false,
        };
        let input = Input {
            authorization_url: &task.authorization_url,
            redirect_uri: &task.redirect_uri,
            client_id: &task.client_id,
            user: Person {
                name: &task.user.name,
                password: &task.user.password,
            },
            cookies: task.cookies.iter().map(Held::of).collect(),
        };
        let input = serde_json::to_vec(&input).map_err(|error| failed(error.to_string()))?;
        let run = self.run(&input);
        let output = tokio::time::timeout(self.timeout, run)
            .await
            .map_err(|_| {
                failed(format!(
                    "has not ended within {} s; login.timeout_seconds gives it longer",
                    self.timeout.as_secs()
                ))
            })?
            .map_err(|error| failed(format!("cannot be run: {error}")))?;
        let said = || {
            let text = String::from_utf8_lossy(&output.stderr);
            let text: String = text.trim().chars().take(SHOWN).collect();
            // It may repeat what it was given.
            match text.replace(&task.user.password, "‹password›") {
                nothing if nothing.is_empty() => {
                    "; it has said nothing on its standard error".to_owned()
                }
                text => format!("; it says: {text}"),
            }
        };
        if !output.status.success() {
            let code = output.status.code();
            let how = code.map_or("by a signal".to_owned(), |code| format!("with {code}"));
            return Err(failed(format!("has ended {how}{}", said())));
        }
        if output.stdout.len() > MOST {
            return Err(failed(format!("has printed more than {MOST} octets")));
        }
        let printed: Printed = serde_json::from_slice(&output.stdout).map_err(|error| {
            // The message of the parser would quote what was printed: cookies and tokens.
            failed(format!(
                "has printed no object with `redirect` or `tokens`, `cookies` and `password_used` (line {}, column {})",
                error.line(),
                error.column()
            ))
        })?;
        let end = match (printed.redirect, printed.tokens) {
            (Some(redirect), None) => OutsideEnd::Redirect(redirect),
            (None, Some(tokens)) => OutsideEnd::Tokens(tokens),
            _ => {
                return Err(failed(
                    "has to print either `redirect` or `tokens`".to_owned(),
                ));
            }
        };
        Ok(OutsideAnswer {
            end,
            cookies: printed.cookies.into_iter().map(Held::cookie).collect(),
            password_used: printed.password_used,
        })
    }

    async fn run(&self, input: &[u8]) -> std::io::Result<std::process::Output> {
        let (program, arguments) = self.words.split_first().ok_or_else(|| {
            std::io::Error::new(std::io::ErrorKind::InvalidInput, "no program is named")
        })?;
        let mut child = Command::new(program)
            .args(arguments)
            .current_dir(&self.folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        if let Some(mut stdin) = child.stdin.take() {
            // A program that does not want to know ends the pipe early; its answer is judged all the same.
            let _ = stdin.write_all(input).await;
        }
        child.wait_with_output().await
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use signoff_oidc::User;

    fn program(script: &str) -> Program {
        Program {
            words: ["sh", "-c", script].map(str::to_owned).to_vec(),
            folder: PathBuf::from("."),
            timeout: Duration::from_secs(20),
        }
    }

    fn task() -> OutsideTask {
        OutsideTask {
            authorization_url: "https://op.example/authorize".to_owned(),
            redirect_uri: "https://rp.example/cb".to_owned(),
            client_id: "web".to_owned(),
            user: User {
                name: "alice".to_owned(),
                password: "open-sesame".to_owned(),
            },
            cookies: Vec::new(),
        }
    }

    async fn wrong(script: &str) -> String {
        let error = program(script).sign_in(&task()).await.err();
        let what = error.expect("an error").what;
        assert!(!what.contains("open-sesame"), "{what}");
        what
    }

    #[tokio::test]
    async fn what_it_prints_is_where_the_sign_in_ended_and_what_the_browser_holds() {
        let script = r#"grep -q '"authorization_url":"https://op.example/authorize"' || exit 9
            echo '{"redirect":"https://rp.example/cb?code=1","cookies":[{"name":"sid","value":"v","domain":".op.example","secure":true,"sameSite":"Lax"}],"password_used":true}'"#;
        let answer = program(script)
            .sign_in(&task())
            .await
            .unwrap_or_else(|e| panic!("{e}"));
        assert!(matches!(answer.end, OutsideEnd::Redirect(url) if url.ends_with("code=1")));
        let cookie = &answer.cookies[0];
        assert_eq!(
            (cookie.host.as_str(), cookie.host_only),
            ("op.example", false)
        );
        assert_eq!(cookie.same_site, SameSite::Confined);
        assert_eq!(Held::of(cookie).cookie(), *cookie);
    }

    #[tokio::test]
    async fn its_mistakes_are_told_without_what_it_was_given_or_has_printed() {
        let told = wrong("cat >&2; exit 4").await;
        assert!(
            told.contains("has ended with 4") && told.contains("alice"),
            "{told}"
        );
        assert!(
            wrong("echo open-sesame")
                .await
                .contains("has printed no object")
        );
        let both = r#"echo '{"redirect":"a","tokens":{},"cookies":[],"password_used":false}'"#;
        assert!(wrong(both).await.contains("either"));
    }

    #[tokio::test]
    async fn one_that_does_not_end_or_is_not_there_is_told() {
        let slow = Program {
            timeout: Duration::from_millis(50),
            ..program("sleep 30")
        };
        let error = slow.sign_in(&task()).await.err().expect("an error");
        assert!(error.what.contains("has not ended"), "{}", error.what);
        let missing = Program {
            words: vec!["./no-such-program".to_owned()],
            ..program("")
        };
        let error = missing.sign_in(&task()).await.err().expect("an error");
        assert!(error.what.contains("cannot be run"), "{}", error.what);
    }
}
