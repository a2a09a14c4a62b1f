#pragma once

#include <string>
#include <string_view>

#include "ingest/cells/sheet_reader.hpp"
#include "liantu/base/text/problem.hpp"
#include "liantu/graph/provenance.hpp"

namespace liantu {

/// A segment that a row names beside its own name or its ends.
struct Mention {
  std::string words;
  std::string heading;
  InputPlace place;
  Provenance from;

  /// What stands in a field of the current row, or one word of its list.
  static Mention in(const SheetReader& reader, std::size_t field, std::string_view words,
                    const Provenance& from) {
    return {std::string(words), std::string(reader.heading(field)), reader.place(field), from};
  }
};

}  // namespace liantu
