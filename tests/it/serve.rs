//! The HTTP server, as a program that listens on a port of its own.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

const DRAFT: &str = "symbol: A/84/L.901\nkind: draft-resolution\ndate: 2029-10-01\ntitle: Tide tables\nbody:\n\
  - enacting: '*The General Assembly*,'\n- operative: '*Decides* to remain seized of the matter.'\n";

/// A running server.
struct Server {
    process: Child,
    host: String,
    log: Arc<Mutex<String>>,
}

impl Server {
    fn start(arguments: &[&str]) -> Self {
        Self::start_in(".".as_ref(), arguments)
    }

    fn start_in(folder: &Path, arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_masthead"));
        Self::of(command.current_dir(folder).args(arguments).args(["--listen", "127.0.0.1:0", "--no-open"]))
    }

    fn of(command: &mut Command) -> Self {
        let mut process = command.stderr(Stdio::piped()).spawn().unwrap();
        let mut log = BufReader::new(process.stderr.take().unwrap());
        let mut line = String::new();
        log.read_line(&mut line).unwrap();
        let host =
            line.split("http://").nth(1).unwrap_or_else(|| panic!("{line}")).split('/').next().unwrap().to_owned();
        let kept = Arc::new(Mutex::new(String::new()));
        let keeps = kept.clone();
        // The log is read as it comes, so that the server can go on writing it.
        thread::spawn(move || {
            log.lines().map_while(Result::ok).for_each(|line| *keeps.lock().unwrap() += &(line + "\n"))
        });
        Self { process, host, log: kept }
    }

