//! The content of a call, read strictly: a member that is missing, of another kind or known to nobody is named in the
//! refusal, and all of them at once.

use serde_json::{Map, Value, json};

use super::error::{ApiError, Detail};
use crate::config::can_be_registered;
use crate::parameters::media_type;
use crate::realm::Incoming;

/// The members of a JSON object that were not read yet, and what was wrong with the others.
pub(super) struct Reader {
    members: Map<String, Value>,
    prefix: String,
    wrong: Vec<Detail>,
}

impl Reader {
    /// The content of a call, which must be JSON.
    pub(super) fn of(incoming: &Incoming) -> Result<Self, ApiError> {
        Self::of_type(incoming, &["application/json"])
    }

    /// The content of a call with one of these media types.
    pub(super) fn of_type(incoming: &Incoming, allowed: &[&str]) -> Result<Self, ApiError> {
        let sent = media_type(incoming.request).unwrap_or_default();
        if !allowed
            .iter()
            .any(|known| known.eq_ignore_ascii_case(&sent))
        {
            return Err(ApiError::MediaType);
        }
        match serde_json::from_slice(&incoming.request.body) {
            Ok(Value::Object(members)) => Ok(Self {
                members,
                prefix: String::new(),
                wrong: Vec::new(),
            }),
            _ => Err(ApiError::NoObject),
        }
    }

    /// A member that is no text, number or the like is absent when it is null.
    fn take(&mut self, name: &str) -> Option<Value> {
        self.members.remove(name).filter(|value| !value.is_null())
    }

    fn refuse(&mut self, code: &'static str, name: &str, message: impl Into<String>) {
        let target = format!("{}{name}", self.prefix);
        self.wrong.push(Detail::new(code, &target, message));
    }

    pub(super) fn refuse_value(&mut self, name: &str, message: impl Into<String>) {
        self.refuse("INVALID_VALUE", name, message);
    }

    fn must<T>(&mut self, name: &str, found: Option<T>, seen: bool) -> Option<T> {
        if found.is_none() && !seen {
            self.refuse("REQUIRED_VALUE", name, "must not be empty");
        }
        found
    }

    pub(super) fn text(&mut self, name: &str) -> Option<String> {
        let Value::String(text) = self.take(name)? else {
            self.refuse_value(name, "must be a text");
            return None;
        };
        Some(text)
    }

    /// A text that must be there and not be empty.
    pub(super) fn required_text(&mut self, name: &str) -> Option<String> {
        let seen = self.has(name);
        let text = self.text(name);
        if text.as_deref() == Some("") {
            self.refuse("REQUIRED_VALUE", name, "must not be empty");
        }
        self.must(name, text, seen)
    }

    pub(super) fn flag(&mut self, name: &str) -> Option<bool> {
        let Value::Bool(flag) = self.take(name)? else {
            self.refuse_value(name, "must be true or false");
            return None;
        };
        Some(flag)
    }

    pub(super) fn required_flag(&mut self, name: &str) -> Option<bool> {
        let seen = self.has(name);
        let flag = self.flag(name);
        self.must(name, flag, seen)
    }

    /// A list of texts.
    pub(super) fn texts(&mut self, name: &str) -> Option<Vec<String>> {
        let value = self.take(name)?;
        let list = value.as_array().and_then(|list| {
            let texts = list.iter().map(|item| item.as_str().map(str::to_owned));
            texts.collect::<Option<Vec<_>>>()
        });
        if list.is_none() {
            self.refuse_value(name, "must be a list of texts");
        }
        list
    }

    /// A list of addresses to send browsers to.
    pub(super) fn uris(&mut self, name: &str) -> Option<Vec<String>> {
        let uris = self.texts(name)?;
        if let Some(bad) = uris.iter().position(|uri| !can_be_registered(uri)) {
            self.refuse_value(&format!("{name}[{bad}]"), "must be an absolute URI");
        }
        Some(uris)
    }

    pub(super) fn uri(&mut self, name: &str) -> Option<String> {
        let uri = self.text(name)?;
        if !can_be_registered(&uri) {
            self.refuse_value(name, "must be an absolute URI");
        }
        Some(uri)
    }

    /// One of several words.
    pub(super) fn word<T: Copy>(&mut self, name: &str, words: &[(&str, T)]) -> Option<T> {
        let text = self.text(name)?;
        let known = words.iter().find(|(word, _)| *word == text);
        if known.is_none() {
            self.refuse_word(name, words.iter().map(|(word, _)| *word));
        }
        known.map(|(_, value)| *value)
    }

    pub(super) fn required_word<T: Copy>(&mut self, name: &str, words: &[(&str, T)]) -> Option<T> {
        let seen = self.has(name);
        let word = self.word(name, words);
        self.must(name, word, seen)
    }

    pub(super) fn refuse_word<'a>(&mut self, name: &str, words: impl Iterator<Item = &'a str>) {
        let allowed: Vec<_> = words.collect();
        let target = format!("{}{name}", self.prefix);
        self.wrong.push(Detail {
            inner: Some(json!({ "allowedValues": allowed })),
            ..Detail::new("INVALID_VALUE", &target, "is not an allowed value")
        });
    }

    /// Reads an object inside.
    pub(super) fn inside<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(&mut Reader) -> T,
    ) -> Option<T> {
        let Value::Object(members) = self.take(name)? else {
            self.refuse_value(name, "must be an object");
            return None;
        };
        let mut reader = Reader {
            members,
            prefix: format!("{}{name}.", self.prefix),
            wrong: Vec::new(),
        };
        let value = read(&mut reader);
        reader.refuse_the_rest();
        self.wrong.append(&mut reader.wrong);
        Some(value)
    }

    /// Members that mean something to the product and nothing to a mock, to be shown again as they are.
    pub(super) fn inert(&mut self, names: &[&str]) -> Map<String, Value> {
        let given = names.iter().filter_map(|name| {
            let value = self.take(name)?;
            Some(((*name).to_owned(), value))
        });
        given.collect()
    }

    /// Members that nobody but the product writes: a client that sends back what it read is not to blame.
    pub(super) fn ignore(&mut self, names: &[&str]) {
        for name in names.iter().chain(&["_links", "_embedded"]) {
            self.members.remove(*name);
        }
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.members.get(name).is_some_and(|value| !value.is_null())
    }

    fn refuse_the_rest(&mut self) {
        let rest: Vec<_> = std::mem::take(&mut self.members).into_iter().collect();
        for (name, _) in rest.iter().take(32) {
            let shown: String = name.chars().take(64).collect();
            self.refuse_value(&shown, "is not known");
        }
    }

    /// Fails with everything that was wrong, the members that were not read included.
    pub(super) fn finish(mut self) -> Result<(), ApiError> {
        self.refuse_the_rest();
        if self.wrong.is_empty() {
            Ok(())
        } else {
            Err(ApiError::Invalid(self.wrong))
        }
    }
}
