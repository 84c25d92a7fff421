//! How fast a target is asked: a rate, and what it says in `Retry-After` (RFC 9110 section 10.2.3).

use super::WireError;
use jiff::civil::DateTime;
use jiff::fmt::rfc2822::DateTimeParser;
use jiff::tz::TimeZone;
use signoff_oidc::{Response, Timestamp};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// The pace as a pure value: it is told the time and says how long to wait.
#[derive(Debug)]
pub struct Pace {
    interval: Duration,
    longest_pause: Duration,
    not_before: Option<Instant>,
}

/// Whether a request may be sent now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// Now; the turn is taken.
    Go,
    /// Not before this time has passed; no turn is taken.
    Wait(Duration),
}

impl Pace {
    /// At most `rate` requests a second (without one, as fast as one can), and never more than `longest_pause`
    /// at the target's request.
    pub fn new(rate: Option<f64>, longest_pause: Duration) -> Result<Self, WireError> {
        let interval = match rate {
            None => Duration::ZERO,
            Some(rate) if (0.001..=1_000_000.0).contains(&rate) => {
                Duration::from_secs_f64(rate.recip())
            }
            Some(_) => {
                return Err(WireError::Options {
                    what: "the rate must be between 0.001 and 1000000 requests a second".to_owned(),
                });
            }
        };
        Ok(Pace {
            interval,
            longest_pause,
            not_before: None,
        })
    }

    /// Asks for a turn at `now`. Requests are spread evenly; a quiet time earns no burst.
    pub fn turn(&mut self, now: Instant) -> Turn {
        match self.not_before.map(|at| at.saturating_duration_since(now)) {
            Some(wait) if !wait.is_zero() => Turn::Wait(wait),
            _ => {
                self.not_before = now.checked_add(self.interval);
                Turn::Go
            }
        }
    }

    /// Takes in what an answer that came at `now` says about later requests. `date` is the same moment by the
    /// calendar.
    pub fn heed(&mut self, response: &Response, now: Instant, date: Timestamp) {
        let Some(pause) = retry_after(response, date) else {
            return;
        };
        let until = now.checked_add(pause.min(self.longest_pause));
        self.not_before = self.not_before.max(until);
    }
}

/// How long a 429 or 503 asks to wait, if it says so. A date is taken against the answer's own `Date`, so that
/// a clock that differs from ours does no harm, and against `date` where there is none.
pub fn retry_after(response: &Response, date: Timestamp) -> Option<Duration> {
    if !matches!(response.status, 429 | 503) {
        return None;
    }
    let value = response.header("Retry-After")?;
    let value = value.trim_ascii();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)));
    }
    let said_at = response
        .header("Date")
        .and_then(|sent| http_date(&sent))
        .unwrap_or(date);
    let wait = http_date(value)?.duration_since(said_at);
    Some(Duration::try_from(wait).unwrap_or(Duration::ZERO))
}

/// A date in any of the three forms that a recipient must accept (RFC 9110 section 5.6.7).
fn http_date(text: &str) -> Option<Timestamp> {
    let text = text.trim_ascii();
    let obsolete = ["%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"];
    let modern = DateTimeParser::new().parse_timestamp(text).ok();
    modern.or_else(|| {
        let civil = obsolete
            .iter()
            .find_map(|format| DateTime::strptime(format, text).ok())?;
        TimeZone::UTC.to_timestamp(civil).ok()
    })
}

/// A pace that several wires keep together, with the real clock.
#[derive(Debug, Clone)]
pub struct Pacer(Arc<Mutex<Pace>>);

impl Pacer {
    /// Shares a pace.
    pub fn new(pace: Pace) -> Self {
        Pacer(Arc::new(Mutex::new(pace)))
    }

    /// Waits for a turn. Dropping the future takes none.
    pub async fn turn(&self) {
        loop {
            let turn = self.pace().turn(tokio::time::Instant::now().into_std());
            match turn {
                Turn::Go => return,
                Turn::Wait(wait) => tokio::time::sleep(wait).await,
            }
        }
    }

    /// Takes in what an answer says about later requests.
    pub fn heed(&self, response: &Response) {
        #[expect(
            clippy::disallowed_methods,
            reason = "the pure part gets the time from here"
        )]
        let date = Timestamp::now();
        self.pace()
            .heed(response, tokio::time::Instant::now().into_std(), date);
    }

    fn pace(&self) -> MutexGuard<'_, Pace> {
        // Nothing can panic half way through a change of the pace, so a poisoned lock still holds a good one.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// No rate; a target that asks for a pause gets a minute at most.