    /// Returns a connection on which `request` was sent.
    fn begin(&self, request: &[u8]) -> TcpStream {
        let mut stream = TcpStream::connect(&self.host).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(120))).unwrap();
        stream.write_all(request).unwrap();
        stream
    }

    fn send(&self, request: &str, body: &[u8]) -> Option<Answer> {
        let mut stream = TcpStream::connect(&self.host).ok()?;
        stream.set_read_timeout(Some(Duration::from_secs(120))).unwrap();
        let head = format!("{request}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
        // A server that refuses a body may close before it has read all of it.
        let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body));
        let mut bytes = Vec::new();
        let read = stream.read_to_end(&mut bytes);
        if bytes.is_empty() {
            read.ok()?;
        }
        Answer::parse(&bytes)
    }

    fn get(&self, path: &str) -> Answer {
        self.send(&format!("GET {path} HTTP/1.1\r\nHost: {}", self.host), b"").unwrap()
    }

    fn post(&self, path: &str, media_type: &str, body: &[u8]) -> Answer {
        let head = format!("POST {path} HTTP/1.1\r\nHost: {}\r\nContent-Type: {media_type}", self.host);
        self.send(&head, body).unwrap()
    }

    fn ask(&self, path: &str, body: &Value) -> Answer {
        self.post(path, "application/json", body.to_string().as_bytes())
    }

    fn workers(&self) -> Vec<u32> {
        let children = format!("/proc/{0}/task/{0}/children", self.process.id());
        let own = fs::read_to_string(children).unwrap_or_default();
        // Workers are started by threads of the runtime, too.
        let tasks = fs::read_dir(format!("/proc/{}/task", self.process.id())).unwrap();
        let all = tasks.filter_map(|task| fs::read_to_string(task.ok()?.path().join("children")).ok());
        let mut list: Vec<u32> = all
            .chain([own])
            .flat_map(|text| text.split(' ').filter_map(|id| id.parse().ok()).collect::<Vec<_>>())
            .collect();
        list.sort_unstable();
        list.dedup();
        list
    }

    fn kill_workers(&self) {
        for worker in self.workers() {
            assert!(Command::new("kill").args(["-9", &worker.to_string()]).status().unwrap().success());
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[derive(Debug)]
struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Answer {
    fn parse(bytes: &[u8]) -> Option<Self> {
        let end = bytes.windows(4).position(|part| part == b"\r\n\r\n")?;
        let head = String::from_utf8_lossy(&bytes[..end]).to_ascii_lowercase();
        let status = head.split(' ').nth(1)?.parse().ok()?;
        Some(Self { status, head, body: bytes[end + 4..].to_vec() })
    }

    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("{}", self.text()))
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Checks that it is a problem of that kind.
    fn is_problem(&self, status: u16, kind: &str) -> Value {
        let problem = self.json();
        assert_eq!(
            (self.status, &problem["type"]),
            (status, &json!(format!("urn:masthead:problem:{kind}"))),
            "{problem}"
        );
        assert!(self.head.contains("content-type: application/problem+json"), "{}", self.head);
        assert_eq!(problem["status"], status);
        problem
    }
}

fn document(source: &str) -> Value {
    json!({ "source": source, "name": "draft.yaml" })
}

/// A document that takes much longer than the others.
fn long() -> String {
    let words = "the tide tables of harbours and observations of gauges ".repeat(40);
    DRAFT.to_owned() + &format!("- operative: '{words}'\n").repeat(1300)
}

#[test]
fn files_are_those_of_the_command_line() {
    let server = Server::start(&["serve"]);
    let folder = tempfile::tempdir().unwrap();
    let (source, target) = (folder.path().join("draft.yaml"), folder.path().join("draft.pdf"));
    fs::write(&source, DRAFT).unwrap();
    let rendered = Command::new(env!("CARGO_BIN_EXE_masthead")).arg("render").arg(&source).arg("-q").status().unwrap();
    assert!(rendered.success());
    let pdf = server.ask("/v1/render", &json!({ "document": document(DRAFT) }));
    assert_eq!(pdf.body, fs::read(&target).unwrap());
    assert!(
        pdf.head.contains("masthead-pages: 1") && pdf.head.contains("content-type: application/pdf"),
        "{}",
        pdf.head
    );
    // The document as it is, in another encoding.
    let utf_16: Vec<u8> = [0xFEFF].into_iter().chain(DRAFT.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(server.post("/v1/render", "application/yaml", &utf_16).body, pdf.body);
    let png = server.post("/v1/render?format=png&page=1&ppi=50", "text/yaml", DRAFT.as_bytes());
    assert!(png.body.starts_with(b"\x89PNG"), "{}", png.text());
    let svg = server.post("/v1/render?format=svg", "text/yaml", DRAFT.as_bytes()).json();
    assert!(svg["pages"][0].as_str().unwrap().starts_with("<svg"));
    server.post("/v1/render?format=svg&page=2", "text/yaml", DRAFT.as_bytes()).is_problem(400, "request");
}

#[test]
fn documents_are_checked_fixed_converted_prepared_and_compared() {
    let server = Server::start(&["serve", "--workers", "1"]);
    let slip = DRAFT.replace("remain seized", "remain  seized");
    let found = server.ask("/v1/check", &json!({ "document": document(&slip), "fix": true })).json();
    let finding =
        found["findings"].as_array().unwrap().iter().find(|finding| finding["code"] == "double-space").unwrap();
    assert_eq!((&finding["line"], &finding["file"]), (&json!(7), &json!("draft.yaml")));
    assert_eq!(finding["edits"][0]["line"], 7);
    assert_eq!(found["fixed"], DRAFT);
    let broken = DRAFT.replace("kind: draft-resolution", "kind: draft");
    let refused = server.ask("/v1/render", &json!({ "document": document(&broken) })).is_problem(422, "document");
    assert_eq!(refused["findings"][0]["line"], 2, "{refused}");
    assert!(refused["findings"][0]["hint"].is_string());
    let markdown = server.ask("/v1/convert", &json!({ "document": document(DRAFT), "to": "md" }));
    assert!(markdown.text().starts_with("---\n") && markdown.head.contains("text/markdown"));
    let back = server.post("/v1/convert?to=json", "text/markdown", &markdown.body);
    assert_eq!(back.json()["title"], "Tide tables");
    assert_eq!(
        server.ask("/v1/prepare", &json!({ "document": document(DRAFT) })).json()["metadata"]["title"],
        "Tide tables"
    );
    let plan = server.ask("/v1/prepare", &json!({ "document": document(DRAFT), "plan": true })).json();
    assert!(plan.is_object());
    let other = DRAFT.replace("the matter", "the tides");
    let envelope = |source: &str| {
        let made = server.ask("/v1/render", &json!({ "document": document(source) }));
        let code = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, made.body);
        json!(code)
    };
    let compared =
        server.ask("/v1/golden/compare", &json!({ "before": envelope(DRAFT), "after": envelope(&other) })).json();
    assert!(compared["score"].as_f64().unwrap() < 100.0 && !compared["differences"].as_array().unwrap().is_empty());
    server.ask("/v1/golden/compare", &json!({ "before": "AAAA", "after": "AAAA" })).is_problem(422, "document");
    let below = json!({ "before": envelope(DRAFT), "after": envelope(&other), "points": -1 });
    server.ask("/v1/golden/compare", &below).is_problem(400, "request");
}

#[test]
fn changes_are_those_of_the_command_line() {
    let server = Server::start(&["serve", "--workers", "1"]);
    let folder = tempfile::tempdir().unwrap();
    let other = DRAFT.replace("the matter", "the tides") + "- operative: '*Requests* the tables of all harbours.'\n";
    let at = |name: &str| folder.path().join(name);
    fs::write(at("draft.yaml"), DRAFT).unwrap();
    fs::write(at("newer.yaml"), &other).unwrap();
    let printed = |options: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_masthead"));
        command.args(["diff", "draft.yaml", "newer.yaml"]).args(options).current_dir(folder.path()).output().unwrap()
    };
    let ask = |options: Value| {
        let newer = json!({ "source": other, "name": "newer.yaml" });
        let mut request = json!({ "before": document(DRAFT), "after": newer });
        request.as_object_mut().unwrap().extend(options.as_object().unwrap().clone());
        server.ask("/v1/diff", &request)
    };
    let list = ask(json!({})).json();
    assert_eq!(list[0]["part"], "operative paragraph 1");
    assert_eq!(list, serde_json::from_slice::<Value>(&printed(&["--json"]).stdout).unwrap());
    let text = ask(json!({ "format": "text" }));
    assert!(text.text().contains("{+tides+}") && text.head.contains("content-type: text/plain"), "{}", text.text());
    assert_eq!(text.body, printed(&[]).stdout);
    let pdf = ask(json!({ "format": "pdf", "profile": "screen" }));
    assert!(pdf.head.contains("content-type: application/pdf") && pdf.head.contains("masthead-pages: 1"));
    printed(&["-o", "redline.pdf", "--profile", "screen"]);
    assert_eq!(pdf.body, fs::read(at("redline.pdf")).unwrap());
    let same = server.ask("/v1/diff", &json!({ "before": document(DRAFT), "after": document(DRAFT) }));
    assert_eq!(same.json(), json!([]));
    let broken = server.ask("/v1/diff", &json!({ "before": document("title: ["), "after": document(DRAFT) }));
    broken.is_problem(422, "document");
    let both =
        server.ask("/v1/diff", &json!({ "before": { "source": "titel: x\n" }, "after": { "source": "kind: x\n" } }));
    let findings = both.is_problem(422, "document")["findings"].as_array().unwrap().clone();
    let of = |name: &str| findings.iter().filter(|finding| finding["file"] == name).count();
    assert!(of("before") > 0 && of("after") > 0 && of("before") + of("after") == findings.len(), "{findings:?}");
}

