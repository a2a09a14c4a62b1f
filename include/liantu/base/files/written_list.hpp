#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/text/problem.hpp"

namespace LIANTU_API liantu {

/// A row of the tables that a prospect's row rests on.
struct WrittenEvidence {
  std::string what;    ///< `supplies: 甲 → 乙`, in the language of the list
  std::string said;    ///< how it was told: basis, confidence; may be empty
  std::string source;  ///< `供货.csv!39`; may be empty

  friend bool operator==(const WrittenEvidence&, const WrittenEvidence&) = default;
};

/// A firm of a prospect list, as far as the list says it.
struct WrittenRow {
  std::string name;
  std::string code;                     ///< credit code; may be empty
  std::string status;                   ///< `prospect`, `unlocated`, `expansion` or `screened`
  std::uint32_t rank = 0;               ///< within its status; 0 when it has none
  std::optional<double> score;          ///< [0, 100]
  std::map<std::string, double> parts;  ///< word of the part → points
  std::vector<std::string> gaps;        ///< segments it would fill
  std::optional<double> purchases;      ///< CNY a year it would bring home at most
  std::vector<std::string> unknown;     ///< what is not known, in the words of the list
  std::vector<WrittenEvidence> evidence;
  std::string introducer;
  std::string screened_by;  ///< why it is kept off, where it is
  InputPlace place;

  friend bool operator==(const WrittenRow&, const WrittenRow&) = default;
};

/// A prospect list as Liantu wrote it.
struct WrittenList {
  std::string file;
  std::string digest;
  std::vector<WrittenRow> rows;          ///< in their order; screened firms last
  std::optional<std::size_t> prospects;  ///< how many prospects there were before the list was cut
  std::map<std::string, std::string> inputs;  ///< what it was made from: file → digest

  friend bool operator==(const WrittenList&, const WrittenList&) = default;
};

}  // namespace liantu
