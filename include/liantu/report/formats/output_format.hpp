#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/files/sheet.hpp"
#include "liantu/base/text/text.hpp"
#include "liantu/report/formats/picture.hpp"
#include "liantu/report/formats/table_text.hpp"

namespace LIANTU_API liantu {

/// What an output format can hold; a verb asks for the kind of thing it makes.
enum class Content : std::uint8_t {
  Sheet,     ///< rows and columns
  Drawing,   ///< a map, an ego network, a chain board
  Document,  ///< an evaluation with its curves
  Card,      ///< all that is known of one prospect
  Graph,     ///< the graph itself
  Page,      ///< one drawn page beside a table
  Calendar,  ///< days on which something is due
  Memo,      ///< a list or a firm in words, to be put into a document
};

/// How a format holds sheets; what a verb puts into a file follows from it.
enum class SheetForm : std::uint8_t {
  Text,      ///< to be read: brief, one sheet below another
  Rows,      ///< for programs: one sheet to a file, every column
  Workbook,  ///< many sheets, what is listed brief and whole
};

/// One format in which results leave the program. Options, help pages, `liantu formats` and the
/// choice by a file's name all read this one list.
struct OutputFormat {
  std::string_view name;                     ///< what --format takes: `csv`
  std::vector<std::string_view> extensions;  ///< without the dot, the usual one first
  std::vector<Content> carries;
  Text meaning;
  std::string_view media_type;  ///< `text/csv; charset=utf-8`
  bool binary = false;          ///< not fit for a terminal
  SheetForm form = SheetForm::Text;
  /// Writes sheets; null where it carries none, and for JSON, which is written from what the sheets
  /// are made of.
  std::string (*sheets)(std::vector<Sheet> sheets, const TableStyle& style) = nullptr;
  /// Makes a drawing in SVG ready for print; null where that is not asked for.
  Picture (*picture)(std::string_view svg, const PictureOptions& options) = nullptr;
};

/// All output formats, in the order in which help pages list them.
[[nodiscard]] const std::vector<OutputFormat>& output_formats();

/// The format of this name or extension, ASCII letters in either case, that carries `content`.
///
/// @param word  `xlsx`, `txt`, `SVG`; without a dot.
/// @return      Nothing when there is no such format or it cannot carry the content.
[[nodiscard]] std::optional<OutputFormat> output_format(std::string_view word, Content content);

/// The format of this name.
///
/// @param name  OutputFormat::name of one in the list, as the function above returns it.
[[nodiscard]] const OutputFormat& output_format(std::string_view name);

/// Names of the formats that carry one of the contents, in the order of output_formats().
[[nodiscard]] std::vector<std::string_view> format_names(const std::vector<Content>& contents);

}  // namespace liantu
