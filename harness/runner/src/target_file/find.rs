//! Where target files are looked for.

use super::entry::Document;
use super::{Environment, Loaded, Reader, TargetFileError};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The name of a target file.
pub const FILE_NAME: &str = "signoff.toml";

/// The folder with one folder a target.
const FOLDER: &str = "harness/targets";

/// A target that a file describes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Its name.
    pub name: String,
    /// Its dialect, as written.
    pub dialect: String,
    /// Its issuer, as written.
    pub issuer: String,
    /// Its description, if it has one.
    pub description: String,
    /// The file.
    pub file: PathBuf,
}

/// The target files in reach.
#[derive(Debug, Clone, Default)]
pub struct TargetFiles {
    files: Vec<PathBuf>,
}

impl TargetFiles {
    /// The file given with `--config`, or the nearest `signoff.toml` from `start` upwards; and the targets of
    /// the nearest `harness/targets`.
    pub fn discover(start: &Path, config: Option<&Path>) -> Result<Self, TargetFileError> {
        let mut files = Vec::new();
        match config {
            Some(file) => files.push(file.to_owned()),
            None => files.extend(
                start
                    .ancestors()
                    .map(|folder| folder.join(FILE_NAME))
                    .find(|file| file.is_file()),
            ),
        }
        let folder = start
            .ancestors()
            .map(|ancestor| ancestor.join(FOLDER))
            .find(|folder| folder.is_dir());
        if let Some(folder) = folder {
            files.extend(in_folders(&folder).map_err(|error| unreadable(&folder, &error))?);
        }
        Ok(TargetFiles { files })
    }

    /// Every target, file by file.
    pub fn known(&self) -> Result<Vec<Known>, TargetFileError> {
        let mut known = Vec::new();
        for file in &self.files {
            let document = Document::parse(file, &text_of(file)?)?;
            known.extend(document.target.into_iter().map(|(name, entry)| Known {
                name,
                dialect: entry.dialect,
                issuer: entry.issuer,
                description: entry.description.unwrap_or_default(),
                file: file.clone(),
            }));
        }
        Ok(known)
    }

    /// Loads the target with this name, or the one with this issuer.
    pub fn load(&self, name: &str, reader: Reader<'_>) -> Result<Loaded, TargetFileError> {
        let known = self.known()?;
        let found = known.iter().find(|target| {
            target.name == name || is_issuer(&target.issuer, name, reader.environment)
        });
        let Some(found) = found else {
            let file = self.files.first().cloned();
            let file = file.unwrap_or_else(|| PathBuf::from(FILE_NAME));
            let names = known.iter().map(|target| target.name.as_str());
            let mut error = TargetFileError::unknown_target(&file, name, names);
            if self.files.is_empty() {
                "there is no such file here or above; `signoff init` writes one"
                    .clone_into(&mut error.advice);
            }
            if name.contains("://") {
                error.problem = format!("no target has the issuer `{name}`");
                "a client and a user are needed too: `signoff init` writes an example"
                    .clone_into(&mut error.advice);
            }
            return Err(error);
        };
        reader.read(&found.file, &text_of(&found.file)?, &found.name)
    }
}

/// An issuer is named with or without the slash at its end; which of the two it is, the file knows.
fn is_issuer(raw: &str, wanted: &str, environment: &Environment) -> bool {
    super::variables::fill(raw, environment)
        .is_ok_and(|issuer| issuer.trim_end_matches('/') == wanted.trim_end_matches('/'))
}

fn in_folders(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let file = entry?.path().join("target.toml");
        if file.is_file() {
            files.push(file);
        }
    }
    files.sort();
    Ok(files)
}

fn text_of(file: &Path) -> Result<String, TargetFileError> {
    fs::read_to_string(file).map_err(|error| unreadable(file, &error))
}

fn unreadable(file: &Path, error: &io::Error) -> TargetFileError {
    TargetFileError::new(
        file,
        "",
        format!("it cannot be read: {error}"),
        "`signoff init` writes an example",
    )
}
