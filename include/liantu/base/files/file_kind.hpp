#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "liantu/base/core/export.hpp"
#include "liantu/base/text/text.hpp"

namespace LIANTU_API liantu {

/// What a file is by its first bytes, whatever its name says.
enum class FileKind : std::uint8_t {
  Text,  ///< nothing below: words, perhaps a table, in whatever encoding
  Json,
  Output,        ///< JSON that Liantu wrote: gaps, prospects, problems …
  Model,         ///< of `liantu train`
  Snapshot,      ///< of `liantu build`
  Workbook,      ///< .xlsx
  OpenWorkbook,  ///< .ods
  OldOffice,     ///< .xls, .et, .doc: an OLE compound file
  Document,      ///< .docx
  Presentation,  ///< .pptx
  Pdf,
  Html,
  GraphMl,
  Gexf,
  Svg,
  Xml,  ///< any other
  Png,
  Jpeg,
  Picture,  ///< GIF, BMP, TIFF, WebP
  Zip,      ///< any other
  Gzip,
  Archive,  ///< 7-Zip, RAR, bzip2, xz, Zstandard
  Sqlite,
  Access,
  Parquet,
  BinaryWorkbook,  ///< .xlsb
  XmlWorkbook,     ///< of Excel 2003: SpreadsheetML
};

/// How many of its first bytes tell what a file is.
inline constexpr std::size_t kFileKindBytes = std::size_t{64} << 10;

/// Tells what a file is.
///
/// @param start  Its first bytes, or all of them; more than kFileKindBytes are not looked at.
/// @return       FileKind::Text where nothing else is recognised, an empty file included.
[[nodiscard]] FileKind file_kind(std::string_view start) noexcept;

/// `a PDF document`
[[nodiscard]] Text file_kind_text(FileKind kind);
/// What somebody who wants to have it read can do about it.
[[nodiscard]] Text file_kind_remedy(FileKind kind);

/// Refuses a file of a kind that the caller does not read.
///
/// @param bytes    As file_kind() takes them.
/// @param file     Name used in messages.
/// @param welcome  Kinds that are read.
/// @throws Error{InvalidData} that says what the file is and what to do.
void refuse_other_kinds(std::string_view bytes, const std::string& file,
                        std::initializer_list<FileKind> welcome = {FileKind::Text});

}  // namespace liantu
