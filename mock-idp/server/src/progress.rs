//! When something last happened on a connection, so that a client that takes no answer is noticed.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::time::Instant;

/// The beginning or end of the latest exchange on one connection.
///
/// hyper limits the time in which a head must arrive, and content is read under a limit of our own. Neither covers a
/// client that never reads what it is sent.
#[derive(Debug)]
pub(crate) struct Progress {
    opened: Instant,
    /// Milliseconds since `opened`.
    latest: AtomicU64,
}

impl Progress {
    pub(crate) fn new() -> Self {
        Self {
            opened: Instant::now(),
            latest: AtomicU64::new(0),
        }
    }

    /// Notes that an exchange began or ended.
    pub(crate) fn mark(&self) {
        self.mark_at(self.opened.elapsed());
    }

    fn mark_at(&self, elapsed: Duration) {
        let elapsed = u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX);
        self.latest.store(elapsed, Ordering::Relaxed);
    }

    /// The time after which a connection on which nothing more happens is given up.
    pub(crate) fn deadline(&self, patience: Duration) -> Instant {
        self.opened + Duration::from_millis(self.latest.load(Ordering::Relaxed)) + patience
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_moves_the_deadline() {
        let progress = Progress::new();
        let patience = Duration::from_secs(5);
        let before = progress.deadline(patience);
        progress.mark_at(Duration::from_secs(3));
        assert_eq!(progress.deadline(patience) - before, Duration::from_secs(3));
    }
}
