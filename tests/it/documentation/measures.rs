//! The measures in docs/layout.md are those of templates/tokens.typ.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use typst::syntax::ast::{self, AstNode};
use typst::syntax::parse;

use super::{held, root};

#[test]
fn measures_are_those_of_the_templates() {
    let tokens = tokens(&fs::read_to_string(root().join("templates/tokens.typ")).unwrap());
    assert!(tokens.len() > 200, "the tokens are not found any more: {}", tokens.len());
    let page = fs::read_to_string(root().join("docs/layout.md")).unwrap();
    let (mut columns, mut missing, mut named) = (None, Vec::new(), BTreeSet::new());
    let lines = page.lines().map(|line| {
        let mut cells: Vec<String> = line.split('|').map(|cell| cell.trim().to_owned()).collect();
        if !line.starts_with('|') {
            columns = None;
            return line.to_owned();
        }
        let of = |name: &str| cells.iter().position(|cell| cell == name);
        columns = columns.or(of("token").zip(of("value")));
        let Some((token, value)) = columns.filter(|_| line.contains('`')) else { return line.to_owned() };
        let name = cells[token].trim_matches('`').to_owned();
        let Some(said) = tokens.get(&name) else {
            missing.push(name);
            return line.to_owned();
        };
        cells[value].clone_from(said);
        named.insert(name);
        cells.join(" | ").trim().to_owned()
    });
    let text = lines.map(|line| line + "\n").collect::<String>();
    assert!(missing.is_empty(), "docs/layout.md names tokens that templates/tokens.typ does not have: {missing:?}");
    let within =
        |token: &str, name: &str| token.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    let reported = |token: &str| named.iter().any(|name| within(token, name) || within(name, token));
    let unreported: Vec<_> = tokens.keys().filter(|token| !reported(token)).collect();
    assert!(unreported.is_empty(), "docs/layout.md has no row for {unreported:?}");
    held("layout.md", &text);
}

/// Every token that is written out, by its name: `masthead.name`.
fn tokens(source: &str) -> BTreeMap<String, String> {
    let tree = parse(source);
    let mut found = BTreeMap::new();
    for expression in tree.cast::<ast::Markup>().into_iter().flat_map(ast::Markup::exprs) {
        let ast::Expr::LetBinding(binding) = expression else { continue };
        let ast::LetBindingKind::Normal(ast::Pattern::Normal(ast::Expr::Ident(name))) = binding.kind() else {
            continue;
        };
        if let Some(value) = binding.init() {
            gather(name.as_str(), value, &mut found);
        }
    }
    found
}

fn gather(name: &str, value: ast::Expr, found: &mut BTreeMap<String, String>) {
    if let Some(said) = said(value) {
        found.insert(name.to_owned(), said);
    }
    for (field, value) in entries(value) {
        gather(&format!("{name}.{field}"), value, found);
    }
}

/// The fields of a dictionary.
fn entries(value: ast::Expr) -> Vec<(String, ast::Expr)> {
    let ast::Expr::Dict(dictionary) = value else { return Vec::new() };
    let entry = |item| match item {
        ast::DictItem::Named(named) => Some((named.name().as_str().to_owned(), named.expr())),
        ast::DictItem::Keyed(keyed) => match keyed.key() {
            ast::Expr::Str(key) => Some((key.get().to_string(), keyed.expr())),
            _ => None,
        },
        ast::DictItem::Spread(_) => None,
    };
    dictionary.items().filter_map(entry).collect()
}

/// A value as the tables have it: points without their unit; `None` if it is calculated.
fn said(value: ast::Expr) -> Option<String> {
    match value {
        ast::Expr::Int(_) | ast::Expr::Float(_) | ast::Expr::Numeric(_) | ast::Expr::Unary(_) => {
            let text = value.to_untyped().full_text();
            Some(text.strip_suffix("pt").unwrap_or(&text).replace('-', "−"))
        }
        ast::Expr::FuncCall(_) => Some(format!("`{}`", value.to_untyped().full_text())),
        ast::Expr::Str(text) => Some(text.get().to_string()),
        ast::Expr::Array(array) => {
            let items = array.items().map(|item| match item {
                ast::ArrayItem::Pos(item) => said(item),
                ast::ArrayItem::Spread(_) => None,
            });
            Some(items.collect::<Option<Vec<_>>>()?.join(", "))
        }
        ast::Expr::Dict(_) => {
            let fields = entries(value).into_iter().map(|(name, value)| {
                let nested = matches!(value, ast::Expr::Dict(_) | ast::Expr::Array(_));
                said(value).map(|said| if nested { format!("{name} ({said})") } else { format!("{name} {said}") })
            });
            Some(fields.collect::<Option<Vec<_>>>()?.join(", "))
        }
        _ => None,
    }
}
