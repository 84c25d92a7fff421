//! Snapshots on disk, in insta's file format, so that `cargo insta review` works on them.
//!
//! One folder a target, one file a scenario: `snapshots/pingone/redirect__unregistered__sub-path.snap`. A
//! change waits beside it as `.snap.new` until somebody accepts or rejects it.

use crate::atomic_file;
use signoff_engine::report::{Drift, DriftKind};
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What a run does with the snapshots.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SnapshotMode {
    /// Compare, and write nothing.
    #[default]
    Check,
    /// Compare, and write what differs beside the snapshot for review.
    New,
    /// Take what differs over at once.
    Accept,
    /// Leave them alone.
    Off,
}

impl SnapshotMode {
    /// The mode in continuous integration: it never writes, unless accepting was asked for by name.
    pub fn in_ci(self, ci: bool) -> Self {
        match self {
            SnapshotMode::New if ci => SnapshotMode::Check,
            other => other,
        }
    }
}

/// The snapshots of one target.
#[derive(Debug, Clone)]
pub struct SnapshotFiles {
    folder: PathBuf,
    /// The folder of the target that this one mostly behaves like.
    base: Option<PathBuf>,
}

/// A change that waits for review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending {
    /// The scenario's id.
    pub scenario: String,
    /// The accepted text, if there is one.
    pub accepted: Option<String>,
    /// The text that waits.
    pub waiting: String,
    /// The file that waits.
    pub file: PathBuf,
}

impl Pending {
    /// The change as a diff.
    pub fn diff(&self) -> String {
        diff(self.accepted.as_deref().unwrap_or(""), &self.waiting)
    }
}

impl SnapshotFiles {
    /// The snapshots of the target called `target` under `root`, which need not exist.
    pub fn new(root: &Path, target: &str) -> Self {
        SnapshotFiles {
            folder: root.join(file_stem(target)),
            base: None,
        }
    }

    /// The same for a target that behaves like `other` except where it has snapshots of its own: an edition of
    /// a product is a folder of what differs.
    #[must_use]
    pub fn resembling(mut self, root: &Path, other: &str) -> Self {
        self.base = Some(root.join(file_stem(other)));
        self
    }

    /// Every target's snapshots under `root`, in the order of their names.
    pub fn all(root: &Path) -> io::Result<Vec<Self>> {
        let mut folders: Vec<PathBuf> = entries(root)?
            .into_iter()
            .filter(|path| path.is_dir())
            .collect();
        folders.sort();
        Ok(folders
            .into_iter()
            .map(|folder| SnapshotFiles { folder, base: None })
            .collect())
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// True when something was ever recorded, for this target or for the one that it resembles.
    pub fn exists(&self) -> bool {
        self.folder.is_dir() || self.base.as_ref().is_some_and(|base| base.is_dir())
    }

    /// The accepted text of a scenario: its own, or that of the target it resembles.
    pub fn accepted(&self, scenario: &str) -> io::Result<Option<String>> {
        let own = read(&self.path(scenario, ACCEPTED))?;
        match (&own, &self.base) {
            (None, Some(base)) => read(&base.join(format!("{}{ACCEPTED}", file_stem(scenario)))),
            _ => Ok(own),
        }
    }

    /// Compares `text` with what is recorded, writes as the mode says, and tells the difference.
    pub fn settle(
        &self,
        scenario: &str,
        purpose: &str,
        text: &str,
        mode: SnapshotMode,
    ) -> io::Result<Option<Drift>> {
        if mode == SnapshotMode::Off {
            return Ok(None);
        }
        let accepted = self.accepted(scenario)?;
        let text = normal(text);
        if accepted.as_deref() == Some(text.as_str()) {
            if mode != SnapshotMode::Check {
                self.remove(scenario, WAITING)?;
            }
            return Ok(None);
        }
        match mode {
            SnapshotMode::Accept => {
                self.write(scenario, ACCEPTED, purpose, &text)?;
                self.remove(scenario, WAITING)?;
                return Ok(None);
            }
            SnapshotMode::New => self.write(scenario, WAITING, purpose, &text)?,
            SnapshotMode::Check | SnapshotMode::Off => {}
        }
        Ok(Some(Drift {
            scenario: scenario.to_owned(),
            kind: accepted
                .as_ref()
                .map_or(DriftKind::New, |_| DriftKind::Changed),
            diff: diff(accepted.as_deref().unwrap_or(""), &text),
        }))
    }

    /// Changes that wait for review, in the order of the scenarios' ids.
    pub fn pending(&self) -> io::Result<Vec<Pending>> {
        let scenarios = self.scenarios(WAITING)?;
        scenarios
            .into_iter()
            .filter_map(|scenario| self.pending_of(scenario).transpose())
            .collect()
    }

    fn pending_of(&self, scenario: String) -> io::Result<Option<Pending>> {
        let file = self.path(&scenario, WAITING);
        let Some(waiting) = read(&file)? else {
            return Ok(None);
        };
        let accepted = self.accepted(&scenario)?;
        Ok(Some(Pending {
            scenario,
            accepted,
            waiting,
            file,
        }))
    }

    /// Takes a waiting change over.
    pub fn accept(&self, scenario: &str) -> io::Result<()> {
        fs::rename(self.path(scenario, WAITING), self.path(scenario, ACCEPTED))
    }

    /// Throws a waiting change away.
    pub fn reject(&self, scenario: &str) -> io::Result<()> {
        fs::remove_file(self.path(scenario, WAITING))
    }

    /// Ids of snapshots that belong to none of these scenarios.
    pub fn orphans<'i>(&self, known: impl IntoIterator<Item = &'i str>) -> io::Result<Vec<String>> {
        let known: BTreeSet<String> = known.into_iter().map(file_stem).collect();
        let recorded = self.scenarios(ACCEPTED)?;
        Ok(recorded
            .into_iter()
            .filter(|scenario| !known.contains(&file_stem(scenario)))
            .collect())
    }