#[test]
fn what_is_wrong_with_a_request_is_told() {
    let server = Server::start(&["serve", "--workers", "1", "--body", "1"]);
    server.get("/nowhere").is_problem(404, "not-found");
    let starter = server.get("/v1/starters/novel").is_problem(404, "not-found");
    assert_eq!(starter["detail"], "there is no starter for “novel”; /v1/starters lists the kinds");
    let refused = server.get("/v1/render");
    assert_eq!(refused.is_problem(405, "method")["detail"], "use POST at this address");
    assert!(refused.head.contains("allow: post"), "{}", refused.head);
    let refused = server.post("/v1/schema", "text/yaml", b"").is_problem(405, "method");
    assert_eq!(refused["detail"], "use GET at this address");
    let two = server.post("/v1/diff", "text/yaml", DRAFT.as_bytes()).is_problem(415, "media-type");
    assert_eq!(two["detail"], "this address takes two files; send them in JSON, as /openapi.json shows");
    server.post("/v1/render", "application/pdf", b"%PDF-1.7").is_problem(415, "media-type");
    server.post("/v1/render", "application/json", b"{").is_problem(400, "request");
    server.ask("/v1/render", &json!({ "document": document(DRAFT), "formats": "pdf" })).is_problem(400, "request");
    server
        .ask("/v1/render", &json!({ "document": document(DRAFT), "format": "png", "ppi": 1e9 }))
        .is_problem(400, "request");
    server.ask("/v1/check", &json!({ "document": document(DRAFT), "allow": ["nothing"] })).is_problem(400, "request");
    server.post("/v1/check?x=%zz", "text/yaml", b"").is_problem(400, "request");
    let detail = |answer: Answer| answer.is_problem(400, "request")["detail"].as_str().unwrap().to_owned();
    let bare = json!({ "symbol": "A/84/L.901", "kind": "draft-resolution", "body": [] });
    assert!(detail(server.ask("/v1/check", &bare)).starts_with("the body is a document, not a request: put its text"));
    let json = json!({ "document": document(DRAFT) });
    assert_eq!(
        detail(server.ask("/v1/render?format=png", &json)),
        "with a JSON body, put the parameters into the body"
    );
    assert!(detail(server.post("/v1/render?document=x", "text/yaml", DRAFT.as_bytes())).starts_with("document: "));
    for query in ["page=1", "format=pdf&page=2"] {
        let refused = server.post(&format!("/v1/render?{query}"), "text/yaml", DRAFT.as_bytes());
        assert_eq!(detail(refused), "page: chooses a page of PNG or SVG, not of PDF");
    }
    for (parameters, wanted) in [
        ("format=jpg", "format: unknown value `jpg`, expected one of `pdf`, `png`, `svg`"),
        ("page=two", "page: invalid type: string \"two\", expected a whole number"),
        ("emblem=%21", "emblem: not Base64: Invalid symbol 33, offset 0."),
    ] {
        assert_eq!(detail(server.post(&format!("/v1/render?{parameters}"), "text/yaml", DRAFT.as_bytes())), wanted);
    }
    assert_eq!(detail(server.post("/v1/convert", "text/yaml", DRAFT.as_bytes())), "missing parameter `to`");
    let resolution = server.post("/v1/render?format=png&ppi=9", "text/yaml", DRAFT.as_bytes());
    assert_eq!(detail(resolution), "ppi: must be from 10 to 600");
    // What was sent is not sent back at length.
    let unknown = json!({ "document": document(DRAFT), "allow": ["x".repeat(100_000)] });
    assert!(detail(server.ask("/v1/check", &unknown)).len() < 100);
    let long = json!({ "document": document(DRAFT), "x".repeat(100_000): 1 });
    assert!(detail(server.ask("/v1/check", &long)).len() < 2000);
    server.post("/v1/render", "text/yaml", &vec![b' '; 3 << 20]).is_problem(413, "too-large");
    server.post("/v1/render", "text/yaml", b"\xff\xff").is_problem(422, "document");
    server.ask("/v1/render", &json!({ "document": { "source": "%PDF-1.7" } })).is_problem(422, "document");
}

