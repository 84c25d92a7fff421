//! A configuration file that is followed while it is served.

use std::fmt;
use std::time::Duration;

use tokio::time::sleep;

use crate::config_file::{ConfigFile, FileError};
use crate::site::Site;

/// Often enough for a person who has just saved a file.
const EVERY: Duration = Duration::from_millis(500);

type Told = Box<dyn FnMut(Result<&ConfigFile, &FileError>) + Send>;

/// A configuration file that is followed while it is served.
///
/// When its text changes, the provider goes on with the new configuration: tenants that are configured as before keep
/// their sessions, others begin anew; clock and journal go on. When the new text is wrong, or changes the `[server]`
/// table, which is only read at the start, the provider stays as it is, and the error is shown by
/// `GET /__mock/health` until the file is right again.
pub struct Watched {
    file: ConfigFile,
    every: Duration,
    told: Option<Told>,
}

impl Watched {
    /// Follows a file that has been read.
    pub fn new(file: ConfigFile) -> Self {
        Self {
            file,
            every: EVERY,
            told: None,
        }
    }

    /// How often the file is looked at.
    pub fn every(mut self, every: Duration) -> Self {
        self.every = every;
        self
    }

    /// Is called after each change: with the file that was taken over, or with what is wrong with it.
    pub fn told(
        mut self,
        told: impl FnMut(Result<&ConfigFile, &FileError>) + Send + 'static,
    ) -> Self {
        self.told = Some(Box::new(told));
        self
    }

    /// The file as it was read at the start.
    pub fn file(&self) -> &ConfigFile {
        &self.file
    }

    /// Looks at the file again and again; never done.
    ///
    /// The text is compared, not the time of its change: that has a grain in which a second change would go unseen.
    pub(crate) async fn follow(mut self, site: &Site, origin: &str) {
        let mut reloads = Reloads::new(&self.file);
        site.note_reloads(reloads.clone());
        let mut seen = Ok(self.file.text().to_owned());
        loop {
            sleep(self.every).await;
            let found = ConfigFile::content(self.file.path());
            if found == seen {
                continue;
            }
            let outcome = found
                .clone()
                .and_then(|text| self.take_over(text, site, origin));
            seen = found;
            reloads.count(&outcome);
            site.note_reloads(reloads.clone());
            if let Some(told) = &mut self.told {
                told(outcome.as_ref().map(|()| &self.file));
            }
        }
    }

    fn take_over(&mut self, text: String, site: &Site, origin: &str) -> Result<(), FileError> {
        let next = ConfigFile::parse(self.file.path(), text)?;
        self.file.needs_restart(&next)?;
        site.reconfigure(next.config(origin))
            .map_err(|error| next.located(&error))?;
        self.file = next;
        Ok(())
    }
}

impl fmt::Debug for Watched {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watched")
            .field("path", &self.file.path())
            .field("every", &self.every)
            .finish_non_exhaustive()
    }
}

/// How a followed file fared.
#[derive(Debug, Clone)]
pub(crate) struct Reloads {
    pub(crate) path: String,
    /// How many changes were taken over.
    pub(crate) taken_over: u64,
    /// What is wrong with the file as it is now.
    pub(crate) error: Option<FileError>,
}

impl Reloads {
    fn new(file: &ConfigFile) -> Self {
        Self {
            path: file.path().display().to_string(),
            taken_over: 0,
            error: None,
        }
    }

    fn count(&mut self, outcome: &Result<(), FileError>) {
        self.taken_over += u64::from(outcome.is_ok());
        self.error = outcome.as_ref().err().cloned();
    }
}
