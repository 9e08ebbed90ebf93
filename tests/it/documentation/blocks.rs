//! The commands of a page: those of its code blocks, and those that it writes within text and tables.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use regex::Regex;

/// The languages of blocks that hold no commands.
const OTHERS: [&str; 12] =
    ["yaml", "json", "toml", "xml", "markdown", "text", "diff", "rust", "python", "typst", "javascript", "http"];

/// A command that a page shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    /// The command, without comments.
    pub command: String,
    /// The exit status that the page states.
    pub status: i32,
    /// What it prints, if the page shows that.
    pub prints: Option<Vec<String>>,
    pub place: Place,
}

/// Where a command is shown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Place {
    /// In a block of commands; or in a comment, for the reader to do by hand; or it writes the file that a block shows.
    Block,
    /// Alone in the first cell of a row.
    Row,
    /// Within text, where it may be only a part of a command.
    Text,
}

/// A row of a table that is being read.
#[derive(Default)]
struct Row {
    cells: usize,
    /// The index of its first command.
    first: usize,
    /// Its text, which may state the exit status.
    text: String,
}

/// Returns the commands of a page in order, or what of its blocks is not understood.
pub fn commands(page: &str) -> Result<Vec<Shown>, Vec<String>> {
    let mut shown: Vec<Shown> = Vec::new();
    let mut wrong = Vec::new();
    let mut block: Option<(String, String)> = None;
    let mut comment: Option<String> = None;
    let mut row: Option<Row> = None;
    for event in Parser::new_ext(page, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                let info = match kind {
                    CodeBlockKind::Indented => "sh".to_owned(),
                    CodeBlockKind::Fenced(info) => info.into_string(),
                };
                block = Some((info, String::new()));
            }
            Event::Text(text) if block.is_some() => block.as_mut().unwrap().1.push_str(&text),
            Event::End(TagEnd::CodeBlock) => {
                let (info, text) = block.take().unwrap();
                match of_block(&info, &text) {
                    Ok(commands) => shown.extend(commands),
                    Err(message) => wrong.push(message),
                }
            }
            Event::Start(Tag::HtmlBlock) => comment = Some(String::new()),
            Event::Html(text) if comment.is_some() => comment.as_mut().unwrap().push_str(&text),
            Event::End(TagEnd::HtmlBlock) => {
                let text = comment.take().unwrap();
                let hidden = text.trim().strip_prefix("<!-- test:").and_then(|text| text.strip_suffix("-->"));
                shown.extend(hidden.map(|command| Shown::of(command, Place::Block)));
            }
            Event::InlineHtml(text) if text.contains("test:") => {
                wrong.push(format!("a hidden command needs lines of its own: {text}"));
            }
            Event::Start(Tag::TableRow) => row = Some(Row { first: shown.len(), ..Row::default() }),
            Event::End(TagEnd::TableCell) => {
                if let Some(row) = &mut row {
                    if row.cells == 0 && row.text.trim().is_empty() && shown.len() == row.first + 1 {
                        shown[row.first].place = Place::Row;
                    }
                    row.cells += 1;
                }
            }
            Event::End(TagEnd::TableRow) => {
                let Row { first, text, .. } = row.take().unwrap();
                shown[first..].iter_mut().for_each(|command| command.status = status(&text));
            }
            Event::Text(text) if row.is_some() => row.as_mut().unwrap().text.push_str(&text),
            Event::Code(code) if code.starts_with("masthead ") => shown.push(Shown::of(&code, Place::Text)),
            _ => {}
        }
    }
    if wrong.is_empty() { Ok(shown) } else { Err(wrong) }
}

/// Returns the commands of a block. What is shown with its output has `$ ` before each command; a block that is the
/// content of a file, as in `yaml file:draft.yaml`, is written.
fn of_block(info: &str, text: &str) -> Result<Vec<Shown>, String> {
    let language = info.split([',', ' ']).next().unwrap_or_default();
    let file = info.split_once(" file:").map(|(_, file)| format!("cat > {file} <<'END OF FILE'\n{text}END OF FILE"));
    let joined = Regex::new(r"\\\n\s*").unwrap().replace_all(text, "");
    let lines = joined.lines();
    match language {
        "sh" => {
            let commands = lines.filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
            Ok(commands.map(|line| Shown::of(line, Place::Block)).collect())
        }
        "console" => {
            let mut shown: Vec<Shown> = Vec::new();
            for line in lines {
                match (line.strip_prefix("$ "), shown.last_mut()) {
                    (Some(command), _) => shown.push(Shown::of(command, Place::Block)),
                    (None, Some(last)) => last.prints.get_or_insert_default().push(line.trim_end().to_owned()),
                    (None, None) => return Err(format!("output before the first command: {line}")),
                }
            }
            Ok(shown)
        }
        other if OTHERS.contains(&other) => {
            let is_command = |line: &&str| line.starts_with("$ ") || line.starts_with("masthead ");
            match joined.lines().find(is_command).filter(|_| other == "text") {
                Some(line) => Err(format!("a command in a block of text; fence it as sh or console: {line}")),
                None => Ok(file
                    .map(|command| Shown { status: 0, prints: None, place: Place::Block, command })
                    .into_iter()
                    .collect()),
            }
        }
        other => {
            Err(format!("a block without a known language, “{other}”: {}", text.lines().next().unwrap_or_default()))
        }
    }
}

impl Shown {
    /// Returns a command with the exit status that its comment states.
    fn of(line: &str, place: Place) -> Self {
        let (command, comment) = line.split_once(" #").unwrap_or((line, ""));
        Self { command: command.trim().to_owned(), status: status(comment), prints: None, place }
    }
}

/// Returns the exit status that a text states; otherwise that of success.
fn status(text: &str) -> i32 {
    let stated = text.split_once("exit status ").map(|(_, after)| after.chars().take_while(char::is_ascii_digit));
    stated.and_then(|digits| digits.collect::<String>().parse().ok()).unwrap_or(0)
}

#[test]
fn no_block_is_overlooked() {
    let page = "`masthead check` is\n\n```sh\nmasthead a \\\n  b   # exit status 1: wrong\n\n# comment\nc 'd  e' # f\n```\n\n\
         1. In a list:\n\n   ```console\n   $ masthead g\n   out\n   ```\n\n<!-- test: h -->\n```yaml\nmasthead: i\n```\n\n    masthead j\n\n\
         | command | |\n|---|---|\n| `masthead k x` | exit status 2, `masthead l` |\n| or `masthead m` | |\n\n```toml file:n\no\n```\n";
    let shown = commands(page).unwrap();
    let list: Vec<(&str, i32, Place)> =
        shown.iter().map(|shown| (shown.command.as_str(), shown.status, shown.place)).collect();
    let expected = [
        ("masthead check", 0, Place::Text),
        ("masthead a b", 1, Place::Block),
        ("c 'd  e'", 0, Place::Block),
        ("masthead g", 0, Place::Block),
        ("h", 0, Place::Block),
        ("masthead j", 0, Place::Block),
        ("masthead k x", 2, Place::Row),
        ("masthead l", 2, Place::Text),
        ("masthead m", 0, Place::Text),
        ("cat > n <<'END OF FILE'\no\nEND OF FILE", 0, Place::Block),
    ];
    assert_eq!(list, expected);
    assert_eq!(shown[3].prints, Some(vec!["out".to_owned()]));
    for wrong in
        ["```\nx\n```", "```bash\nx\n```", "```text\nmasthead x\n```", "```console\nx\n```", "a <!-- test: x -->"]
    {
        assert!(commands(wrong).is_err(), "{wrong}");
    }
}
