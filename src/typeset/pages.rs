//! The pages of a document, without the engine's types.

use typst_layout::{Page as EnginePage, PagedDocument};

/// The pages of a document, as they were set. [`Rendition::pdf`](crate::Rendition::pdf) exports them as a PDF file; with the
/// features `png` and `svg`, each can be exported as a picture.
///
/// ```
/// use masthead::diagnostic::Source;
/// use masthead::{Format, Job, Press, render};
///
/// let source = Source::new("draft.yaml", "
/// symbol: A/84/L.901
/// kind: draft-resolution
/// date: 2029-10-01
/// body:
///   - enacting: '*The General Assembly*,'
/// ");
/// let pages = render(&Press::new([])?, &Job::new(&source, Format::Yaml))?.pages;
/// let sizes: Vec<_> = pages.iter().map(|page| page.size()).collect();
/// assert_eq!(sizes, [(612.0, 792.0)]); // US Letter, in points
/// # #[cfg(feature = "png")]
/// assert!(pages.png(96.0)?[0].starts_with(b"\x89PNG"));
/// # #[cfg(feature = "svg")]
/// assert!(pages.svg()[0].starts_with("<svg"));
/// # Ok::<(), masthead::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Pages(PagedDocument);

/// A page of [`Pages`].
#[derive(Debug, Clone, Copy)]
pub struct Page<'p>(&'p EnginePage);

impl Pages {
    /// Returns the number of pages.
    pub fn len(&self) -> usize {
        self.pages().len()
    }

    /// Returns whether there are none; a document that was set has at least one.
    pub fn is_empty(&self) -> bool {
        self.pages().is_empty()
    }

    /// Returns a page, from 0.
    pub fn get(&self, index: usize) -> Option<Page<'_>> {
        self.pages().get(index).map(Page)
    }

    /// Returns the pages, in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = Page<'_>> + ExactSizeIterator {
        self.pages().iter().map(Page)
    }

    /// Takes over what the engine has set.
    pub(crate) fn of(set: PagedDocument) -> Self {
        Self(set)
    }

    /// Returns the pages in the engine's form.
    pub(crate) fn pages(&self) -> &[EnginePage] {
        self.0.pages()
    }

    /// Returns the document in the engine's form.
    pub(crate) fn engine(&self) -> &PagedDocument {
        &self.0
    }
}

impl<'p> Page<'p> {
    /// Returns its width and height in points.
    pub fn size(self) -> (f64, f64) {
        let size = self.0.frame.size();
        (size.x.to_pt(), size.y.to_pt())
    }

    /// Returns the page in the engine's form.
    pub(crate) fn engine(self) -> &'p EnginePage {
        self.0
    }
}
