//! Running a selection against a target, from Rust: what the command line does, and what a `cargo test`
//! user calls.
//!
//! ```
//! # async fn example() -> Result<(), signoff_runner::RunError> {
//! use signoff_runner::{Aim, Run};
//!
//! let report = Run::of(Aim::mock("pingone")?).only(&["redirect/", "RPIL-3"])?.quietly().await?;
//! report.assert_ok();
//! # Ok(())
//! # }
//! ```

use crate::ears::Ears;
use crate::http_wire::{HttpWire, MockControl, Outside, Reach};
use crate::nearest::several;
use crate::snapshot_files::{SnapshotFiles, SnapshotMode};
use crate::wire::{WireError, WireOptions};
use signoff_embedded::{Embedded, EmbeddedWire};
use signoff_engine::campaign::{Archive, Prepared, Unmatched, prepare};
use signoff_engine::dialects;
use signoff_engine::report::Drift;
use signoff_engine::{
    Baseline, Campaign, Exit, FailOn, Listener, Manner, RunReport, Search, Selection, Target,
};
use signoff_oidc::Origin;
use signoff_rules::catalogue;
use signoff_scenarios::Scenario;
use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// What keeps a run from being made at all. Everything that happens once it goes is in the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunError {
    /// The exit code that stands for it.
    pub exit: Exit,
    /// What is wrong, where, and what to do.
    pub what: String,
}

impl RunError {
    /// A mistake in usage or configuration.
    pub fn usage(what: impl Into<String>) -> Self {
        RunError {
            exit: Exit::Usage,
            what: what.into(),
        }
    }
}

impl fmt::Display for RunError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

impl std::error::Error for RunError {}

/// What a run is aimed at.
#[derive(Debug, Clone)]
pub enum Aim {
    /// The mock in memory.
    Embedded(Box<Embedded>, Vec<String>),
    /// An IdP over HTTP.
    Http(Box<HttpTarget>),
}

/// An IdP over HTTP, and how to reach it.
#[derive(Debug, Clone)]
pub struct HttpTarget {
    /// What is known of it.
    pub target: Target,
    /// How to reach it.
    pub options: WireOptions,
    /// The control surface, when it is our own mock.
    pub control: Option<MockControl>,
    /// What signs in where people cannot be imitated otherwise.
    pub outside: Option<Outside>,
    /// Where to listen for what relying parties are told by the back channel.
    pub listen: Option<SocketAddr>,
}

impl Aim {
    /// The embedded mock of a dialect, clean.
    pub fn mock(dialect: &str) -> Result<Self, RunError> {
        Aim::mock_with(dialect, &[] as &[&str])
    }

    /// The embedded mock of a dialect with these faults.
    pub fn mock_with<S: AsRef<str>>(dialect: &str, faults: &[S]) -> Result<Self, RunError> {
        Aim::mock_in_edition(dialect, None, faults)
    }

    /// The same in an edition of the dialect; the default one when none is named.
    pub fn mock_in_edition<S: AsRef<str>>(
        dialect: &str,
        edition: Option<&str>,
        faults: &[S],
    ) -> Result<Self, RunError> {
        let known = signoff_embedded::DIALECTS;
        let id = signoff_embedded::dialect(dialect)
            .ok_or_else(|| unknown("dialect of the mock", dialect, known.iter().copied()))?;
        let faults: Vec<String> = faults
            .iter()
            .map(|fault| fault.as_ref().to_owned())
            .collect();
        for fault in &faults {
            let all = mock_idp::core::faults();
            let found = all
                .iter()
                .find(|known| known.id == fault)
                .ok_or_else(|| unknown("fault", fault, all.iter().map(|known| known.id)))?;
            if !found.dialects.contains(&id) {
                let names: Vec<&str> = found
                    .dialects
                    .iter()
                    .map(|dialect| dialect.name())
                    .collect();
                return Err(RunError::usage(format!(
                    "the fault {fault} is for {} only; use --dialect {}",
                    names.join(" and "),
                    names.first().unwrap_or(&"")
                )));
            }
        }
        let embedded = match edition {
            None => Embedded::in_memory(id, &faults),
            Some(edition) => {
                let known = dialects::find(dialect).map_or(&[][..], |found| found.editions);
                if !known.contains(&edition) {
                    let names = known.iter().copied();
                    return Err(unknown("edition of this dialect", edition, names));
                }
                Embedded::in_edition(id, edition, &faults)
            }
        };
        let mut embedded = embedded.map_err(|error| RunError::usage(error.to_string()))?;
        for fault in &faults {
            let repeat = &mut embedded.target.repeat_with;
            *repeat = [repeat.as_str(), "--fault", fault]
                .join(" ")
                .trim_start()
                .into();
        }
        Ok(Aim::Embedded(Box::new(embedded), faults))
    }

