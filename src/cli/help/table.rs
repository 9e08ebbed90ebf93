//! Tables and wrapped lines in plain text.

/// The widest first column beside which the second one stands.
const WIDEST_TERM: usize = 26;
const GAP: usize = 2;
/// How far the cells of a row stand below its first one.
const BELOW: usize = 4;

/// Returns rows of two cells: the second beside the first, or below it if that is long.
pub fn described(rows: &[Vec<String>], indent: usize, width: usize) -> String {
    let length = |row: &Vec<String>| row.first().map_or(0, |term| term.chars().count());
    let widest = rows.iter().map(length).filter(|length| *length <= WIDEST_TERM).max().unwrap_or(0);
    let column = indent + widest + GAP;
    let mut out = String::new();
    for row in rows {
        let (term, text) = (row.first().map_or("", String::as_str), row.get(1).map_or("", String::as_str));
        let text = wrapped(text, column, width);
        out += &format!("{:indent$}{term}", "");
        if text.is_empty() {
            out.push('\n');
        } else if length(row) <= widest {
            let gap = column - indent - length(row);
            out += &format!("{:gap$}{}", "", text.trim_start());
        } else {
            out += &format!("\n{text}");
        }
    }
    out
}

/// Returns a table: one of two columns beside each other, others row by row. Cells of columns without a heading are in
/// brackets behind the first one, and those from the third on have their headings.
pub fn table(head: &[String], rows: &[Vec<String>], indent: usize, width: usize) -> String {
    if head.len() <= 2 {
        return described(rows, indent, width);
    }
    let mut out = String::new();
    for row in rows {
        let mut cells = row.iter().zip(head).skip(1).filter(|(cell, _)| !cell.is_empty());
        let marks: Vec<&str> =
            cells.clone().filter(|(_, head)| head.is_empty()).map(|(cell, _)| cell.as_str()).collect();
        let term = row.first().map_or("", String::as_str);
        let marks = if marks.is_empty() { String::new() } else { format!(" ({})", marks.join(", ")) };
        out += &wrapped(&format!("{term}{marks}"), indent, width);
        let first = cells.find(|(_, head)| !head.is_empty());
        let more: Vec<String> =
            cells.filter(|(_, head)| !head.is_empty()).map(|(cell, head)| format!("{head}: {cell}")).collect();
        if let Some((cell, _)) = first {
            out += &wrapped(cell, indent + BELOW, width);
        }
        for cell in more {
            out += &wrapped(&cell, indent + BELOW, width);
        }
    }
    out
}

/// Returns a text in lines of a width, all of them indented.
pub fn wrapped(text: &str, indent: usize, width: usize) -> String {
    let mut out = String::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let length = line.chars().count() + word.chars().count() + 1;
        if !line.is_empty() && indent + length > width {
            out += &format!("{:indent$}{line}\n", "");
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line += word;
    }
    if !line.is_empty() {
        out += &format!("{:indent$}{line}\n", "");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{described, table, wrapped};

    fn row(cells: &[&str]) -> Vec<String> {
        cells.iter().map(|cell| (*cell).to_owned()).collect()
    }

    #[test]
    fn lines_are_filled_and_long_words_kept() {
        assert_eq!(wrapped("one two three", 2, 9), "  one two\n  three\n");
        assert_eq!(wrapped("one incomprehensibilities", 0, 10), "one\nincomprehensibilities\n");
        assert_eq!(wrapped("« été », dit-il", 0, 7), "« été\n»,\ndit-il\n", "characters count, not bytes");
    }

    #[test]
    fn descriptions_stand_beside_their_terms() {
        let rows =
            [row(&["été", "of the summer and"]), row(&["a", "b"]), row(&["a term longer than the others may be", "c"])];
        let text = "  été  of the\n       summer and\n  a    b\n  a term longer than the others may be\n       c\n";
        assert_eq!(described(&rows, 2, 19), text);
        assert_eq!(described(&[row(&["a", ""])], 0, 20), "a\n");
    }

    #[test]
    fn rows_of_many_cells_are_listed() {
        let (head, rows) = (row(&["code", "", "rule", "source"]), [row(&["x-y", "hint", "Do it.", "Manual."])]);
        assert_eq!(table(&head, &rows, 0, 40), "x-y (hint)\n    Do it.\n    source: Manual.\n");
    }
}
