//! The paths of values in a document, such as `body[3].items[1].text`.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::error::Error;

/// The field of the footnotes, whose keys are marks and may contain any character.
const FOOTNOTES: &str = "footnotes";

/// The path from a document to one of its values. Its text form is `body[3].items[1].text`; the path of the
/// document itself is empty.
///
/// A path shares its beginning with the path it was made from, so that making one longer, or cloning it, copies
/// no segments. Paths are ordered segment by segment.
///
/// ```
/// use masthead::model::Path;
///
/// let item = Path::from("body").index(3).field("items").index(1);
/// assert_eq!(item.to_string(), "body[3].items[1]");
/// assert_eq!("body[3].items[1]".parse::<Path>()?, item);
/// # Ok::<(), masthead::Error>(())
/// ```
#[derive(Clone, Default)]
pub struct Path(Option<Arc<Inner>>);

struct Inner {
    holder: Path,
    segment: Segment,
    length: usize,
}

/// A segment of a path.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Segment {
    /// An entry of a list, counted from 0.
    Index(usize),
    /// A field with that name, or the footnote with that mark.
    Field(Cow<'static, str>),
}

impl Segment {
    /// Returns the index, if the segment is an entry of a list.
    pub fn place(&self) -> Option<usize> {
        if let Self::Index(index) = self { Some(*index) } else { None }
    }

    /// Returns the name, if the segment is a field.
    pub fn name(&self) -> Option<&str> {
        if let Self::Field(name) = self { Some(name) } else { None }
    }
}

impl Path {
    /// Returns the path of a field of this value.
    #[must_use]
    pub fn field(&self, name: impl Into<Cow<'static, str>>) -> Self {
        self.then(Segment::Field(name.into()))
    }

    /// Returns the path of an entry of this value, which is a list.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        self.then(Segment::Index(index))
    }

    /// Returns the path of one of `count` values of this field, which contains a list, or the value itself if there
    /// is only one.
    #[must_use]
    pub(crate) fn one_of(&self, index: usize, count: usize) -> Self {
        if count == 1 { self.clone() } else { self.index(index) }
    }

    /// Returns this path followed by the segments of another.
    #[must_use]
    pub fn join(&self, inner: &Self) -> Self {
        inner.segments().into_iter().fold(self.clone(), |path, segment| path.then(segment.clone()))
    }

    fn then(&self, segment: Segment) -> Self {
        Self(Some(Arc::new(Inner { holder: self.clone(), segment, length: self.len() + 1 })))
    }

    /// Returns the path from the value at `holder` to this one, if that contains it.
    pub fn within(&self, holder: &Self) -> Option<Self> {
        let inner = self.segments().into_iter().skip(holder.len());
        self.lies_in(holder).then(|| inner.fold(Self::default(), |path, segment| path.then(segment.clone())))
    }

    /// Whether this is the value at `holder`, or a value inside it.
    pub(crate) fn lies_in(&self, holder: &Self) -> bool {
        self.cut(holder.len()) == Some(holder)
    }

    /// Whether this is the path of the document itself.
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// Returns the number of segments.
    pub fn len(&self) -> usize {
        self.0.as_ref().map_or(0, |inner| inner.length)
    }

    /// Returns the path of the value that contains this one, if this is not the document itself.
    pub(crate) fn holder(&self) -> Option<&Self> {
        self.0.as_ref().map(|inner| &inner.holder)
    }

    /// Returns the last segment.
    pub fn last(&self) -> Option<&Segment> {
        self.0.as_ref().map(|inner| &inner.segment)
    }

    /// Returns the segments in order.
    pub fn segments(&self) -> Vec<&Segment> {
        let mut segments: Vec<&Segment> = self.outwards().filter_map(Self::last).collect();
        segments.reverse();
        segments
    }

    /// Returns the field of the document that contains the value.
    pub fn root(&self) -> Option<&str> {
        self.cut(1)?.last()?.name()
    }

    /// Whether this is the path of that field of the document.
    pub fn is(&self, field: &str) -> bool {
        self.len() == 1 && self.ends_in(field)
    }

    /// Whether the last segment is a field with that name.
    pub(crate) fn ends_in(&self, field: &str) -> bool {
        self.last().and_then(Segment::name) == Some(field)
    }

    /// Returns the indices that follow the fields with that name, in order.
    pub fn places_in(&self, field: &str) -> Vec<usize> {
        let mut places: Vec<usize> = self.entries(field).map(|(_, place)| place).collect();
        places.reverse();
        places
    }

    /// Returns the innermost entry, of a field with that name, that contains the value: the path of the list, and
    /// the index in it.
    pub fn entry(&self, field: &str) -> Option<(&Self, usize)> {
        self.entries(field).next()
    }

    /// Iterates over the entries, of fields with that name, that contain the value, the innermost first.
    fn entries(&self, field: &str) -> impl Iterator<Item = (&Self, usize)> {
        self.outwards().filter_map(move |path| {
            let list = path.holder().filter(|list| list.ends_in(field))?;
            Some((list, path.last()?.place()?))
        })
    }

    /// Iterates over this path and the paths of the values that contain it, the innermost first.
    pub(crate) fn outwards(&self) -> impl Iterator<Item = &Self> {
        std::iter::successors(Some(self), |path| path.holder())
    }

    /// Returns the first `length` segments.
    fn cut(&self, length: usize) -> Option<&Self> {
        self.outwards().find(|path| path.len() == length)
    }
}

/// A field of the document.
impl From<&'static str> for Path {
    fn from(field: &'static str) -> Self {
        debug_assert!(!field.is_empty() && !field.contains(['.', '[']), "“{field}” is no field");
        Self::default().field(field)
    }
}