#[test]
fn other_names_and_pages_of_other_servers_are_refused() {
    let server = Server::start(&["serve", "--workers", "1", "--host-name", "press.example:443"]);
    let status = |headers: &str| server.send(&format!("GET /healthz HTTP/1.1\r\n{headers}"), b"").unwrap().status;
    assert_eq!(status(&format!("Host: {}", server.host)), 200);
    assert_eq!(status("Host: localhost:1"), 200);
    assert_eq!(status("Host: press.example"), 200);
    assert_eq!(status("Host: press.example:443"), 200);
    assert_eq!(status("Host: evil.example"), 403);
    assert_eq!(status("Host: 127.0.0.1.evil.example"), 403);
    assert_eq!(status(&format!("Host: {0}\r\nOrigin: http://{0}", server.host)), 200);
    assert_eq!(status(&format!("Host: {}\r\nOrigin: http://evil.example", server.host)), 403);
    assert_eq!(status(&format!("Host: {}\r\nOrigin: null", server.host)), 403);
    let page = server.get("/");
    let policy = page.head.lines().find(|line| line.starts_with("content-security-policy: ")).unwrap();
    assert!(policy.contains("script-src 'self';") && !policy.contains("unsafe"), "{policy}");
    assert!(page.text().contains("<script type=\"module\" src=") && !page.text().contains("{nonce}"));
    assert_ne!(page.head, server.get("/").head);
}

#[test]
fn no_file_of_the_server_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let seal = folder.path().join("seal.svg");
    let svg = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9'/></svg>";
    fs::write(&seal, svg).unwrap();
    let server = Server::start_in(folder.path(), &["serve", "--workers", "1"]);
    let with_emblem = |name: &str| DRAFT.to_owned() + &format!("emblem: '{name}'\n");
    for (name, code) in [
        ("seal.svg", "picture"),
        (seal.to_str().unwrap(), "path"),
        ("../seal.svg", "path"),
        ("file:///etc/passwd", "path"),
        ("http://127.0.0.1/x.svg", "path"),
    ] {
        let problem = server.ask("/v1/render", &json!({ "document": document(&with_emblem(name)) }));
        assert_eq!(problem.is_problem(422, "document")["findings"][0]["code"], code, "{name}");
    }
    let with_picture = |svg: &str| {
        let code = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, svg);
        let sent = json!({ "source": with_emblem("seal.svg"), "pictures": { "seal.svg": code } });
        server.ask("/v1/render", &json!({ "document": sent }))
    };
    assert_eq!(with_picture(svg).status, 200);
    // Nor does a picture that was sent lead anywhere.
    let elsewhere = TcpListener::bind("127.0.0.1:0").unwrap();
    elsewhere.set_nonblocking(true).unwrap();
    let address = elsewhere.local_addr().unwrap();
    for link in [format!("http://{address}/x.png"), format!("file://{}", seal.display()), "seal.svg".to_owned()] {
        let linked = svg.replace("<rect", &format!("<image href='{link}' width='9' height='9'/><rect"));
        assert_eq!(with_picture(&linked).is_problem(422, "document")["findings"][0]["code"], "picture", "{link}");
    }
    assert!(elsewhere.accept().is_err());
    for path in ["/../Cargo.toml", "/assets/../../Cargo.toml", "/assets/%2e%2e/Cargo.toml", "//etc/passwd"] {
        assert_eq!(server.get(path).status, 404, "{path}");
    }
}

