//! `masthead explain`: what a finding means.

use clap::Args;
use masthead::check::explain::{self, Explanation};

use super::Exit;
use super::report::Reporter;

/// What `masthead explain` is given.
#[derive(Args)]
#[command(after_help = "Examples:
  masthead explain sponsor-order
  masthead explain")]
pub struct Explain {
    /// The code of a finding, as in warning[sponsor-order]; default: a list of all
    #[arg(value_name = "CODE")]
    code: Option<String>,
}

impl Explain {
    /// Tells what a code means, or lists all codes.
    pub fn run(&self, reporter: &Reporter) -> Exit {
        let Some(code) = &self.code else {
            let list: String = explain::explanations().map(|one| format!("{:24}  {}\n", one.code, one.asks)).collect();
            return reporter.out(list.as_bytes());
        };
        match explain::explain(code) {
            Some(explanation) => reporter.out(described(&explanation).as_bytes()),
            None => {
                let near = explain::nearest(code).map_or_else(String::new, |near| format!("; did you mean “{near}”?"));
                reporter.error(&format!("there is no finding with the code “{code}”{near}"))
            }
        }
    }
}

fn described(explanation: &Explanation) -> String {
    let Explanation { code, severity, asks, source, examples, editorial } = explanation;
    let mut text = format!("{}[{code}]\n\n{asks}\n\nSource: {source}\n", severity.name());
    if let Some((breaks, keeps)) = examples {
        text += &format!("\nWrong:\n\n{}\nRight:\n\n{}", fields(breaks), fields(keeps));
    }
    if *editorial {
        text +=
            &format!("\nTo have it not told: --allow {code}, or allow = [\"{code}\"] under [check] in masthead.toml\n");
    } else {
        text += "\nIt is about the form or structure of a document";
        text += if *severity == masthead::diagnostic::Severity::Error { ", and cannot be allowed.\n" } else { ".\n" };
    }
    text
}

/// The fields of an example, a line each; those that begin with a hyphen are left out of the document.
fn fields(example: &str) -> String {
    let line = |line: &str| match line.strip_prefix('-') {
        Some(left_out) => format!("    # without {left_out}\n"),
        None => format!("    {line}\n"),
    };
    example.lines().map(line).collect()
}
