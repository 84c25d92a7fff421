//! The browser.

use std::fmt;
use std::ops::Deref;
use std::time::Duration;

use tempfile::TempDir;
use thirtyfour::{ChromeCapabilities, ChromiumLikeCapabilities as _, WebDriver};

use crate::driver_process::DriverProcess;
use crate::error::StartError;

/// For headless use in a container; nothing is fetched in the background, and no name but loopback is resolved.
const FLAGS: &[&str] = &[
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--password-store=basic",
    "--lang=en",
];

/// How long a page may take to load, and a script to run.
const STEP_LIMIT: Duration = Duration::from_secs(20);

/// How a browser is to be started.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    hosts: Vec<String>,
    certificates_unchecked: bool,
    anywhere: bool,
}

impl Options {
    /// One that reaches nothing but the loopback address.
    pub fn new() -> Self {
        Self::default()
    }

    /// Leads a host name to the loopback address, as a line in `/etc/hosts` would.
    pub fn host(mut self, name: impl Into<String>) -> Self {
        self.hosts.push(name.into());
        self
    }

    /// Accepts certificates of authorities that it does not know.
    pub fn certificates_unchecked(mut self) -> Self {
        self.certificates_unchecked = true;
        self
    }

    /// Resolves every name as the system does, for a provider that is not on this machine.
    pub fn anywhere(mut self) -> Self {
        self.anywhere = true;
        self
    }

    fn resolver_rules(&self) -> String {
        let own = self
            .hosts
            .iter()
            .map(|name| format!("MAP {name} 127.0.0.1"));
        let rest = ["EXCLUDE 127.0.0.1", "EXCLUDE localhost", "MAP * ~NOTFOUND"];
        let rest = rest
            .into_iter()
            .filter(|_| !self.anywhere)
            .map(str::to_owned);
        own.chain(rest).collect::<Vec<_>>().join(", ")
    }
}

/// A browser with one window and an empty profile. Its methods are those of [`WebDriver`].
pub struct Chromium {
    driver: WebDriver,
    process: DriverProcess,
    _profile: TempDir,
}

impl Chromium {
    /// Starts one that reaches nothing but the loopback address.
    pub async fn start() -> Result<Self, StartError> {
        Self::start_with(&Options::new()).await
    }

    /// Starts one.
    pub async fn start_with(options: &Options) -> Result<Self, StartError> {
        let profile = tempfile::tempdir()
            .map_err(|error| StartError::failed("chromium", format!("no profile: {error}")))?;
        let capabilities = capabilities(options, &profile).map_err(StartError::Session)?;
        let process = DriverProcess::start().await?;
        let driver = WebDriver::new(process.url(), capabilities)
            .await
            .map_err(StartError::Session)?;
        for limited in [
            driver.set_page_load_timeout(STEP_LIMIT).await,
            driver.set_script_timeout(STEP_LIMIT).await,
        ] {
            limited.map_err(StartError::Session)?;
        }
        Ok(Self {
            driver,
            process,
            _profile: profile,
        })
    }

    /// Closes it and waits until its processes are gone.
    pub async fn stop(self) {
        // The driver's own end closes the session: nothing is left for `WebDriver` to do.
        let _already_left = self.driver.leak();
        self.process.end().await;
    }
}

fn capabilities(
    options: &Options,
    profile: &TempDir,
) -> Result<ChromeCapabilities, thirtyfour::error::WebDriverError> {
    let mut capabilities = ChromeCapabilities::new();
    for flag in FLAGS {
        capabilities.add_arg(flag)?;
    }
    capabilities.add_arg(&format!("--user-data-dir={}", profile.path().display()))?;
    let rules = options.resolver_rules();
    if !rules.is_empty() {
        capabilities.add_arg(&format!("--host-resolver-rules={rules}"))?;
    }
    if options.certificates_unchecked {
        capabilities.add_arg("--ignore-certificate-errors")?;
    }
    Ok(capabilities)
}

impl Deref for Chromium {
    type Target = WebDriver;

    fn deref(&self) -> &WebDriver {
        &self.driver
    }
}

impl fmt::Debug for Chromium {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Chromium")
            .field("driver", &self.process.url())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::Options;

    #[test]
    fn nothing_but_loopback_is_reached_unless_it_is_asked_for() {
        let rules = Options::new().host("auth.example").resolver_rules();
        assert_eq!(
            rules,
            "MAP auth.example 127.0.0.1, EXCLUDE 127.0.0.1, EXCLUDE localhost, MAP * ~NOTFOUND"
        );
        assert_eq!(Options::new().anywhere().resolver_rules(), "");
    }
}
