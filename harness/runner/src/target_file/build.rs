//! From the file's entry to a target.

use super::entry::{
    ClientEntry, DeviationEntry, Entry, Login, LoginKind, MockEntry, TenantEntry, UserEntry,
};
use super::fault::suggestion;
use super::variables::{WrongVariable, fill};
use super::{
    Access, CAREFUL_RATE, FILE_NAME, Loaded, Reader, TIMEOUT, TargetFileError, parse_rate,
};
use crate::MockControl;
use signoff_engine::dialects::{self, DIALECTS, Dialect};
use signoff_engine::target::{FormFields, OtherTenant, SignInKind, Target};
use signoff_oidc::{Client, ClientAuth, Origin, User};
use signoff_rules::catalogue;
use signoff_rules::deviation::{By, Deviation, NEVER_WAIVED, When};
use signoff_rules::rule::Grade;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::Duration;

pub(super) struct Builder<'a> {
    pub(super) file: &'a Path,
    pub(super) name: &'a str,
    pub(super) reader: Reader<'a>,
}

type Result<T> = std::result::Result<T, TargetFileError>;

impl Builder<'_> {
    pub(super) fn build(&self, entry: &Entry) -> Result<Loaded> {
        let dialect = self.dialect(entry)?;
        let edition = self.edition(entry, dialect)?;
        let issuer = self.issuer("issuer", &entry.issuer)?;
        let own_origins = self.origins(&entry.own_origins)?;
        let (sign_in, fields) = self.login(entry.login.as_ref(), dialect)?;
        let (deviations, notes) = self.deviations(&entry.deviation)?;
        let access = self.access(entry, &issuer, &own_origins)?;
        let target = Target {
            name: self.name.to_owned(),
            dialect: dialect.id.to_owned(),
            edition,
            real: entry.mock.is_none(),
            issuer,
            own_origins,
            client: self.client("client", &entry.client)?,
            other_client: self.optional_client("other_client", entry.other_client.as_ref())?,
            disposable_client: self
                .optional_client("disposable_client", entry.disposable_client.as_ref())?,
            user: self.user("user", &entry.user)?,
            other_user: entry
                .other_user
                .as_ref()
                .map(|user| self.user("other_user", user))
                .transpose()?,
            sign_in,
            fields,
            signing_key: self.signing_key(entry.signing_key.as_deref())?,
            other_tenant: entry
                .other_tenant
                .as_ref()
                .map(|tenant| self.tenant(tenant))
                .transpose()?,
            custom_domain: self.optional_text("custom_domain", entry.custom_domain.as_deref())?,
            scope: self
                .optional_text("scope", entry.scope.as_deref())?
                .unwrap_or_else(|| "openid".to_owned()),
            deviations,
            repeat_with: self.repeat_with(),
        };
        self.roles(&target)?;
        Ok(Loaded {
            target,
            access,
            notes,
        })
    }

    fn wrong(
        &self,
        key: &str,
        problem: impl Into<String>,
        advice: impl Into<String>,
    ) -> TargetFileError {
        let path = format!("target.{}.{key}", self.name);
        TargetFileError::new(self.file, path, problem, advice)
    }

    /// A value with its variables filled in.
    fn text(&self, key: &str, raw: &str) -> Result<String> {
        fill(raw, self.reader.environment).map_err(|wrong| match wrong {
            WrongVariable::Open => self.wrong(
                key,
                "`${` without `}`",
                "write `${VAR}`, or `$${` for the characters themselves",
            ),
            WrongVariable::Name(name) => self.wrong(
                key,
                format!("`{name}` is no name of a variable"),
                "use letters, digits and _",
            ),
            WrongVariable::Unset(name) => {
                let known: Vec<&str> = self.reader.environment.keys().map(String::as_str).collect();
                let advice = match crate::nearest::nearest(&name, known) {
                    Some(near) => format!("did you mean `${{{near}}}`? Otherwise set {name}"),
                    None => format!("set {name} before the run"),
                };
                self.wrong(key, format!("the variable {name} is not set"), advice)
            }
        })
    }

    fn optional_text(&self, key: &str, raw: Option<&str>) -> Result<Option<String>> {
        raw.map(|raw| self.text(key, raw)).transpose()
    }

    fn texts(&self, key: &str, raw: &[String]) -> Result<Vec<String>> {
        raw.iter().map(|raw| self.text(key, raw)).collect()
    }

    fn dialect(&self, entry: &Entry) -> Result<&'static Dialect> {
        let id = self.text("dialect", &entry.dialect)?;
        dialects::find(&id).ok_or_else(|| {
            let known: Vec<&str> = DIALECTS.iter().map(|dialect| dialect.id).collect();
            let advice = suggestion(&id, &known, "dialect");
            self.wrong("dialect", format!("no dialect is called `{id}`"), advice)
        })
    }

    fn edition(&self, entry: &Entry, dialect: &Dialect) -> Result<Option<String>> {
        let Some(edition) = self.optional_text("edition", entry.edition.as_deref())? else {
            return Ok(dialect.default_edition().map(str::to_owned));
        };
        if dialect.editions.contains(&edition.as_str()) {
            return Ok(Some(edition));
        }
        let problem = format!("{} has no edition `{edition}`", dialect.id);
        let advice = if dialect.editions.is_empty() {
            "leave it out".to_owned()
        } else {
            suggestion(&edition, dialect.editions, "edition")
        };
        Err(self.wrong("edition", problem, advice))
    }

    /// Kept as written: it is compared with the metadata character by character.
    fn issuer(&self, key: &str, raw: &str) -> Result<String> {
        let issuer = self.text(key, raw)?;
        if Origin::of(&issuer).is_none() || issuer.contains(['?', '#']) {
            return Err(self.wrong(
                key,
                "it is no http(s) URL without query and fragment",
                "write it as the discovery document does, such as https://id.example",
            ));
        }
        Ok(issuer)
    }

    fn origins(&self, raw: &[String]) -> Result<Vec<Origin>> {
        let texts = self.texts("own_origins", raw)?;
        let parsed = texts.iter().map(|text| {
            Origin::of(text).ok_or_else(|| {
                let problem = format!("`{text}` is no http(s) origin");
                self.wrong("own_origins", problem, "write https://login.example")
            })
        });
        parsed.collect()
    }

    fn client(&self, key: &str, entry: &ClientEntry) -> Result<Client> {
        let secret = self.optional_text(&format!("{key}.secret"), entry.secret.as_deref())?;
        let auth = match (entry.auth, &secret) {
            (None | Some(ClientAuth::None), None) => ClientAuth::None,
            (Some(ClientAuth::None), Some(_)) => {
                return Err(self.wrong(
                    key,
                    "a client without authentication has a secret",
                    "remove `secret`, or set `auth`",
                ));
            }
            (Some(_), None) => {
                return Err(self.wrong(
                    key,
                    "a client that authenticates has no secret",
                    "add `secret = \"${VAR}\"`",
                ));
            }
            (auth, Some(_)) => auth.unwrap_or_default(),
        };
        if entry.redirect.is_empty() {
            return Err(self.wrong(
                &format!("{key}.redirect"),
                "the list is empty, so nobody can sign in",
                "add one of the client's registered redirect URIs",
            ));
        }
        Ok(Client {
            id: self.text(&format!("{key}.id"), &entry.id)?,
            secret,
            auth,
            redirect_uris: self.texts(&format!("{key}.redirect"), &entry.redirect)?,
            post_logout_redirect_uris: self
                .texts(&format!("{key}.post_logout"), &entry.post_logout)?,
        })
    }

    fn optional_client(&self, key: &str, entry: Option<&ClientEntry>) -> Result<Option<Client>> {
        entry.map(|entry| self.client(key, entry)).transpose()
    }

    fn user(&self, key: &str, entry: &UserEntry) -> Result<User> {
        Ok(User {
            name: self.text(&format!("{key}.name"), &entry.name)?,
            password: self.text(&format!("{key}.password"), &entry.password)?,
        })
    }

    fn tenant(&self, entry: &TenantEntry) -> Result<OtherTenant> {
        Ok(OtherTenant {
            issuer: self.issuer("other_tenant.issuer", &entry.issuer)?,
            client: self.client("other_tenant.client", &entry.client)?,
            user: self.user("other_tenant.user", &entry.user)?,
        })
    }

    /// Rules about two clients or two users would be judged on one, and kept for the wrong reason.
    fn roles(&self, target: &Target) -> Result<()> {
        let clients = target.clients();
        for (at, client) in clients.iter().enumerate() {
            if clients[..at].iter().any(|other| other.id == client.id) {
                return Err(self.wrong(
                    "other_client",
                    "two roles are played by the same client",
                    "name another client, or remove the key",
                ));
            }
        }
        if target
            .other_user
            .as_ref()
            .is_some_and(|other| other.name == target.user.name)
        {
            return Err(self.wrong(
                "other_user",
                "it is the same person as `user`",
                "name another user, or remove the key",
            ));
        }
        Ok(())
    }

    fn login(&self, login: Option<&Login>, dialect: &Dialect) -> Result<(SignInKind, FormFields)> {
        let Some(login) = login else {
            return Ok(((dialect.sign_in)(), FormFields::default()));
        };
        let kind = match login.kind {
            LoginKind::Form => SignInKind::Form,
            LoginKind::PingoneFlow => SignInKind::PingOneFlow,
            LoginKind::Browser | LoginKind::Command => {
                return Err(self.wrong(
                    "login.kind",
                    "this way to sign in is not built yet",
                    "use `form` or `pingone-flow`",
                ));
            }
        };
        let fields = FormFields {
            username: login.username_field.clone(),
            password: login.password_field.clone(),
        };
        Ok((kind, fields))
    }

    /// Paths are meant from the file, so that a run does not depend on the current folder.
    fn beside(&self, key: &str, raw: &str) -> Result<PathBuf> {
        let path = self.text(key, raw)?;
        Ok(self
            .file
            .parent()
            .map_or_else(|| PathBuf::from(&path), |folder| folder.join(&path)))
    }

    fn read(&self, key: &str, raw: &str) -> Result<String> {
        let path = self.beside(key, raw)?;
        std::fs::read_to_string(&path).map_err(|error| {
            let problem = format!("{} cannot be read: {error}", path.display());
            self.wrong(key, problem, "a path is meant from the folder of this file")
        })
    }

    fn signing_key(&self, raw: Option<&str>) -> Result<Option<String>> {
        let Some(raw) = raw else { return Ok(None) };
        let pem = self.read("signing_key", raw)?;
        if !pem.contains("-----BEGIN PRIVATE KEY-----") {
            return Err(self.wrong(
                "signing_key",
                "the file holds no PKCS#8 private key in PEM",
                "convert it: openssl pkcs8 -topk8 -nocrypt -in KEY -out op-key.pem",
            ));
        }
        Ok(Some(pem))
    }

    fn access(&self, entry: &Entry, issuer: &str, own_origins: &[Origin]) -> Result<Access> {
        let extra_ca = match entry.ca.as_deref() {
            None => None,
            Some(raw) => {
                let pem = self.read("ca", raw)?;
                if !pem.contains("-----BEGIN CERTIFICATE-----") {
                    let problem = "the file holds no certificate in PEM";
                    return Err(self.wrong("ca", problem, "export the authority as PEM"));
                }
                Some(pem.into_bytes())
            }
        };
        let resolve = self.resolve(entry)?;
        let origins = Origin::of(issuer).into_iter();
        let loopback = origins
            .chain(own_origins.iter().cloned())
            .chain(
                entry
                    .other_tenant
                    .iter()
                    .filter_map(|t| Origin::of(&t.issuer)),
            )
            .all(|origin| stays_here(&origin, &resolve));
        let rate = match self.optional_text("rate", entry.rate.as_deref())? {
            Some(text) => {
                Some(parse_rate(&text).map_err(|why| self.wrong("rate", why, "correct it"))?)
            }
            None => (!loopback).then_some(CAREFUL_RATE),
        };
        let timeout = match entry.timeout_seconds {
            Some(0) => {
                let problem = "no answer comes in no time";
                return Err(self.wrong("timeout_seconds", problem, "write at least 1"));
            }
            Some(seconds) => Duration::from_secs(seconds),
            None => TIMEOUT,
        };
        Ok(Access {
            extra_ca,
            resolve,
            timeout,
            rate,
            control: entry
                .mock
                .as_ref()
                .map(|mock| self.mock(mock))
                .transpose()?,
            loopback,
        })
    }

    fn mock(&self, entry: &MockEntry) -> Result<MockControl> {
        Ok(MockControl {
            url: self.issuer("mock.control", &entry.control)?,
            tenant: self.text("mock.tenant", &entry.tenant)?,
        })
    }

    fn resolve(&self, entry: &Entry) -> Result<Vec<(String, SocketAddr)>> {
        let overrides = entry.resolve.iter().map(|(host, address)| {
            let address = self.text("resolve", address)?;
            // Port 0 stands for the URL's own.
            let port_of_url = || address.parse::<IpAddr>().map(|ip| SocketAddr::new(ip, 0));
            match address.parse().or_else(|_| port_of_url()) {
                Ok(address) => Ok((host.to_ascii_lowercase(), address)),
                Err(_) => Err(self.wrong(
                    &format!("resolve.{host}"),
                    "it is no IP address, with or without a port",
                    "write it as 127.0.0.1:443",
                )),
            }
        });
        overrides.collect()
    }

    fn deviations(&self, entries: &[DeviationEntry]) -> Result<(Vec<Deviation>, Vec<String>)> {
        let (mut deviations, mut notes) = (Vec::new(), Vec::new());
        for entry in entries {
            if self.has_ended(entry)? {
                notes.push(format!(
                    "the deviation of {} ended with {} and no longer counts",
                    entry.rule.ids().join(", "),
                    entry.until.as_deref().unwrap_or("")
                ));
            } else {
                deviations.push(self.deviation(entry)?);
            }
        }
        Ok((deviations, notes))
    }

    fn has_ended(&self, entry: &DeviationEntry) -> Result<bool> {
        let Some(until) = &entry.until else {
            return Ok(false);
        };
        let last: jiff::civil::Date = until.parse().map_err(|_| {
            let problem = format!("`{until}` is no date");
            self.wrong("deviation.until", problem, "write it as 2027-03-01")
        })?;
        Ok(last < self.reader.today)
    }

    fn deviation(&self, entry: &DeviationEntry) -> Result<Deviation> {
        let ids = entry.rule.ids();
        let rules: Result<Vec<String>> = ids.into_iter().map(|id| self.rule(id)).collect();
        if entry.reason.trim().is_empty() {
            return Err(self.wrong(
                "deviation.reason",
                "it is empty",
                "say why the product differs",
            ));
        }
        Ok(Deviation {
            rules: rules?,
            when: When::parse(&entry.when)
                .map_err(|why| self.wrong("deviation.when", why, "correct the predicate"))?,
            by: By::parse(&entry.by)
                .map_err(|why| self.wrong("deviation.by", why, "name what is seen instead"))?,
            reason: entry.reason.clone(),
            source: entry
                .source
                .clone()
                .unwrap_or_else(|| format!("declared in {}", self.file.display())),
            grade: Grade::Documented,
            until: entry.until.clone(),
        })
    }

    fn rule(&self, id: &str) -> Result<String> {
        let Some(rule) = catalogue::find(id) else {
            let known: Vec<&str> = catalogue::all().map(|rule| rule.id).collect();
            let advice = match crate::nearest::nearest(id, known) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`signoff list --rules` names them all".to_owned(),
            };
            return Err(self.wrong(
                "deviation.rule",
                format!("no rule is called `{id}`"),
                advice,
            ));
        };
        if NEVER_WAIVED.contains(&rule.id) {
            return Err(self.wrong(
                "deviation.rule",
                format!("nothing may waive {}", rule.id),
                "remove it; a baseline can hold what is broken today",
            ));
        }
        Ok(rule.id.to_owned())
    }

    fn repeat_with(&self) -> String {
        let usual = self.file.file_name().is_some_and(|name| name == FILE_NAME)
            || self
                .file
                .ends_with(Path::new(self.name).join("target.toml"));
        if usual {
            format!("--target {}", self.name)
        } else {
            format!("--config {} --target {}", self.file.display(), self.name)
        }
    }
}

/// True when requests to this origin stay on this machine.
fn stays_here(origin: &Origin, resolve: &[(String, SocketAddr)]) -> bool {
    let host = origin.authority();
    let host = host.rsplit_once(':').map_or(host, |(host, _)| host);
    match resolve.iter().find(|(name, _)| name == host) {
        Some((_, address)) => address.ip().is_loopback(),
        None => origin.is_loopback(),
    }
}
