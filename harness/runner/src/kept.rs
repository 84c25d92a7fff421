//! Scenarios in files: what a search found and kept, and what users write by hand.

use crate::api::RunError;
use crate::atomic_file;
use signoff_engine::report::{Finding, RunReport};
use signoff_scenarios::{CaseFile, Found};
use std::fs;
use std::path::{Path, PathBuf};

/// A file and the scenario in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptCase {
    /// Where it is.
    pub path: PathBuf,
    /// What it says.
    pub file: CaseFile,
}

/// How deep folders are searched for files.
const DEPTH: usize = 8;

/// The nearest folder `scenarios/kept`, from `here` upwards.
pub fn kept_folder(here: &Path) -> Option<PathBuf> {
    here.ancestors()
        .map(|ancestor| ancestor.join("scenarios/kept"))
        .find(|folder| folder.is_dir())
}

/// Reads one file, or every `.toml` below a folder in the order of their names. The error names the file.
pub fn load(path: &Path) -> Result<Vec<KeptCase>, RunError> {
    let mut found = Vec::new();
    collect(path, DEPTH, &mut found)?;
    let mut cases: Vec<KeptCase> = Vec::new();
    for path in found {
        let wrong = |why: String| RunError::usage(format!("{}: {why}", path.display()));
        let text = fs::read_to_string(&path).map_err(|error| wrong(error.to_string()))?;
        let file = CaseFile::parse(&text).map_err(wrong)?;
        if let Some(twin) = cases.iter().find(|known| known.file.id == file.id) {
            return Err(wrong(format!(
                "the id {} is that of {} too; give one of them another",
                file.id,
                twin.path.display()
            )));
        }
        cases.push(KeptCase { path, file });
    }
    Ok(cases)
}

fn collect(path: &Path, depth: usize, found: &mut Vec<PathBuf>) -> Result<(), RunError> {
    let unreadable = |error: std::io::Error| {
        RunError::usage(format!("{} cannot be read: {error}", path.display()))
    };
    if !fs::metadata(path).map_err(unreadable)?.is_dir() {
        found.push(path.to_owned());
        return Ok(());
    }
    let mut entries: Vec<PathBuf> = fs::read_dir(path)
        .map_err(unreadable)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()
        .map_err(unreadable)?;
    entries.sort();
    for entry in entries {
        if entry.is_dir() {
            if depth > 0 {
                collect(&entry, depth - 1, found)?;
            }
        } else if entry
            .extension()
            .is_some_and(|extension| extension == "toml")
        {
            found.push(entry);
        }
    }
    Ok(())
}

/// Writes every finding of a report that is not there yet, one file each. Gives the files that were written.
pub fn keep(folder: &Path, report: &RunReport) -> Result<Vec<PathBuf>, RunError> {
    let findings = report.generated.iter().flat_map(|found| &found.findings);
    let mut written = Vec::new();
    for finding in findings {
        let file = case_file(finding, report);
        let path = folder.join(format!("{}.toml", file.id.replace('/', "--")));
        if path.exists() {
            continue;
        }
        let text = file.to_toml().map_err(|why| {
            RunError::usage(format!("{} cannot be written: {why}", path.display()))
        })?;
        let unwritable = |error: std::io::Error| {
            RunError::usage(format!("{} cannot be written: {error}", path.display()))
        };
        fs::create_dir_all(folder).map_err(unwritable)?;
        atomic_file::replace(&path, &text).map_err(unwritable)?;
        written.push(path);
    }
    Ok(written)
}

/// The longest name of a file that every file system takes, in bytes.
const LONGEST_NAME: usize = 120;

/// A finding as data. Its id says which rule it breaks and by what.
fn case_file(finding: &Finding, report: &RunReport) -> CaseFile {
    let shown = finding
        .scenario
        .id
        .strip_prefix("generated/")
        .unwrap_or(&finding.scenario.id);
    let rule = finding.rules.first().map_or_else(String::new, |rule| {
        rule.to_ascii_lowercase().replace('.', "-")
    });
    let mut id = format!("kept/{rule}/{shown}");
    id.truncate(LONGEST_NAME);
    let id = id.trim_end_matches(['/', '-']).to_owned();
    let case = report
        .cases
        .iter()
        .find(|case| case.scenario == finding.scenario.id);
    CaseFile {
        id,
        purpose: finding.scenario.purpose.clone(),
        found: Some(Found {
            rules: finding
                .rules
                .iter()
                .map(|rule| (*rule).to_owned())
                .collect(),
            target: report.target.clone(),
            faults: report.faults.clone(),
            expected: finding.expected.clone(),
            actual: finding.actual.clone(),
            differences: finding.differences.clone(),
            sent: case.and_then(|case| case.curl.clone()),
        }),
        steps: finding.scenario.steps.clone(),
    }
}
