#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "liantu/base/core/export.hpp"

namespace LIANTU_API liantu {

/// Options of draw_pdf() and draw_png().
struct PictureOptions {
  double dpi = 144;  ///< dots per inch of a PNG, whose inch is 96 CSS pixels; [10, 1200]
  std::uint64_t pixels = std::uint64_t{100} << 20;    ///< most of a PNG, four bytes of memory each
  std::uint64_t svg_bytes = std::uint64_t{64} << 20;  ///< largest drawing taken
};

/// A drawing made ready for print.
struct Picture {
  std::string bytes;
  /// Characters that no installed font has, in the order of Unicode; boxes stand for them.
  std::string without_font;
};

/// Turns a drawing into a PDF of one page: fonts embedded, text searchable, as large as the drawing
/// says, or reduced to the 200 inches that PDF readers show. Equal input and fonts give equal bytes.
///
/// @param svg  What draw_svg(), chain_board_svg() and the other drawings return.
/// @return     The document; the drawing's `<title>` and `<desc>` are its title and subject.
/// @throws Error{InvalidData} if `svg` is not a drawing; Error{NotFound}, saying what to install,
///         if most of its characters are in no installed font; Error{LimitReached} if it is too
///         large; Error{Io} if it cannot be drawn.
/// @source     ISO 32000-1:2008, annex C.2, for the largest page.
[[nodiscard]] Picture draw_pdf(std::string_view svg, const PictureOptions& options = {});

/// Turns a drawing into a PNG on white, which says its resolution and holds the drawing's `<desc>`.
///
/// @throws Error{InvalidArgument} if the resolution is outside its range; as draw_pdf().
/// @source     Portable Network Graphics, W3C Recommendation of 10 November 2003.
[[nodiscard]] Picture draw_png(std::string_view svg, const PictureOptions& options = {});

}  // namespace liantu
