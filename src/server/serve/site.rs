//! The pages for people: to write in, or to watch a file. Their parts are in the program (`web/`).

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;

use axum::Router;
use axum::extract::State as Extract;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use axum::routing::{get, post};

use super::answer::text;
use super::events::events;
use super::state::State;
use super::watching::{check, pages};

const PAGE: &str = include_str!("web/index.html");
const SCRIPT: &str = include_str!("web/dist/app.js");
const STYLE: &str = include_str!("web/dist/app.css");
const LICENCES: &str = include_str!("web/dist/licences.txt");

/// Adds the routes of the pages.
pub fn routes(router: Router<State>) -> Router<State> {
    let router = router
        .route("/", get(page))
        .route("/assets/app.js", get(|| async { text("text/javascript; charset=utf-8", SCRIPT) }))
        .route("/assets/app.css", get(|| async { text("text/css; charset=utf-8", STYLE) }))
        .route("/assets/licences.txt", get(|| async { text("text/plain; charset=utf-8", LICENCES) }))
        .route("/favicon.ico", get(|| async { text("image/svg+xml", ICON) }));
    router.route("/watch/events", get(events)).route("/watch/pages", post(pages)).route("/watch/check", post(check))
}

const ICON: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 16 16\"><path fill=\"#fff\" stroke=\"#256\" \
                    d=\"M2.5.5h11v15h-11z\"/><path stroke=\"#256\" d=\"M4 3h8M4 6h8M4 8.5h8M4 11h5\"/></svg>";

/// Returns the page. The editor adds its style sheets while it runs, which the page allows by a word that nobody
/// can guess; the signs of findings in them are images of the `data:` scheme.
async fn page(Extract(state): Extract<State>) -> Response {
    let random = || RandomState::new().hash_one(());
    let nonce = format!("{:016x}{:016x}", random(), random());
    let mode = if state.watched.is_some() { "watch" } else { "write" };
    let mut response = text("text/html; charset=utf-8", PAGE.replace("{nonce}", &nonce).replace("{mode}", mode));
    let policy = format!(
        "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' blob: data:; \
         connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
    );
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}