#[test]
fn a_document_that_exceeds_a_limit_or_kills_its_process_costs_one_request() {
    let server = Server::start(&["serve", "--workers", "1", "--deadline", "0.1"]);
    let problem = server.ask("/v1/render", &json!({ "document": document(&long()) })).is_problem(503, "over-limit");
    assert_eq!(problem["findings"][0]["code"], "over-deadline");
    let small = || server.ask("/v1/convert", &json!({ "document": document(DRAFT), "to": "json" })).status;
    assert_eq!(small(), 200);
    drop(server);

    let server = Server::start(&["serve", "--workers", "1", "--deadline", "0"]);
    let killed = while_busy(&server, || {});
    assert_eq!(killed.is_problem(500, "internal-error")["findings"][0]["code"], "killed-the-program");
    let small = || server.ask("/v1/convert", &json!({ "document": document(DRAFT), "to": "json" })).status;
    assert_eq!(small(), 200);
    // One that was killed while it had nothing to do costs none.
    server.kill_workers();
    thread::sleep(Duration::from_millis(100));
    assert_eq!(small(), 200);
    assert!(server.get("/metrics").text().contains("masthead_workers_replaced_total 1"));
}

/// Does something while a worker works, which is killed then; returns the answer about its task.
fn while_busy(server: &Server, act: impl FnOnce()) -> Answer {
    thread::scope(|scope| {
        let answer = scope.spawn(|| server.ask("/v1/render", &json!({ "document": document(&long()) })));
        let begun = Instant::now();
        while !server.get("/metrics").text().contains("masthead_workers_busy 1") && begun.elapsed().as_secs() < 20 {
            thread::sleep(Duration::from_millis(5));
        }
        act();
        server.kill_workers();
        answer.join().unwrap()
    })
}

