//! `masthead explain`: explains what a finding means.

use clap::Args;
use masthead::check::explain::{self, Explanation};
use masthead::preflight::codes;

use super::Exit;
use super::report::Reporter;

/// The arguments of `masthead explain`.
#[derive(Args)]
#[command(after_help = "Examples:
  masthead explain sponsor-order
  masthead explain")]
pub struct Explain {
    /// Code of a finding, as in warning[sponsor-order]; default: list all codes
    #[arg(value_name = "CODE")]
    code: Option<String>,
}

impl Explain {
    /// Explains a code, or lists all codes.
    pub fn run(&self, reporter: &Reporter) -> Exit {
        let Some(code) = &self.code else {
            let list: String = explain::explanations().map(|one| format!("{:24}  {}\n", one.code, one.asks)).collect();
            return reporter.out(list.as_bytes());
        };
        match explain::explain(code) {
            Some(explanation) => reporter.out(described(&explanation).as_bytes()),
            None => {
                let near = explain::nearest(code).map_or_else(String::new, |near| format!("; did you mean “{near}”?"));
                let codes =
                    "codes stand in brackets, as in error[unknown-field]; for a field, use masthead help fields";
                reporter.error(format!("unknown finding code “{code}”{near}; {codes}"))
            }
        }
    }
}

fn described(explanation: &Explanation) -> String {
    let Explanation { code, severity, asks, source, examples, editorial, .. } = explanation;
    let mut text = format!("{}[{code}]\n\n{asks}\n\nSource: {source}\n", severity.name());
    if let Some((breaks, keeps)) = examples {
        text += &format!("\nWrong:\n\n{}\nRight:\n\n{}", fields(breaks), fields(keeps));
    }
    if *editorial {
        text += &format!("\nTo suppress it: --allow {code}, or allow = [\"{code}\"] under [check] in masthead.toml\n");
    } else if codes().any(|known| known.name == *code) {
        text += &format!("\nTo suppress it: masthead preflight --allow {code}, or allow = [\"{code}\"] in a profile\n");
    } else {
        text += "\nIt concerns the form or structure of a document";
        let is_error = *severity == masthead::diagnostic::Severity::Error;
        text += if is_error { ", and cannot be suppressed.\n" } else { ".\n" };
    }
    text
}

/// Returns the fields of an example, one per line; those that begin with a hyphen are the ones left out.
fn fields(example: &str) -> String {
    let line = |line: &str| match line.strip_prefix('-') {
        Some(left_out) => format!("    # without {left_out}\n"),
        None => format!("    {line}\n"),
    };
    example.lines().map(line).collect()
}
