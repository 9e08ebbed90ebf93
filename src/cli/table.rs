//! Renditions of the register as text, CSV or JSON.

use clap::ValueEnum;
use masthead::Error;
use masthead::register::{Entry, Record};
use masthead::visible::{visible, visible_json, visible_lines};
use serde_json::{Value, json};

/// The output format of renditions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum OutputFormat {
    /// Text, one line per rendition
    #[default]
    Text,
    /// CSV with all columns; cells that a spreadsheet would read as formulas get an apostrophe
    Csv,
    /// JSON list with all fields
    Json,
}

/// Formats renditions.
pub fn described(entries: &[Entry], how: OutputFormat) -> Result<Vec<u8>, Error> {
    match how {
        OutputFormat::Text => Ok(entries.iter().map(line).collect::<String>().into_bytes()),
        OutputFormat::Json => {
            let list: Vec<Value> = entries.iter().map(value).collect();
            let json = serde_json::to_string_pretty(&list).map_err(Error::other)?;
            Ok((visible_json(&json) + "\n").into_bytes())
        }
        OutputFormat::Csv => {
            let mut writer = csv::Writer::from_writer(Vec::new());
            writer
                .write_record(Record::COLUMNS.iter().chain(&["current", "outdated", "recorded"]))
                .map_err(Error::other)?;
            for entry in entries {
                let cells = entry.record.cells().into_iter().map(harmless);
                let flag = |flag: bool| if flag { "1" } else { "0" }.to_owned();
                let more = [flag(entry.current), flag(entry.outdated), entry.recorded.clone()];
                writer.write_record(cells.chain(more)).map_err(Error::other)?;
            }
            writer.into_inner().map_err(Error::other)
        }
    }
}

/// Makes a cell safe to show: control characters are made visible, and a cell that begins like a formula gets an
/// apostrophe before it.
fn harmless(cell: String) -> String {
    let cell = visible_lines(&cell).into_owned();
    const BEGINS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    if cell.starts_with(BEGINS) { format!("'{cell}") } else { cell }
}

fn line(entry: &Entry) -> String {
    const TITLE: usize = 60;
    let record = &entry.record;
    let date = record.date.or(record.adopted).map(|date| date.to_string()).unwrap_or_default();
    let (symbol, code, pages) = (record.symbols.join(", "), record.language.code(), record.pages);
    let mut title: String = record.title.chars().take(TITLE).collect();
    if title.len() < record.title.len() {
        title.push('…');
    }
    let state = match entry.state() {
        "current" => String::new(),
        state => format!("  ({state})"),
    };
    format!("{}\n", visible(&format!("{symbol:24} {code}  {date:10} {pages:3} p.  {title}{state}")))
}

fn value(entry: &Entry) -> Value {
    let mut value = json!(entry.record);
    value["current"] = json!(entry.current);
    value["outdated"] = json!(entry.outdated);
    value["recorded"] = json!(entry.recorded);
    value
}
