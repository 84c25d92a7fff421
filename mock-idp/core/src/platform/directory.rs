//! What the platform API keeps of an environment beside what every provider has: names, populations, times, and the
//! members that mean nothing to a mock.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::config::Tenant;
use crate::random::uuid_of;

/// What was there from the start was made at this time.
const FROM_THE_START: Timestamp = Timestamp::constant(1_700_000_000, 0);

/// What is kept of an environment.
pub(crate) struct Directory {
    pub(super) name: String,
    pub(super) description: String,
    pub(super) kind: &'static str,
    pub(super) populations: Vec<Population>,
    /// The population of a user; the usual one when absent.
    pub(super) of_user: BTreeMap<String, String>,
    records: BTreeMap<String, Record>,
}

/// A group of users.
#[derive(Debug, Clone)]
pub(super) struct Population {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) description: Option<String>,
    pub(super) usual: bool,
}

/// When something was made and changed, and the members that are only kept.
#[derive(Debug, Clone)]
pub(super) struct Record {
    pub(super) created: Timestamp,
    pub(super) updated: Timestamp,
    pub(super) inert: Map<String, Value>,
}

impl Default for Record {
    fn default() -> Self {
        Self {
            created: FROM_THE_START,
            updated: FROM_THE_START,
            inert: Map::new(),
        }
    }
}

impl Record {
    /// Adds times and kept members to a description.
    pub(super) fn add_to(&self, description: &mut Value) {
        for (name, value) in &self.inert {
            description[name.as_str()] = value.clone();
        }
        description["createdAt"] = self.created.to_string().into();
        description["updatedAt"] = self.updated.to_string().into();
    }
}

impl Directory {
    pub(crate) fn of(tenant: &Tenant) -> Self {
        let digest = Sha256::digest(format!("population of {}", tenant.id));
        let usual = Population {
            id: uuid_of(std::array::from_fn(|at| digest[at])),
            name: "Default".into(),
            description: None,
            usual: true,
        };
        Self {
            name: "Mock".into(),
            description: String::new(),
            kind: "SANDBOX",
            populations: vec![usual],
            of_user: BTreeMap::new(),
            records: BTreeMap::new(),
        }
    }

    pub(super) fn population(&self, id: &str) -> Option<&Population> {
        self.populations.iter().find(|known| known.id == id)
    }

    /// The population of users who are given none.
    pub(super) fn usual(&self) -> &str {
        let usual = self.populations.iter().find(|known| known.usual);
        usual
            .or(self.populations.first())
            .map_or("", |usual| usual.id.as_str())
    }

    pub(super) fn population_of(&self, user: &str) -> &str {
        self.of_user
            .get(user)
            .map_or_else(|| self.usual(), String::as_str)
    }

    pub(super) fn record(&self, id: &str) -> Record {
        self.records.get(id).cloned().unwrap_or_default()
    }

    /// Notes that something was made.
    pub(super) fn made(&mut self, id: &str, now: Timestamp, inert: Map<String, Value>) {
        let record = Record {
            created: now,
            updated: now,
            inert,
        };
        self.records.insert(id.to_owned(), record);
    }

    /// Notes that something was changed, with other kept members in place of the ones before.
    pub(super) fn changed(&mut self, id: &str, now: Timestamp, inert: Map<String, Value>) {
        let record = self.records.entry(id.to_owned()).or_default();
        record.updated = now;
        record.inert = inert;
    }

    /// Notes that something was changed, with these kept members beside the ones before.
    pub(super) fn added_to(&mut self, id: &str, now: Timestamp, inert: Map<String, Value>) {
        let mut kept = self.record(id).inert;
        kept.extend(inert);
        self.changed(id, now, kept);
    }

    pub(super) fn gone(&mut self, id: &str) {
        self.records.remove(id);
        self.of_user.remove(id);
    }
}