#[test]
fn more_than_fits_is_refused_and_what_was_accepted_is_answered() {
    let mut server = Server::start(&["serve", "--workers", "1", "--waiting", "2"]);
    let body = json!({ "document": document(DRAFT) });
    let statuses: Vec<Option<u16>> = thread::scope(|scope| {
        let ask = || server.send(&head(&server.host), body.to_string().as_bytes()).map(|answer| answer.status);
        let all: Vec<_> = (0..30).map(|_| scope.spawn(ask)).collect();
        all.into_iter().map(|one| one.join().unwrap()).collect()
    });
    let count = |status| statuses.iter().filter(|one| **one == Some(status)).count();
    assert_eq!(count(200) + count(429), 30, "{statuses:?}");
    assert!(count(200) >= 3 && count(429) > 0, "{statuses:?}");

    // SIGTERM while requests are in progress: they are answered, and the program ends well.
    let id = server.process.id().to_string();
    let statuses: Vec<Option<u16>> = thread::scope(|scope| {
        let ask = || server.send(&head(&server.host), body.to_string().as_bytes()).map(|answer| answer.status);
        let all: Vec<_> = (0..3).map(|_| scope.spawn(ask)).collect();
        thread::sleep(Duration::from_millis(100));
        assert!(Command::new("kill").args(["-15", &id]).status().unwrap().success());
        all.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert_eq!(statuses, [Some(200); 3]);
    assert!(server.process.wait().unwrap().success());
}

fn head(host: &str) -> String {
    format!("POST /v1/render HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json")
}

#[test]
fn the_interface_describes_itself() {
    let server = Server::start(&["serve", "--workers", "1"]);
    let openapi = server.get("/openapi.json").json();
    assert_eq!(openapi["openapi"], "3.1.0");
    for (path, operations) in openapi["paths"].as_object().unwrap() {
        let path = path.replace("{kind}", "letter");
        let answer = match operations.get("get") {
            Some(_) => server.get(&path),
            None => server.post(&path, "application/json", b"{}"),
        };
        let wanted = if operations.get("get").is_some() { 200 } else { 400 };
        assert_eq!(answer.status, wanted, "{path}: {}", answer.text());
    }
    let metrics = server.get("/metrics").text();
    assert!(metrics.contains("masthead_requests_total{route=\"/v1/starters/{kind}\",status=\"200\"} 1"), "{metrics}");
    assert!(
        metrics.contains("masthead_request_duration_seconds_bucket{route=\"/healthz\",le=\"+Inf\"} 1"),
        "{metrics}"
    );
}

#[test]
fn every_request_has_an_id_in_the_answer_and_in_the_log() {
    let server = Server::start(&["serve", "--workers", "1", "--log", "json"]);
    let named =
        server.send(&format!("GET /healthz HTTP/1.1\r\nHost: {}\r\nX-Request-Id: a-1", server.host), b"").unwrap();
    assert!(named.head.contains("x-request-id: a-1"));
    let refused = server.post("/v1/render", "text/yaml", b"title: x");
    let id = refused.head.lines().find_map(|line| line.strip_prefix("x-request-id: ")).unwrap().to_owned();
    // An id that would forge a line of the log is not taken over.
    let forged = format!("GET /healthz HTTP/1.1\r\nHost: {}\r\nX-Request-Id: a\tb", server.host);
    assert!(!server.send(&forged, b"").unwrap().head.contains("x-request-id: a"));
    let begun = Instant::now();
    let line = |id: &str| -> Value {
        loop {
            let log = server.log.lock().unwrap().clone();
            if let Some(line) = log.lines().find(|line| line.contains(&format!("\"id\":\"{id}\""))) {
                return serde_json::from_str(line).unwrap();
            }
            assert!(begun.elapsed().as_secs() < 20, "{id}: {log}");
            thread::sleep(Duration::from_millis(10));
        }
    };
    assert_eq!(line("a-1")["fields"]["status"], 200);
    let line = line(&id);
    assert_eq!((&line["fields"]["status"], &line["span"]["path"]), (&json!(422), &json!("/v1/render")), "{line}");
}

#[test]
fn clients_that_are_slow_are_let_go() {
    let server = Server::start(&["serve", "--workers", "1", "--client-timeout", "1"]);
    let begun = Instant::now();
    let post = format!("POST /v1/check HTTP/1.1\r\nHost: {}\r\nContent-Type: text/yaml\r\n", server.host);
    // A head that never ends, although it goes on.
    let mut head = server.begin(b"GET /healthz HTTP/1.1\r\n");
    let mut writes = head.try_clone().unwrap();
    let dribble = thread::spawn(move || {
        while writes.write_all(b"X-A: b\r\n").is_ok() && begun.elapsed().as_secs() < 60 {
            thread::sleep(Duration::from_millis(100));
        }
    });
    // A body that never comes, one that stops, and one that is announced to be huge.
    let mut bodies: Vec<TcpStream> =
        ["Content-Length: 100\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n5\r\ntitle\r\n"]
            .map(|rest| server.begin((post.clone() + rest).as_bytes()))
            .into();
    let mut huge = server.begin((post + "Content-Length: 99999999999\r\n\r\n").as_bytes());
    // Answers that are not taken.
    let many = format!("GET /assets/app.js HTTP/1.1\r\nHost: {}\r\n\r\n", server.host).repeat(200);
    let mut answers = server.begin(many.as_bytes());

    assert_eq!(server.get("/healthz").status, 200);
    let rest = |stream: &mut TcpStream| {
        let mut bytes = Vec::new();
        // A connection that is reset has ended, too.
        let _ = stream.read_to_end(&mut bytes);
        bytes
    };
    let answer = |stream| Answer::parse(&rest(stream)).unwrap();
    answer(&mut huge).is_problem(413, "too-large");
    bodies.iter_mut().for_each(|body| drop(answer(body).is_problem(408, "slow-body")));
    rest(&mut head);
    dribble.join().unwrap();
    thread::sleep(Duration::from_secs(2));
    let whole = server.get("/assets/app.js").body.len();
    assert!(rest(&mut answers).len() < 200 * whole);
    assert!(begun.elapsed().as_secs() < 60);
    assert_eq!(server.get("/healthz").status, 200);
}

#[test]
fn more_pixels_than_an_answer_may_have_are_refused() {
    let server = Server::start(&["serve", "--workers", "1"]);
    let text = "the tide tables of harbours ".repeat(30);
    let source = DRAFT.to_owned() + &format!("- operative: '{text}'\n").repeat(16);
    let ask = |ppi: u32, more: Value| {
        let mut request = json!({ "document": document(&source), "format": "png", "ppi": ppi });
        request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        server.ask("/v1/render", &request)
    };
    let refused = ask(600, json!({})).is_problem(400, "request");
    assert!(refused["detail"].as_str().unwrap().contains("4 pages are too many"), "{refused}");
    ask(601, json!({})).is_problem(400, "request");
    assert!(ask(60, json!({ "page": 4 })).body.starts_with(b"\x89PNG"));
    assert_eq!(ask(60, json!({})).json()["pages"].as_array().unwrap().len(), 4);
}

#[test]
fn no_accepted_request_is_lost_on_shutdown_under_load() {
    let mut server = Server::start(&["serve", "--workers", "2", "--waiting", "100"]);
    let body = json!({ "document": document(DRAFT), "to": "json" }).to_string();
    let request = format!(
        "POST /v1/convert HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        server.host,
        body.len()
    );
    let answered = AtomicUsize::new(0);
    // Each client sends one request after the other on its connection, until an answer says that it is the last.
    let client = || {
        let mut stream = BufReader::new(server.begin(request.as_bytes()));
        loop {
            let mut head = String::new();
            while !head.ends_with("\r\n\r\n") {
                assert!(stream.read_line(&mut head).unwrap() > 0, "a request was lost: {head}");
            }
            let head = head.to_ascii_lowercase();
            let length = head.split("content-length: ").nth(1).unwrap().split('\r').next().unwrap();
            stream.read_exact(&mut vec![0; length.parse().unwrap()]).unwrap();
            assert!(head.starts_with("http/1.1 200"), "{head}");
            answered.fetch_add(1, Ordering::Relaxed);
            if head.contains("connection: close") {
                return;
            }
            stream.get_mut().write_all(request.as_bytes()).unwrap();
        }
    };
    let id = server.process.id().to_string();
    thread::scope(|scope| {
        let clients: Vec<_> = (0..16).map(|_| scope.spawn(client)).collect();
        let begun = Instant::now();
        while answered.load(Ordering::Relaxed) < 100 && begun.elapsed().as_secs() < 60 {
            thread::sleep(Duration::from_millis(5));
        }
        assert!(Command::new("kill").args(["-15", &id]).status().unwrap().success());
        clients.into_iter().for_each(|client| client.join().unwrap());
    });
    assert!(answered.load(Ordering::Relaxed) >= 100);
    assert!(server.process.wait().unwrap().success());
    assert!(TcpStream::connect(&server.host).is_err());
}

#[test]
fn only_pages_that_changed_are_sent() {
    let server = Server::start(&["serve"]);
    let source = |last: &str| {
        let text = "the tide tables of harbours ".repeat(30);
        DRAFT.to_owned() + &format!("- operative: '{text}'\n").repeat(12) + &format!("- operative: '{last}'\n")
    };
    let pages = |source: &str, known: &Value| {
        server.ask("/v1/pages", &json!({ "document": document(source), "known": known })).json()
    };
    let first = pages(&source("One."), &json!([]));
    let keys: Vec<Value> = first["pages"].as_array().unwrap().iter().map(|page| page["key"].clone()).collect();
    assert!(keys.len() > 2);
    let second = pages(&("# a comment\n".to_owned() + &source("Two. It is longer.")), &json!(keys));
    let sent: Vec<bool> = second["pages"].as_array().unwrap().iter().map(|page| page["content"].is_object()).collect();
    assert_eq!(sent.iter().filter(|sent| **sent).count(), 1, "{sent:?}");
    let (last, content) = (sent.len() - 1, &second["pages"][sent.len() - 1]["content"]);
    assert!(sent[last]);
    let line = content["lines"].as_array().unwrap().iter().find(|line| line["text"].as_str().unwrap().contains("Two."));
    let part = line.unwrap()["part"].as_str().unwrap();
    assert_eq!(second["parts"][part], 21, "{}", second["parts"]);
    assert_eq!(first["parts"][part], 20);
    // The same, of a document that is sent as it is.
    let known: Vec<&str> = keys.iter().filter_map(Value::as_str).collect();
    let path = format!("/v1/pages?known={}", known.join(","));
    let again = server.post(&path, "text/yaml", source("One.").as_bytes()).json();
    assert!(again["pages"].as_array().unwrap().iter().all(|page| page["content"].is_null()), "{again}");
}

#[test]
fn lines_of_a_long_paragraph_have_their_own_source_lines() {
    let server = Server::start(&["serve"]);
    let lines: String =
        (0..12).map(|n| format!("    word{n} and the tide tables of the harbours of the islands\n")).collect();
    let source = DRAFT.to_owned() + "- operative: >-\n" + &lines;
    let pages = server.ask("/v1/pages", &json!({ "document": document(&source) })).json();
    let printed = pages["pages"][0]["content"]["lines"].as_array().unwrap().clone();
    let number = |word: &str| {
        let line = printed.iter().find(|line| line["text"].as_str().unwrap().starts_with(word));
        line.map(|line| {
            pages["parts"][line["part"].as_str().unwrap()].as_u64().unwrap() + line["offset"].as_u64().unwrap()
        })
    };
    let source_line = |word: &str| source.lines().position(|line| line.contains(word)).unwrap() as u64 + 1;
    let mut seen = 0;
    for line in &printed {
        let text = line["text"].as_str().unwrap();
        let Some(word) = text.split(' ').find(|word| word.starts_with("word")) else { continue };
        if text.starts_with(word) {
            assert_eq!(number(word), Some(source_line(&format!("{word} "))), "{text}");
            seen += 1;
        }
    }
    let last = printed.iter().rfind(|line| line["text"].as_str().unwrap().contains("islands")).unwrap();
    assert!(last["offset"].as_u64().unwrap() >= 10 || seen > 0, "{last}");
}

#[test]
fn rendered_files_are_opened_by_the_program_that_the_system_has() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("draft.yaml"), DRAFT).unwrap();
    let path = path_with_opener(folder.path());
    let render = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_masthead"));
        command.args(["render", "draft.yaml", "--open", "-q"]).args(arguments).current_dir(folder.path());
        command.env("PATH", &path).status().unwrap().code()
    };
    assert_eq!(render(&["-o", "-"]), Some(2));
    assert_eq!(render(&[]), Some(0));
    assert_eq!(opened(folder.path()), "draft.pdf");
}

