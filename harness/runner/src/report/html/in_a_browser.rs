//! The page in Chromium, at the width of a desk and of a phone.

use super::write;
use crate::browser::{BrowserSignIn, started_or_skipped};
use crate::report::fixture::{judgement, recommendation, run, with_drift, with_flaky};
use serde_json::json;
use signoff_engine::report::{Outcome, RunReport};

/// Widths of windows in CSS pixels: a desk, a phone, and the narrowest that WCAG 2.2 (1.4.10) asks for.
const WIDTHS: [u32; 3] = [1280, 390, 320];

/// Opens everything that can be opened, and tells what is wider than the window, and whether the style was let in.
const LOOK: &str = r"
document.querySelectorAll('details').forEach(details => details.open = true);
const wide = [...document.querySelectorAll('body *')].filter(element => {
  const box = element.getBoundingClientRect();
  const inside = getComputedStyle(element).overflowX === 'visible' && element.scrollWidth > element.clientWidth + 1
    && getComputedStyle(element).display !== 'inline';
  if (box.right <= innerWidth + 1 && !inside) return false;
  for (let holder = element.parentElement; holder; holder = holder.parentElement)
    if (getComputedStyle(holder).overflowX !== 'visible') return false;
  return true;
});
return {
  wide: wide.map(element => element.tagName + ' ' + element.textContent.slice(0, 60)),
  scrolls: Math.max(0, document.documentElement.scrollWidth - innerWidth),
  opened: document.querySelectorAll('details[open]').length,
  styled: getComputedStyle(document.querySelector('section')).borderLeftWidth,
  small: [...document.querySelectorAll('p, li, dd, pre, summary')]
    .filter(element => parseFloat(getComputedStyle(element).fontSize) < 11).length,
};";

fn long(mut report: RunReport, target: &str) -> RunReport {
    report.target = target.to_owned();
    for judgement in &mut report.judgements {
        let received = format!("302 → https://evil.test/{}", "a".repeat(300));
        judgement.actual = judgement.actual.take().map(|_| received);
    }
    for case in &mut report.cases {
        case.transcript = format!("GET https://op.example/signoff?state={}", "s".repeat(2_000));
    }
    report
}

#[tokio::test]
async fn the_page_fits_a_desk_and_a_phone() {
    let Some(browser) = started_or_skipped(&BrowserSignIn::default()).await else {
        return;
    };
    let all = |scenario: &str| {
        with_flaky(with_drift(run(vec![
            judgement(Outcome::Violated, scenario),
            recommendation(Outcome::Violated, scenario),
            judgement(Outcome::Undecided, "hint/absent"),
            judgement(Outcome::Stale, "hint/valid"),
        ])))
    };
    let reports = [
        long(all("redirect/look-alike/user-info-host"), "one.example"),
        long(
            all("state/length/65536-by-post"),
            "a-target-with-a-rather-long-name",
        ),
    ];
    let reports: Vec<&RunReport> = reports.iter().collect();
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("report.html");
    let mut page = Vec::new();
    write(&mut page, &reports).expect("written");
    std::fs::write(&file, page).expect("a file");
    for width in WIDTHS {
        let size =
            json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500 });
        let tools = browser.cdp();
        let sized = tools
            .send_raw("Emulation.setDeviceMetricsOverride", size)
            .await;
        sized.expect("a size");
        let address = format!("file://{}", file.display());
        browser.goto(address).await.expect("the page");
        let seen = browser.execute(LOOK, Vec::new()).await.expect("a look");
        let seen = seen.json();
        assert_eq!(seen["wide"], json!([]), "{width}");
        assert_eq!(seen["scrolls"], 0, "{width}");
        assert_eq!(seen["small"], 0, "{width}");
        assert_ne!(seen["styled"], "0px", "{width}");
        assert!(seen["opened"].as_u64() > Some(2), "{width}: {seen}");
    }
    browser.stop().await;
}
