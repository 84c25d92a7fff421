//! From the file's entry to a target.

mod access;
mod deviations;
mod login;
mod parties;

use super::entry::{ConfirmEntry, Entry};
use super::fault::suggestion;
use super::variables::{WrongVariable, fill};
use super::{FILE_NAME, Loaded, Reader, TargetFileError};
use signoff_engine::dialects::{self, DIALECTS, Dialect};
use signoff_engine::target::Target;
use signoff_oidc::Origin;
use signoff_rules::world::Confirmation;
use std::path::Path;

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
            description: self
                .optional_text("description", entry.description.as_deref())?
                .unwrap_or_default(),
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
            confirmation: self.confirmation(entry.confirm.as_ref())?,
            signing_key: self.signing_key(entry.signing_key.as_deref())?,
            other_tenant: entry
                .other_tenant
                .as_ref()
                .map(|tenant| self.tenant(tenant))
                .transpose()?,
            custom_domain: self.optional_text("custom_domain", entry.custom_domain.as_deref())?,
            behind: None,
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

    fn confirmation(&self, entry: Option<&ConfirmEntry>) -> Result<Option<Confirmation>> {
        let Some(entry) = entry else { return Ok(None) };
        let form = self.text("confirm.form", &entry.form)?;
        // Every form contains an empty text: a sign-in page would be taken for the question.
        if form.trim().is_empty() {
            let advice = "write what stands in the action, id or text of the form, such as \"/logout/confirm\"";
            return Err(self.wrong("confirm.form", "it is empty", advice));
        }
        Ok(Some(Confirmation {
            form,
            yes: self.optional_text("confirm.yes", entry.yes.as_deref())?,
            no: self.optional_text("confirm.no", entry.no.as_deref())?,
        }))
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