#[test]
fn the_browser_is_led_to_this_machine() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_masthead"));
    command.args(["serve", "--workers", "1", "--listen", "0.0.0.0:0", "--open"]);
    let server = Server::of(command.env("PATH", path_with_opener(folder.path())));
    let port = server.host.strip_prefix("0.0.0.0:").unwrap();
    assert_eq!(opened(folder.path()), format!("http://127.0.0.1:{port}/"));
}

/// Returns a search path on which a program in the folder opens files: it writes down what it is given.
fn path_with_opener(folder: &Path) -> String {
    let program = folder.join("xdg-open");
    let script = "#!/bin/sh\nprintf %s \"$1\" > \"${0%/*}/opened.tmp\"\nmv \"${0%/*}/opened.tmp\" \"${0%/*}/opened\"\n";
    fs::write(&program, script).unwrap();
    fs::set_permissions(program, fs::Permissions::from_mode(0o755)).unwrap();
    format!("{}:{}", folder.display(), std::env::var("PATH").unwrap())
}

/// Returns what the program in the folder was given.
fn opened(folder: &Path) -> String {
    let (file, begun) = (folder.join("opened"), Instant::now());
    while !file.exists() && begun.elapsed().as_secs() < 20 {
        thread::sleep(Duration::from_millis(20));
    }
    fs::read_to_string(file).unwrap()
}

