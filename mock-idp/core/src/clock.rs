//! The provider's own time: the caller's, moved or stopped by the control surface.

use jiff::{SignedDuration, Timestamp};

use crate::control::ControlError;

/// How the provider's time follows from the caller's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Clock {
    /// Runs beside the caller's, ahead of it by so much.
    Running(SignedDuration),
    /// Stands.
    Stopped(Timestamp),
}

impl Clock {
    pub(crate) fn time(self, now: Timestamp) -> Timestamp {
        match self {
            Self::Stopped(at) => at,
            Self::Running(ahead) => now.saturating_add(ahead).unwrap_or(now),
        }
    }

    pub(crate) fn advanced(self, now: Timestamp, seconds: i64) -> Result<Self, ControlError> {
        let by = SignedDuration::from_secs(seconds);
        let to = self
            .time(now)
            .checked_add(by)
            .map_err(|_| ControlError::ClockOutOfRange)?;
        Ok(self.set(now, to))
    }

    pub(crate) fn set(self, now: Timestamp, to: Timestamp) -> Self {
        match self {
            Self::Stopped(_) => Self::Stopped(to),
            Self::Running(_) => Self::Running(to.duration_since(now)),
        }
    }

    pub(crate) fn stopped(self, now: Timestamp) -> Self {
        Self::Stopped(self.time(now))
    }

    pub(crate) fn running(self, now: Timestamp) -> Self {
        Self::Running(self.time(now).duration_since(now))
    }
}

/// So many seconds after a time, or the last time that can be written.
pub(crate) fn after(at: Timestamp, seconds: u32) -> Timestamp {
    at.checked_add(SignedDuration::from_secs(i64::from(seconds)))
        .unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stopped_clock_stands_until_it_is_moved_or_let_go() {
        let start = Timestamp::UNIX_EPOCH;
        let later = after(start, 100);
        let stopped = Clock::Running(SignedDuration::ZERO).stopped(start);
        assert_eq!(stopped.time(later), start);
        let moved = stopped.advanced(later, 7).unwrap();
        assert_eq!(moved.time(later), after(start, 7));
        let running = moved.running(later);
        assert_eq!(running.time(after(later, 3)), after(start, 10));
    }

    #[test]
    fn a_clock_cannot_leave_the_calendar() {
        let clock = Clock::Running(SignedDuration::ZERO);
        assert!(clock.advanced(Timestamp::UNIX_EPOCH, i64::MAX).is_err());
        assert!(clock.advanced(Timestamp::UNIX_EPOCH, i64::MIN).is_err());
    }
}
