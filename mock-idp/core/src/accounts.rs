//! What becomes of a user name and a password: who is signed on, who must choose another password first, who is locked
//! out.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::clock::after;
use crate::config::{PasswordStatus, User};
use crate::realm::Realm;

/// What is remembered of one user beside the configuration.
#[derive(Debug, Clone, Default)]
pub(crate) struct Account {
    failures: u32,
    locked_until: Option<Timestamp>,
    pub(crate) last_sign_on: Option<Timestamp>,
}

/// By user id.
pub(crate) type Accounts = BTreeMap<String, Account>;

/// A user name and a password that go together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Identified {
    pub(crate) user: String,
    /// Unless it is good, another password must be chosen before anything else.
    pub(crate) password: PasswordStatus,
}

/// Why nobody is signed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Denied {
    /// No such user, another password, or a user who may not sign on.
    WrongCredentials {
        /// How many attempts are left; unknown for nobody's name.
        attempts_left: Option<u32>,
    },
    LockedOut {
        /// None: until somebody unlocks the user.
        seconds: Option<i64>,
    },
}

/// A new password that will not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PasswordRefused {
    WrongCurrent,
    Empty,
    Unchanged,
}

impl PasswordRefused {
    /// The reason in one sentence.
    pub(crate) fn message(self) -> &'static str {
        match self {
            Self::WrongCurrent => "The current password is another one.",
            Self::Empty => "The new password is too short.",
            Self::Unchanged => "The new password is the old one.",
        }
    }
}

impl Identified {
    fn of(user: &User) -> Self {
        Self {
            user: user.id.clone(),
            password: user.password_status,
        }
    }
}

impl Realm {
    /// Examines a user name and a password, and counts wrong ones.
    pub(crate) fn identify(
        &mut self,
        username: &str,
        password: &str,
        now: Timestamp,
    ) -> Result<Identified, Denied> {
        let mut users = self.tenant.users.iter();
        let Some(user) = users.find(|user| user.username == username).cloned() else {
            return Err(Denied::WrongCredentials {
                attempts_left: None,
            });
        };
        if let Some(denied) = self.locked_out(&user.id, now) {
            return Err(denied);
        }
        // A user without a password cannot sign on by leaving it out, either.
        if user.password.is_empty() || user.password != password {
            return Err(self.failed(&user.id, now));
        }
        if !user.enabled {
            return Err(Denied::WrongCredentials {
                attempts_left: None,
            });
        }
        self.accounts.entry(user.id.clone()).or_default().failures = 0;
        Ok(Identified::of(&user))
    }

    /// Takes somebody for a user without their password.
    pub(crate) fn vouch(&self, user: &str, now: Timestamp) -> Result<Identified, Denied> {
        if let Some(denied) = self.locked_out(user, now) {
            return Err(denied);
        }
        let user = self.tenant.user(user).filter(|user| user.enabled);
        user.map(Identified::of).ok_or(Denied::WrongCredentials {
            attempts_left: None,
        })
    }

    pub(crate) fn locked_out(&self, user: &str, now: Timestamp) -> Option<Denied> {
        if self.tenant.user(user).is_some_and(|user| user.locked) {
            return Some(Denied::LockedOut { seconds: None });
        }
        let until = self.accounts.get(user)?.locked_until?;
        let seconds = until.duration_since(now).as_secs();
        (until > now).then_some(Denied::LockedOut {
            seconds: Some(seconds.max(1)),
        })
    }

    fn failed(&mut self, user: &str, now: Timestamp) -> Denied {
        let settings = &self.tenant.sign_on;
        let (bound, lockout) = (settings.failures_until_lockout, settings.lockout);
        let account = self.accounts.entry(user.to_owned()).or_default();
        account.failures = account.failures.saturating_add(1);
        if bound == 0 {
            return Denied::WrongCredentials {
                attempts_left: None,
            };
        }
        if account.failures < bound {
            return Denied::WrongCredentials {
                attempts_left: Some(bound - account.failures),
            };
        }
        account.failures = 0;
        account.locked_until = Some(after(now, lockout));
        Denied::LockedOut {
            seconds: Some(i64::from(lockout)),
        }
    }

    /// Lets a user try again.
    pub(crate) fn unlock(&mut self, user: &str) {
        let account = self.accounts.entry(user.to_owned()).or_default();
        account.failures = 0;
        account.locked_until = None;
        if let Some(user) = self.tenant.users.iter_mut().find(|known| known.id == user) {
            user.locked = false;
        }
    }

    /// Gives a user the password they chose in place of the one they have.
    pub(crate) fn change_password(
        &mut self,
        user: &str,
        current: &str,
        new: &str,
    ) -> Result<(), PasswordRefused> {
        let mut users = self.tenant.users.iter_mut();
        let Some(user) = users.find(|known| known.id == user && known.password == current) else {
            return Err(PasswordRefused::WrongCurrent);
        };
        if new.is_empty() {
            return Err(PasswordRefused::Empty);
        }
        if new == current {
            return Err(PasswordRefused::Unchanged);
        }
        new.clone_into(&mut user.password);
        user.password_status = PasswordStatus::Ok;
        Ok(())
    }
}
