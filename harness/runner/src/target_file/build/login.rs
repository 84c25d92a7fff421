//! `login`: how people sign in.

use super::{Builder, Result};
use crate::browser::BrowserSignIn;
use crate::http_wire::Outside;
use crate::program::Program;
use crate::target_file::entry::{Entry, Login, LoginKind, StepEntry};
use signoff_engine::dialects::Dialect;
use signoff_engine::target::{FormFields, SignInKind, SignInStep, StepBody};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

/// How long a program may take when nobody says otherwise.
const PROGRAM_TIMEOUT: Duration = Duration::from_mins(1);

impl Builder<'_> {
    pub(super) fn login(
        &self,
        login: Option<&Login>,
        dialect: &Dialect,
    ) -> Result<(SignInKind, FormFields)> {
        let Some(login) = login else {
            return Ok(((dialect.sign_in)(), FormFields::default()));
        };
        self.only_its_own_keys(login)?;
        let kind = match login.kind {
            LoginKind::Form => SignInKind::Form,
            LoginKind::PingoneFlow => SignInKind::PingOneFlow,
            LoginKind::Steps => SignInKind::Steps(self.steps(&login.steps)?),
            LoginKind::Command | LoginKind::Browser => SignInKind::Outside,
        };
        let fields = FormFields {
            username: login.username_field.clone(),
            password: login.password_field.clone(),
        };
        Ok((kind, fields))
    }

    /// What signs in where the engine cannot.
    pub(super) fn outside(
        &self,
        entry: &Entry,
        resolve: &[(String, SocketAddr)],
        loopback: bool,
    ) -> Result<Option<Outside>> {
        let login = entry.login.as_ref();
        let Some(login) = login.filter(|login| login.kind == LoginKind::Browser) else {
            return Ok(self.program(login)?.map(Outside::Program));
        };
        if let Some((host, _)) = resolve
            .iter()
            .find(|(_, address)| !address.ip().is_loopback())
        {
            return Err(self.wrong(
                &format!("resolve.{host}"),
                "a browser that signs in takes names from the system, or leads them to loopback",
                "put the name into /etc/hosts",
            ));
        }
        Ok(Some(Outside::Browser(BrowserSignIn {
            username_field: login.username_field.clone(),
            password_field: login.password_field.clone(),
            anywhere: !loopback,
            hosts: resolve.iter().map(|(host, _)| host.clone()).collect(),
            certificates_unchecked: entry.ca.is_some(),
        })))
    }

    /// The program of `login.command`.
    fn program(&self, login: Option<&Login>) -> Result<Option<Program>> {
        let Some(login) = login.filter(|login| login.kind == LoginKind::Command) else {
            return Ok(None);
        };
        let words = self.texts("login.command", &login.command)?;
        if words.is_empty() {
            let problem = "no program is named";
            return Err(self.wrong("login.command", problem, "write [\"./sign-in\"]"));
        }
        Ok(Some(Program {
            words,
            folder: self.file.parent().map_or_else(
                || Path::new(".").to_owned(),
                |folder| {
                    if folder.as_os_str().is_empty() {
                        Path::new(".").to_owned()
                    } else {
                        folder.to_owned()
                    }
                },
            ),
            timeout: login
                .timeout_seconds
                .map_or(PROGRAM_TIMEOUT, Duration::from_secs),
        }))
    }

    /// A key of another way would be ignored, and whoever wrote it would wonder.
    fn only_its_own_keys(&self, login: &Login) -> Result<()> {
        let (pages, steps, command) = (
            matches!(login.kind, LoginKind::Form | LoginKind::Browser),
            login.kind == LoginKind::Steps,
            login.kind == LoginKind::Command,
        );
        let stray = [
            ("username_field", login.username_field.is_some() && !pages),
            ("password_field", login.password_field.is_some() && !pages),
            ("steps", !login.steps.is_empty() && !steps),
            ("command", !login.command.is_empty() && !command),
            (
                "timeout_seconds",
                login.timeout_seconds.is_some() && !command,
            ),
        ];
        match stray.into_iter().find(|(_, stray)| *stray) {
            Some((key, _)) => Err(self.wrong(
                &format!("login.{key}"),
                "this key belongs to another `kind` of login",
                "leave it out, or change `kind`",
            )),
            None => Ok(()),
        }
    }

    fn steps(&self, entries: &[StepEntry]) -> Result<Vec<SignInStep>> {
        if entries.is_empty() {
            let problem = "there are no steps";
            let advice = "begin with { fetch = \"{authorization_url}\" }";
            return Err(self.wrong("login.steps", problem, advice));
        }
        let mut steps = Vec::new();
        for (at, entry) in entries.iter().enumerate() {
            steps.extend(self.step(&format!("login.steps[{at}]"), entry)?);
        }
        Ok(steps)
    }

    fn step(&self, key: &str, entry: &StepEntry) -> Result<Vec<SignInStep>> {
        let pairs = |map: &BTreeMap<String, String>| -> Result<Vec<(String, String)>> {
            map.iter()
                .map(|(name, value)| Ok((name.clone(), self.text(key, value)?)))
                .collect()
        };
        let sends = entry.fetch.is_some() || entry.post.is_some();
        let pages = entry.fill.is_some() || entry.submit.is_some();
        let looks = entry.expect.is_some() || entry.status.is_some();
        let content = entry.form.is_some() || entry.json.is_some();
        let one = usize::from(sends) + usize::from(pages) + usize::from(looks) == 1;
        let sound = one
            && !(entry.fetch.is_some() && (entry.post.is_some() || content))
            && !(entry.form.is_some() && entry.json.is_some())
            && !(content && entry.post.is_none())
            && (sends || entry.headers.is_empty());
        if !sound {
            return Err(self.wrong(
                key,
                "it is not one thing to do",
                "a step has `fetch`; or `post` with `form` or `json`; or `fill` and `submit`; or `expect` and `status`",
            ));
        }
        if let Some(url) = entry.fetch.as_ref().or(entry.post.as_ref()) {
            let body = match (&entry.form, &entry.json) {
                (Some(form), _) => StepBody::Form(pairs(form)?),
                (None, Some(json)) => StepBody::Json(json.clone()),
                (None, None) if entry.post.is_some() => StepBody::Form(Vec::new()),
                (None, None) => StepBody::None,
            };
            return Ok(vec![SignInStep::Send {
                url: self.text(key, url)?,
                headers: pairs(&entry.headers)?,
                body,
            }]);
        }
        if looks {
            return Ok(vec![SignInStep::Expect {
                text: self.optional_text(key, entry.expect.as_deref())?,
                status: entry.status,
            }]);
        }
        let mut steps = Vec::new();
        if let Some(fill) = &entry.fill {
            steps.push(SignInStep::Fill(pairs(fill)?));
        }
        if let Some(button) = &entry.submit {
            steps.push(SignInStep::Submit(
                Some(self.text(key, button)?).filter(|name| !name.is_empty()),
            ));
        }
        Ok(steps)
    }
}