    /// The target as the engine knows it.
    pub fn target(&self) -> &Target {
        match self {
            Aim::Embedded(embedded, _) => &embedded.target,
            Aim::Http(http) => &http.target,
        }
    }
}

/// "no X is called Y; did you mean Z?"
fn unknown<'a>(kind: &str, name: &str, known: impl Iterator<Item = &'a str>) -> RunError {
    let close = several(name, known, 3);
    let hint = if close.is_empty() {
        String::new()
    } else {
        format!("; did you mean {}?", close.join(", "))
    };
    RunError::usage(format!("no {kind} is called {name}{hint}"))
}

/// A run, before it is made.
#[derive(Debug, Clone)]
pub struct Run {
    aim: Aim,
    selection: Selection,
    seed: u64,
    fail_on: FailOn,
    max_fail: Option<usize>,
    snapshots: SnapshotMode,
    snapshot_root: PathBuf,
    baseline: Option<Baseline>,
    search: Option<Search>,
    manner: Manner,
}

impl Run {
    /// Everything against this target, seed 1, snapshots left alone.
    pub fn of(aim: Aim) -> Self {
        Run {
            aim,
            selection: Selection::all(),
            seed: 1,
            fail_on: FailOn::default(),
            max_fail: None,
            snapshots: SnapshotMode::Off,
            snapshot_root: PathBuf::from("snapshots"),
            baseline: None,
            search: None,
            manner: Manner::default(),
        }
    }

    /// Only what these filters name: rule ids or prefixes, scenario ids or prefixes.
    pub fn only<S: AsRef<str>>(mut self, filters: &[S]) -> Result<Self, RunError> {
        self.selection = select(filters)?;
        Ok(self)
    }

    /// With this selection.
    #[must_use]
    pub fn selection(mut self, selection: Selection) -> Self {
        self.selection = selection;
        self
    }

    /// With this seed.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// With this idea of what is a failure.
    #[must_use]
    pub fn fail_on(mut self, fail_on: FailOn) -> Self {
        self.fail_on = fail_on;
        self
    }

    /// Stopping after this many broken rules.
    #[must_use]
    pub fn max_fail(mut self, most: Option<usize>) -> Self {
        self.max_fail = most;
        self
    }

    /// Comparing with the snapshots under `root`.
    #[must_use]
    pub fn snapshots(mut self, mode: SnapshotMode, root: impl Into<PathBuf>) -> Self {
        self.snapshots = mode;
        self.snapshot_root = root.into();
        self
    }

    /// With these known failures.
    #[must_use]
    pub fn baseline(mut self, baseline: Option<Baseline>) -> Self {
        self.baseline = baseline;
        self
    }

    /// With generated cases beside the selected scenarios.
    #[must_use]
    pub fn search(mut self, search: Option<Search>) -> Self {
        self.search = search;
        self
    }

    /// In this manner: a part of it, or with repetitions.
    #[must_use]
    pub fn manner(mut self, manner: Manner) -> Self {
        self.manner = manner;
        self
    }

    /// Makes the run without anybody listening.
    pub async fn quietly(self) -> Result<RunReport, RunError> {
        Box::pin(self.heard_by(&mut ())).await
    }

    /// Makes the run.
    pub async fn heard_by(self, listener: &mut dyn Listener) -> Result<RunReport, RunError> {
        let started = Instant::now();
        let elapsed = || u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        let target = self.aim.target().clone();
        let mut archive = Recorded {
            folder: snapshots_of(&self.snapshot_root, &target, &self.aim),
            mode: self.snapshots,
            error: None,
            scenarios: signoff_scenarios::catalogue()
                .into_iter()
                .map(|scenario| scenario.id)
                .collect(),
        };
        let faults = match &self.aim {
            Aim::Embedded(_, faults) => faults.clone(),
            Aim::Http(_) => Vec::new(),
        };
        let campaign = Campaign {
            target,
            selection: self.selection,
            seed: self.seed,
            fail_on: self.fail_on,
            faults,
            max_fail: self.max_fail,
            baseline: self.baseline,
            transcripts: true,
            search: self.search,
        };
        let report = match &self.aim {
            Aim::Embedded(embedded, _) => {
                let mut wire = EmbeddedWire::new(embedded);
                Box::pin(campaign.run_as(self.manner, &mut wire, listener, &mut archive, &elapsed))
                    .await
            }
            Aim::Http(http) => {
                let mut wire = open(http)?;
                Box::pin(campaign.run_as(self.manner, &mut wire, listener, &mut archive, &elapsed))
                    .await
            }
        };
        match archive.error {
            Some(error) => Err(RunError::usage(format!(
                "the snapshots under {} cannot be used: {error}",
                self.snapshot_root.display()
            ))),
            None => Ok(report),
        }
    }
}