    /// What is wrong with the folder itself, whatever the run does: orphans, and changes that wait. A change
    /// that this run has just written is not told twice.
    pub fn faults<'i>(
        &self,
        known: impl IntoIterator<Item = &'i str>,
        mode: SnapshotMode,
    ) -> io::Result<Vec<Drift>> {
        if mode == SnapshotMode::Off || !self.exists() {
            return Ok(Vec::new());
        }
        let drift = |scenario: String, kind: DriftKind, diff: String| Drift {
            scenario,
            kind,
            diff,
        };
        let orphans = self.orphans(known)?;
        let mut faults: Vec<Drift> = orphans
            .into_iter()
            .map(|scenario| drift(scenario, DriftKind::Orphan, String::new()))
            .collect();
        if mode == SnapshotMode::Check {
            let pending = self.pending()?;
            faults.extend(pending.into_iter().map(|pending| {
                let diff = pending.diff();
                drift(pending.scenario, DriftKind::Pending, diff)
            }));
        }
        Ok(faults)
    }

    fn write(&self, scenario: &str, ending: &str, purpose: &str, text: &str) -> io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        let path = self.path(scenario, ending);
        atomic_file::replace(&path, &render(purpose, text))
    }

    fn remove(&self, scenario: &str, ending: &str) -> io::Result<()> {
        match fs::remove_file(self.path(scenario, ending)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    fn path(&self, scenario: &str, ending: &str) -> PathBuf {
        self.folder.join(format!("{}{ending}", file_stem(scenario)))
    }

    /// The scenarios that have a file with this ending.
    fn scenarios(&self, ending: &str) -> io::Result<Vec<String>> {
        let mut scenarios: Vec<String> = entries(&self.folder)?
            .iter()
            .filter_map(|path| path.file_name()?.to_str()?.strip_suffix(ending))
            .map(|stem| stem.replace("__", "/"))
            .collect();
        scenarios.sort();
        Ok(scenarios)
    }
}

const ACCEPTED: &str = ".snap";
const WAITING: &str = ".snap.new";

/// The name of a file without its ending. Ids are paths of lower-case words; anything else, as in a
/// generated case's id, must not lead out of the folder.
fn file_stem(id: &str) -> String {
    let safe = |letter: char| {
        if letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.' | ' ') {
            letter
        } else {
            '-'
        }
    };
    let segments = id.split('/').filter(|segment| !segment.is_empty());
    let names: Vec<String> = segments
        .map(|segment| segment.chars().map(safe).collect())
        .collect();
    let stem = names.join("__");
    stem.trim_start_matches('.').to_owned()
}

/// The recorded text in the content of a snapshot file: without the metadata, with one kind of line end and none at
/// the end.
pub fn parse(file: &str) -> String {
    normal(body(&with_line_feeds(file)))
}

/// The content of a snapshot file with this purpose and text.
pub fn render(purpose: &str, text: &str) -> String {
    format!("{}{text}\n", header(purpose))
}

/// insta's metadata. A JSON string is a YAML string, whatever the purpose contains.
fn header(purpose: &str) -> String {
    let purpose = serde_json::Value::from(purpose);
    format!("---\nsource: signoff\ndescription: {purpose}\n---\n")
}

/// The text behind the header; a file without a header is all text.
fn body(file: &str) -> &str {
    let Some(rest) = file.strip_prefix("---\n") else {
        return file;
    };
    match rest.split_once("\n---\n") {
        Some((_, body)) => body,
        None => file,
    }
}

/// Lines as insta compares them: one kind of line end, none at the end of the text.
fn normal(text: &str) -> String {
    with_line_feeds(text).trim_end_matches('\n').to_owned()
}

/// Whatever ends a line, as a line feed. A carriage return alone would become another one behind it once a file is
/// written.
fn with_line_feeds(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

fn read(path: &Path) -> io::Result<Option<String>> {
    match fs::read_to_string(path) {
        Ok(file) => Ok(Some(parse(&file))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    match fs::read_dir(folder) {
        Ok(entries) => entries
            .map(|entry| entry.map(|entry| entry.path()))
            .collect(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

/// The changed lines with three unchanged ones around them.
pub fn diff(old: &str, new: &str) -> String {
    let (old, new) = (format!("{old}\n"), format!("{new}\n"));
    let diff = similar::TextDiff::from_lines(&old, &new);
    let unified = diff.unified_diff().context_radius(3).to_string();
    unified.trim_end_matches('\n').to_owned()
}

#[cfg(test)]
mod tests;
