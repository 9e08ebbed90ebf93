//! The clock, used only for the times recorded in the register. No document depends on it.

use std::env;

use masthead::diagnostic::{Diagnostic, shortened};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

const VARIABLE: &str = "SOURCE_DATE_EPOCH";

/// The system time, or a fixed one from the environment, so that a register can be reproduced exactly.
pub struct Clock {
    given: Option<OffsetDateTime>,
}

impl Clock {
    /// Returns the clock that `SOURCE_DATE_EPOCH` (seconds since 1970) sets, or the system clock.
    ///
    /// # Errors
    ///
    /// Returns an error if the value is not a time, or its year has more than four digits.
    pub fn of_environment() -> Result<Self, Diagnostic> {
        let Some(value) = env::var_os(VARIABLE) else { return Ok(Self { given: None }) };
        let value = value.to_string_lossy();
        let seconds = value.parse::<i64>().ok().filter(|seconds| *seconds >= 0);
        let given = seconds.and_then(|seconds| OffsetDateTime::from_unix_timestamp(seconds).ok());
        if given.is_some() {
            return Ok(Self { given });
        }
        let message = format!("{VARIABLE} is “{}”, which is not a time", shortened(&value));
        let hint = "set it to seconds since 1970, from 0 to 253402300799, or unset it";
        Err(Diagnostic::error("source-date-epoch", message).hint(hint))
    }

    /// Returns the time in UTC, in ISO 8601 format, to the second.
    pub fn now(&self) -> String {
        let time = self.given.unwrap_or_else(OffsetDateTime::now_utc).replace_nanosecond(0);
        time.ok().and_then(|time| time.format(&Rfc3339).ok()).unwrap_or_default()
    }
}