impl From<&Self> for Path {
    fn from(path: &Self) -> Self {
        path.clone()
    }
}

impl Ord for Path {
    fn cmp(&self, other: &Self) -> Ordering {
        let (mut one, mut other) = (&self.0, &other.0);
        let mut order = Ordering::Equal;
        // From the last segment to the first: of those that differ the first decides, which is met last.
        while let (Some(a), Some(b)) = (one, other) {
            if Arc::ptr_eq(a, b) {
                return order;
            }
            let length = a.length.cmp(&b.length);
            order = if length.is_eq() { a.segment.cmp(&b.segment).then(order) } else { length };
            if length.is_ge() {
                one = &a.holder.0;
            }
            if length.is_le() {
                other = &b.holder.0;
            }
        }
        order.then(one.is_some().cmp(&other.is_some()))
    }
}

impl PartialOrd for Path {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Path {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Path {}

impl Hash for Path {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.outwards().filter_map(Self::last).for_each(|segment| segment.hash(state));
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.segments().into_iter().enumerate().try_for_each(|(at, segment)| match segment {
            Segment::Index(index) => write!(f, "[{index}]"),
            Segment::Field(name) if at == 0 => f.write_str(name),
            Segment::Field(name) => write!(f, ".{name}"),
        })
    }
}

impl fmt::Debug for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.to_string())
    }
}

impl FromStr for Path {
    type Err = Error;

    /// # Errors
    ///
    /// A sentence, if the text is not a path.
    fn from_str(text: &str) -> Result<Self, Error> {
        /// Values of a document are nested less deeply.
        const MOST_SEGMENTS: usize = 1_000;
        let wrong = || Error::value(format!("“{text}” is not a path such as body[3].items[1]"));
        let mut path = Self::default();
        let mut rest = text;
        while !rest.is_empty() {
            if path.len() == MOST_SEGMENTS {
                return Err(Error::value(format!("a path has at most {MOST_SEGMENTS} segments")));
            }
            if let Some(inner) = rest.strip_prefix('[') {
                let (place, after) = inner.split_once(']').ok_or_else(wrong)?;
                path = path.index(place.parse().map_err(|_| wrong())?);
                rest = after;
                continue;
            }
            let name = if path.is_empty() { rest } else { rest.strip_prefix('.').ok_or_else(wrong)? };
            let end = if path.ends_in(FOOTNOTES) { None } else { name.find(['.', '[']) };
            let (name, after) = name.split_at(end.unwrap_or(name.len()));
            if name.is_empty() {
                return Err(wrong());
            }
            path = path.field(name.to_owned());
            rest = after;
        }
        Ok(path)
    }
}

impl Serialize for Path {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Path {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Cow::<str>::deserialize(from)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeSet, HashSet};

    use super::*;

    fn path(text: &str) -> Path {
        text.parse().unwrap()
    }

    #[test]
    fn paths_are_read_as_they_are_written() {
        for text in ["", "title", "body[0]", "body[3].items[1].text", "parts[1].body[2].rows[0][12]", "footnotes.*"] {
            assert_eq!(path(text).to_string(), text);
            assert_eq!(serde_json::to_value(path(text)).unwrap(), text);
            assert_eq!(serde_json::from_value::<Path>(text.into()).unwrap(), path(text));
        }
        let note = Path::from("parts").index(0).field("footnotes").field("a.b[1]".to_owned());
        assert_eq!(path("parts[0].footnotes.a.b[1]"), note);
        for text in [".", "a..b", "a.", "[x]", "a[1", "a[-1]", "a[1]b"] {
            assert!(text.parse::<Path>().is_err(), "{text}");
        }
        assert!("[0]".repeat(100_000).parse::<Path>().is_err());
    }

    #[test]
    fn paths_are_alike_however_they_were_made() {
        let made = Path::from("body").index(3).field("text");
        assert_eq!(made, path("body[3].text"));
        assert_eq!(HashSet::from([made.clone()]).get(&path("body[3].text")), Some(&made));
        assert_ne!(made, path("body[3]"));
        assert_ne!(made, path("body[4].text"));
        assert_eq!(Path::default(), path(""));
    }

    #[test]
    fn the_order_is_that_of_the_document() {
        let list =
            ["", "body", "body[2]", "body[2].items", "body[2].items[0].text", "body[2].text", "body[10]", "title"];
        let sorted: Vec<String> =
            list.iter().rev().map(|text| path(text)).collect::<BTreeSet<_>>().iter().map(Path::to_string).collect();
        assert_eq!(sorted, list);
    }

    #[test]
    fn a_path_knows_what_holds_it() {
        let text = path("body[7].body[3].items[1].items[0].text");
        assert_eq!(text.entry("body"), Some((&path("body[7].body"), 3)));
        assert_eq!(
            (text.places_in("items"), text.places_in("body"), text.places_in("rows")),
            (vec![1, 0], vec![7, 3], vec![])
        );
        assert!(text.lies_in(&path("body[7]")) && text.lies_in(&text) && text.lies_in(&Path::default()));
        assert!(!text.lies_in(&path("body[70]")) && !path("body").lies_in(&text));
        let inner = text.within(&path("body[7].body[3]")).unwrap();
        assert_eq!(
            (inner.to_string().as_str(), path("body[7].body[3]").join(&inner)),
            ("items[1].items[0].text", text.clone())
        );
        assert_eq!((text.root(), text.is("body"), path("body").is("body")), (Some("body"), false, true));
        assert!(text.ends_in("text") && !text.ends_in("items"));
        assert_eq!([1, 2].map(|count| Path::from("symbol").one_of(0, count).to_string()), ["symbol", "symbol[0]"]);
    }
}