/// An edition of the embedded mock has snapshots only where it behaves otherwise than the default one.
fn snapshots_of(root: &Path, target: &Target, aim: &Aim) -> SnapshotFiles {
    let own = SnapshotFiles::new(root, &target.name);
    let is_edition = matches!(aim, Aim::Embedded(..)) && target.name != target.dialect;
    if is_edition {
        own.resembling(root, &target.dialect)
    } else {
        own
    }
}

/// The selection for these filters; the error names what comes nearest to one that matches nothing.
pub fn select<S: AsRef<str>>(filters: &[S]) -> Result<Selection, RunError> {
    Selection::filtered(filters).map_err(|Unmatched(filter)| {
        let scenarios: Vec<String> = signoff_scenarios::catalogue()
            .into_iter()
            .map(|scenario| scenario.id)
            .collect();
        let known = catalogue::all()
            .map(|rule| rule.id)
            .chain(scenarios.iter().map(String::as_str));
        unknown("rule or scenario", &filter, known)
    })
}

fn open(http: &HttpTarget) -> Result<HttpWire, RunError> {
    let wire = HttpWire::new(&http.options, http.control.clone(), reach(http));
    let ears = http.listen.map(|place| {
        let clients = http.target.clients().into_iter();
        let addresses = clients.filter_map(|client| client.backchannel_logout_uri);
        Ears::open(place, addresses.collect()).map_err(|error| RunError {
            exit: Exit::Usage,
            what: format!("the back channel cannot be listened to at {place} (`listen`): {error}"),
        })
    });
    let ears = ears.transpose()?;
    let wire = wire.map(|wire| wire.signing_in_by(http.outside.clone()).listening_by(ears));
    wire.map_err(|error| RunError {
        exit: if matches!(error, WireError::Options { .. }) {
            Exit::Usage
        } else {
            Exit::Unreachable
        },
        what: error.to_string(),
    })
}

/// Only a target that is configured to be on loopback altogether is confined to it: others were consented to.
fn reach(http: &HttpTarget) -> Reach {
    let issuer = Origin::of(&http.target.issuer);
    let own = http.target.own_origins.iter().all(Origin::is_loopback);
    let direct = http
        .options
        .resolve
        .iter()
        .all(|(_, address)| address.ip().is_loopback());
    if issuer.is_some_and(|issuer| issuer.is_loopback()) && own && direct {
        Reach::Loopback
    } else {
        Reach::Anywhere
    }
}

/// Reads the metadata and signs in once: what `signoff probe` shows.
pub async fn probe(aim: &Aim) -> Result<Prepared, RunError> {
    let prepared = match aim {
        Aim::Embedded(embedded, _) => {
            prepare(&mut EmbeddedWire::new(embedded), &embedded.target, 1).await
        }
        Aim::Http(http) => prepare(&mut open(http)?, &http.target, 1).await,
    };
    prepared.map_err(|what| RunError {
        exit: Exit::Unreachable,
        what,
    })
}

/// The archive of a run: snapshot files.
struct Recorded {
    folder: SnapshotFiles,
    mode: SnapshotMode,
    scenarios: Vec<String>,
    error: Option<io::Error>,
}

impl Archive for Recorded {
    fn compare(&mut self, scenario: &Scenario, text: &str) -> Option<Drift> {
        // What a file holds has no recorded behaviour: its finding is what is expected of it.
        if !self.scenarios.contains(&scenario.id) {
            return None;
        }
        match self
            .folder
            .settle(&scenario.id, &scenario.purpose, text, self.mode)
        {
            Ok(drift) => drift,
            Err(error) => {
                self.error.get_or_insert(error);
                None
            }
        }
    }

    fn leftovers(&mut self, complete: bool) -> Vec<Drift> {
        if !complete {
            return Vec::new();
        }
        match self
            .folder
            .faults(self.scenarios.iter().map(String::as_str), self.mode)
        {
            Ok(faults) => faults,
            Err(error) => {
                self.error.get_or_insert(error);
                Vec::new()
            }
        }
    }
}
