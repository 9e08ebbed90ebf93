//! A calendar date, written as ISO 8601 in the source.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use time::macros::format_description;

use crate::error::Error;

/// A calendar date, `2023-08-28`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String", extend("pattern" = r"^\d{4}-\d{2}-\d{2}$"))]
pub struct Date(time::Date);

impl Date {
    /// Returns the year: 2023.
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// Returns the month, from 1 to 12.
    pub fn month(self) -> u8 {
        self.0.month().into()
    }

    /// Returns the day of the month, from 1.
    pub fn day(self) -> u8 {
        self.0.day()
    }
}

impl FromStr for Date {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let figures = text.len() == 10 && text.starts_with(|c: char| c.is_ascii_digit());
        let date = if figures { text } else { "" };
        time::Date::parse(date, format_description!("[year]-[month]-[day]"))
            .map(Self)
            .map_err(|_| Error::value(format!("“{text}” is not a valid date; write it as 2030-09-01")))
    }
}

impl TryFrom<String> for Date {
    type Error = Error;

    fn try_from(text: String) -> Result<Self, Error> {
        text.parse()
    }
}

impl From<Date> for String {
    fn from(date: Date) -> Self {
        date.to_string()
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}
