#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/text/problem.hpp"

namespace LIANTU_API liantu {

/// What people wrote beside one firm of a former prospect list.
struct KeptRow {
  std::string name;                            ///< as it stands there; may be empty
  std::string code;                            ///< credit code; may be empty
  std::string rank;                            ///< its rank then
  std::map<std::string, std::string> written;  ///< FillIn::key → text, empty ones left out
  InputPlace place;
  /// What stands in columns that are not filled in by design, heading → text, in their order, empty
  /// ones left out: those of the list, and those that people added or headed anew.
  std::vector<std::pair<std::string, std::string>> others = {};

  friend bool operator==(const KeptRow&, const KeptRow&) = default;
};

/// A former prospect list, as far as people wrote in it.
struct KeptList {
  std::string file;
  std::string digest;
  std::vector<KeptRow> rows;  ///< those with a name, a code or something written, in their order
};

}  // namespace liantu
