//! Values with names, such as footnotes with their marks.

use std::borrow::Cow;
use std::fmt;
use std::ops::Index;

use indexmap::{IndexMap, map};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};

/// Values with names, in the order of the source: the footnotes of a document by their marks.
///
/// ```
/// use masthead::model::Document;
///
/// let footnotes = [("1", "Resolution 70/1.".into()), ("2", "Ibid.".into())].into_iter().collect();
/// let document = Document { footnotes, ..Document::default() };
/// assert_eq!(document.footnotes.get("2").map(|text| text.plain()), Some("Ibid.".to_owned()));
/// ```
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Named<T>(IndexMap<String, T>);

impl<T> Named<T> {
    /// Creates a list without values.
    pub fn new() -> Self {
        Self(IndexMap::new())
    }

    /// Returns the number of values.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the value of that name.
    pub fn get(&self, name: &str) -> Option<&T> {
        self.0.get(name)
    }

    /// Returns the value of that name, to change it.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut T> {
        self.0.get_mut(name)
    }

    /// Returns the value of that name, with its name.
    pub fn get_key_value(&self, name: &str) -> Option<(&String, &T)> {
        self.0.get_key_value(name)
    }

    /// Returns the value of that name, which is added at the end if there is none.
    pub fn get_or_insert_with(&mut self, name: impl Into<String>, value: impl FnOnce() -> T) -> &mut T {
        self.0.entry(name.into()).or_insert_with(value)
    }

    /// Returns whether there is a value of that name.
    pub fn contains_key(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// Adds a value at the end, or replaces that of the same name, which is returned.
    pub fn insert(&mut self, name: impl Into<String>, value: T) -> Option<T> {
        self.0.insert(name.into(), value)
    }

    /// Keeps the values for which `keeps` is true.
    pub fn retain(&mut self, mut keeps: impl FnMut(&str, &mut T) -> bool) {
        self.0.retain(|name, value| keeps(name, value));
    }

    /// Returns the names and values, in order.
    pub fn iter(&self) -> NamedIter<'_, T> {
        NamedIter(self.0.iter())
    }

    /// Returns the names and values, to change the values.
    pub fn iter_mut(&mut self) -> impl DoubleEndedIterator<Item = (&String, &mut T)> + ExactSizeIterator {
        self.0.iter_mut()
    }

    /// Returns the names, in order.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &String> + ExactSizeIterator + Clone {
        self.0.keys()
    }

    /// Returns the values, in order.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &T> + ExactSizeIterator + Clone {
        self.0.values()
    }

    /// Returns the values, to change them.
    pub fn values_mut(&mut self) -> impl DoubleEndedIterator<Item = &mut T> + ExactSizeIterator {
        self.0.values_mut()
    }
}

impl<T: fmt::Debug> fmt::Debug for Named<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(&self.0).finish()
    }
}

/// The names and values of [`Named`], in order.
#[derive(Debug)]
pub struct NamedIter<'n, T>(map::Iter<'n, String, T>);

impl<T> Clone for NamedIter<'_, T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<'n, T> Iterator for NamedIter<'n, T> {
    type Item = (&'n String, &'n T);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl<T> DoubleEndedIterator for NamedIter<'_, T> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.0.next_back()
    }
}

impl<T> ExactSizeIterator for NamedIter<'_, T> {}

impl<'n, T> IntoIterator for &'n Named<T> {
    type Item = (&'n String, &'n T);
    type IntoIter = NamedIter<'n, T>;

    fn into_iter(self) -> NamedIter<'n, T> {
        self.iter()
    }
}

impl<T> Default for Named<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Index<&str> for Named<T> {
    type Output = T;

    fn index(&self, name: &str) -> &T {
        &self.0[name]
    }
}

impl<N: Into<String>, T> FromIterator<(N, T)> for Named<T> {
    fn from_iter<I: IntoIterator<Item = (N, T)>>(values: I) -> Self {
        Self(values.into_iter().map(|(name, value)| (name.into(), value)).collect())
    }
}

impl<N: Into<String>, T> Extend<(N, T)> for Named<T> {
    fn extend<I: IntoIterator<Item = (N, T)>>(&mut self, values: I) {
        self.0.extend(values.into_iter().map(|(name, value)| (name.into(), value)));
    }
}

impl<T: JsonSchema> JsonSchema for Named<T> {
    fn inline_schema() -> bool {
        IndexMap::<String, T>::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        IndexMap::<String, T>::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        IndexMap::<String, T>::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        IndexMap::<String, T>::json_schema(generator)
    }
}