#[test]
fn a_watched_file_is_shown_anew_when_an_editor_replaces_it() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let file = at("draft.yaml");
    fs::write(&file, DRAFT).unwrap();
    let server = Server::start(&["watch", file.to_str().unwrap()]);
    let stream = server.begin(format!("GET /watch/events HTTP/1.1\r\nHost: {}\r\n\r\n", server.host).as_bytes());
    let data = |line: std::io::Result<String>| line.unwrap().strip_prefix("data: ").map(str::to_owned);
    let mut events = BufReader::new(stream).lines().filter_map(data);
    let mut known: Vec<Value> = Vec::new();
    let mut pages = || {
        let answer = server.ask("/watch/pages", &json!({ "known": known }));
        known.extend(
            answer.json()["pages"].as_array().iter().flat_map(|pages| pages.iter().map(|it| it["key"].clone())),
        );
        answer
    };
    // What the browser gets after the changes until one has come through.
    let mut until = |settled: &dyn Fn(&Answer) -> bool| loop {
        let told: Value = serde_json::from_str(&events.next().unwrap()).unwrap();
        assert_eq!(told["file"], file.to_str().unwrap());
        let answer = pages();
        if settled(&answer) {
            return answer;
        }
    };
    assert_eq!(until(&|answer| answer.status == 200).json()["pages"].as_array().unwrap().len(), 1);
    let findings = || server.ask("/watch/check", &json!({}));
    assert_eq!(findings().json()["errors"], 0);
    let replace = |text: &str| {
        fs::write(at("draft.yaml.tmp"), text).unwrap();
        fs::rename(at("draft.yaml.tmp"), &file).unwrap();
    };
    replace(&DRAFT.replace("the matter", "the tides"));
    until(&|answer| answer.json()["pages"][0]["content"]["lines"].to_string().contains("the tides"));
    replace(&DRAFT.replace("kind: draft-resolution", "kind: draft"));
    let refused = until(&|answer| answer.status == 422).is_problem(422, "document");
    assert_eq!(refused["findings"][0]["line"], 2);
    fs::remove_file(&file).unwrap();
    let gone = until(&|answer| answer.text().contains("cannot be read")).is_problem(422, "document");
    assert_eq!(gone["findings"], json!([]));
    findings().is_problem(422, "document");
    // Pages that the browser has are not sent again.
    replace(DRAFT);
    let back = until(&|answer| answer.status == 200).json();
    assert!(back["pages"][0]["key"].is_string() && back["pages"][0]["content"].is_null(), "{back}");
    // The house of the folder counts as well.
    fs::write(at("masthead.toml"), "[house]\nname = 'Conference of the Tides'\n").unwrap();
    until(&|answer| answer.text().contains("Conference of the Tides"));
    // Only the watched file has these routes.
    drop(events);
    let other = Server::start(&["serve", "--workers", "1"]);
    other.ask("/watch/check", &json!({})).is_problem(404, "not-found");
    other.ask("/watch/pages", &json!({ "known": [] })).is_problem(404, "not-found");
}

#[test]
fn wrong_arguments_are_refused_with_a_way_out() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let (folder, taken) = (tempfile::tempdir().unwrap(), taken.local_addr().unwrap().to_string());
    let folder = folder.path().to_str().unwrap();
    for (arguments, way_out) in [
        (["serve", "--listen", &taken], "choose another port with --listen"),
        (["serve", "--listen", "localhost"], "such as 127.0.0.1:8417"),
        (["watch", "--no-open", folder], "name one file of the folder"),
        (["watch", "--no-open", "missing.yaml"], "there is no file missing.yaml"),
    ] {
        let run = Command::new(env!("CARGO_BIN_EXE_masthead")).args(arguments).output().unwrap();
        let said = String::from_utf8_lossy(&run.stderr);
        assert!(run.status.code() == Some(2) && said.contains(way_out), "{arguments:?}: {said}");
    }
}
