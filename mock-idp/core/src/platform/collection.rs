//! Collections: a page of them with the address of the next.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::error::{ApiError, Detail};
use super::{Call, Outcome};
use crate::http::Response;
use crate::parameters::{Given, encoded};

const USUAL: usize = 100;
const MOST: usize = 1_000;

/// What a collection holds: how many there are, the id of each, and how one is written.
pub(super) struct Collection<'a> {
    /// The member they stand under.
    pub(super) name: &'static str,
    /// The address of the collection.
    pub(super) link: String,
    pub(super) ids: Vec<String>,
    pub(super) written: &'a dyn Fn(&str) -> Option<Value>,
}

impl Collection<'_> {
    /// The page that was asked for by `limit` and `cursor`.
    pub(super) fn page(&self, call: &Call) -> Outcome {
        let limit = limit(call)?;
        let from = self.position(call)?;
        let until = from.saturating_add(limit).min(self.ids.len());
        let page = &self.ids[from..until];
        let items: Vec<_> = page.iter().filter_map(|id| (self.written)(id)).collect();
        let asked = std::str::from_utf8(call.incoming.query.octets("filter").unwrap_or_default());
        let filter = match asked {
            Ok(filter) if !filter.is_empty() => format!("&filter={}", encoded(filter.as_bytes())),
            _ => String::new(),
        };
        let mut links = json!({ "self": { "href": self.link } });
        if let Some(last) = page.last().filter(|_| until < self.ids.len()) {
            let cursor = URL_SAFE_NO_PAD.encode(last);
            let next = format!("{}?limit={limit}&cursor={cursor}{filter}", self.link);
            links["next"] = json!({ "href": next });
        }
        let body = json!({
            "_links": links,
            "_embedded": { (self.name): items },
            "count": self.ids.len(),
            "size": items.len(),
        });
        Ok(Response::json(200, &body))
    }

    /// Where the page begins: after the one that the cursor names.
    fn position(&self, call: &Call) -> Result<usize, ApiError> {
        let query = &call.incoming.query;
        if query.given("cursor") == Given::Absent {
            return Ok(0);
        }
        let named = query.octets("cursor").and_then(|cursor| {
            let id = String::from_utf8(URL_SAFE_NO_PAD.decode(cursor).ok()?).ok()?;
            self.ids.iter().position(|known| *known == id)
        });
        named
            .map(|at| at + 1)
            .ok_or_else(|| ApiError::invalid("cursor", "is not one of this collection"))
    }
}

fn limit(call: &Call) -> Result<usize, ApiError> {
    let query = &call.incoming.query;
    if query.given("limit") == Given::Absent {
        return Ok(USUAL);
    }
    let number = query.text("limit").and_then(|text| text.parse().ok());
    number
        .filter(|number| (1..=MOST).contains(number))
        .ok_or_else(|| {
            ApiError::Invalid(vec![Detail {
                inner: Some(json!({ "rangeMinimumValue": 1, "rangeMaximumValue": MOST })),
                ..Detail::new("INVALID_VALUE", "limit", "is out of range")
            }])
        })
}
