#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/files/sheet.hpp"
#include "liantu/base/text/text.hpp"

namespace LIANTU_API liantu {

/// A format of files, as a list of formats says it.
struct FormatLine {
  std::string name;
  bool written = false;    ///< else read
  std::string extensions;  ///< `.csv .tsv`
  Text meaning;
};

/// A column of tables that is understood.
struct HeadingLine {
  std::string rows_are;  ///< what a row of the table is, as machines read it
  std::string field;
  bool required = false;
  Text meaning;
  std::string headings;  ///< other words for it
};

/// A limit that may be raised or lowered.
struct LimitLine {
  std::string name;
  std::uint64_t usual = 0;  ///< by default
  std::uint64_t least = 0;
  std::uint64_t most = 0;
  Text meaning;
};

/// The formats read and written.
[[nodiscard]] Sheet format_sheet(const std::vector<FormatLine>& formats, Language language);

/// The columns understood; notes say how units, shares, dates and lists are written.
[[nodiscard]] Sheet heading_sheet(const std::vector<HeadingLine>& headings, Language language);

/// The limits.
[[nodiscard]] Sheet limit_sheet(const std::vector<LimitLine>& limits, Language language);

}  // namespace liantu