impl Default for Pacer {
    fn default() -> Self {
        Pacer::new(Pace {
            interval: Duration::ZERO,
            longest_pause: Duration::from_mins(1),
            not_before: None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn pace(rate: Option<f64>) -> Pace {
        Pace::new(rate, 60 * SECOND).expect("a pace")
    }

    fn start() -> Instant {
        // Any moment will do; the pace only counts from it.
        tokio::time::Instant::now().into_std()
    }

    fn answer(status: u16, fields: &[(&str, &str)]) -> Response {
        let field = |&(name, value): &(&str, &str)| (name.to_owned(), value.as_bytes().to_vec());
        Response {
            status,
            headers: fields.iter().map(field).collect(),
            body: Vec::new(),
        }
    }

    fn date() -> Timestamp {
        "1994-11-06T08:49:00Z".parse().expect("a date")
    }

    #[test]
    fn five_a_second_are_a_fifth_of_a_second_apart() {
        let (mut pace, start) = (pace(Some(5.0)), start());
        let fifth = SECOND / 5;
        assert_eq!(pace.turn(start), Turn::Go);
        assert_eq!(pace.turn(start), Turn::Wait(fifth));
        assert_eq!(pace.turn(start + fifth / 2), Turn::Wait(fifth / 2));
        assert_eq!(pace.turn(start + fifth), Turn::Go);
    }

    #[test]
    fn a_quiet_minute_earns_no_burst() {
        let (mut pace, start) = (pace(Some(1.0)), start());
        assert_eq!(pace.turn(start), Turn::Go);
        assert_eq!(pace.turn(start + 60 * SECOND), Turn::Go);
        assert_eq!(pace.turn(start + 60 * SECOND), Turn::Wait(SECOND));
    }

    #[test]
    fn without_a_rate_nobody_waits() {
        let (mut pace, start) = (pace(None), start());
        assert_eq!([pace.turn(start), pace.turn(start)], [Turn::Go, Turn::Go]);
    }

    #[test]
    fn a_rate_that_is_none_is_refused() {
        for rate in [0.0, -1.0, f64::NAN, f64::INFINITY, 1e-300, 1e300] {
            assert!(Pace::new(Some(rate), SECOND).is_err(), "{rate}");
        }
    }

    #[test]
    fn retry_after_is_read_as_seconds_or_as_a_date_of_three_forms() {
        for (value, seconds) in [
            ("7", 7),
            ("0", 0),
            ("Sun, 06 Nov 1994 08:49:37 GMT", 37),
            ("Sunday, 06-Nov-94 08:49:37 GMT", 37),
            ("Sun Nov  6 08:49:37 1994", 37),
            ("Sun, 06 Nov 1994 08:48:00 GMT", 0),
        ] {
            let wait = retry_after(&answer(429, &[("Retry-After", value)]), date());
            assert_eq!(wait, Some(seconds * SECOND), "{value}");
        }
        for value in ["", "soon", "-1", "1.5", "Sun, 99 Nov 1994 08:49:37 GMT"] {
            assert_eq!(
                retry_after(&answer(503, &[("Retry-After", value)]), date()),
                None,
                "{value}"
            );
        }
        assert_eq!(
            retry_after(&answer(302, &[("Retry-After", "7")]), date()),
            None
        );
    }

    #[test]
    fn a_date_counts_from_the_answers_own_date() {
        let fields = [
            ("Date", "Sun, 06 Nov 1994 09:00:00 GMT"),
            ("Retry-After", "Sun, 06 Nov 1994 09:00:03 GMT"),
        ];
        assert_eq!(retry_after(&answer(503, &fields), date()), Some(3 * SECOND));
    }

    #[test]
    fn a_pause_is_obeyed_up_to_the_longest() {
        for (asked, obeyed) in [("7", 7), ("3600", 60), ("99999999999999999999999999", 60)] {
            let (mut pace, start) = (pace(Some(5.0)), start());
            assert_eq!(pace.turn(start), Turn::Go);
            pace.heed(&answer(429, &[("Retry-After", asked)]), start, date());
            assert_eq!(pace.turn(start), Turn::Wait(obeyed * SECOND), "{asked}");
            assert_eq!(pace.turn(start + obeyed * SECOND), Turn::Go);
        }
    }

    #[test]
    fn a_short_pause_does_not_quicken_the_pace() {
        let (mut pace, start) = (pace(Some(0.1)), start());
        assert_eq!(pace.turn(start), Turn::Go);
        pace.heed(&answer(503, &[("Retry-After", "1")]), start, date());
        assert_eq!(pace.turn(start), Turn::Wait(10 * SECOND));
    }

    #[tokio::test(start_paused = true)]
    async fn wires_that_share_a_pacer_wait_for_each_other() {
        let one = Pacer::new(pace(Some(1.0)));
        let other = one.clone();
        let start = tokio::time::Instant::now();
        one.turn().await;
        other.heed(&answer(429, &[("Retry-After", "5")]));
        tokio::join!(one.turn(), other.turn());
        assert_eq!(start.elapsed().as_secs(), 6);
    }
}
