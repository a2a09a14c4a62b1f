#pragma once

#include <cstdint>
#include <string>

#include "liantu/base/core/export.hpp"
#include "liantu/base/core/ids.hpp"
#include "liantu/base/values/basis.hpp"
#include "liantu/base/values/date.hpp"

namespace LIANTU_API liantu {

/// A file, a sheet or a citation that rows came from.
struct Source {
  std::string file;      ///< name as given by the user, without the folder of the machine
  std::string sheet;     ///< sheet of a workbook, else empty
  std::string citation;  ///< where the file's content comes from, when the file or the mapping says
                         ///< so

  friend bool operator==(const Source&, const Source&) = default;
};

/// Where a fact comes from, when it held and how far it is trusted.
struct Provenance {
  SourceId source{0};     ///< index into EnterpriseGraph::sources()
  std::uint32_t row = 0;  ///< row of the source, the header being row 1; 0 = not known
  Basis basis = Basis::Stated;
  float confidence = 1;  ///< [0, 1], kept in steps of 1/255
  Date since;            ///< first day on which it held
  Date until;            ///< last day on which it held
  Date as_of;            ///< day on which it was observed

  /// Year by which equal relations are told apart: of `as_of`, else of `since`, else 0.
  [[nodiscard]] int year() const noexcept { return as_of.known() ? as_of.year : since.year; }

  friend bool operator==(const Provenance&, const Provenance&) = default;
};

}  // namespace liantu
