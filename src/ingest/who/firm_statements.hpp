#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <string_view>
#include <vector>

#include "ingest/cells/sheet_reader.hpp"
#include "ingest/cells/sources.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/graph/provenance.hpp"

namespace liantu {

/// What rows say of firms, field by field. Of rows that say different things the one trusted more
/// is kept: the firmer basis, else the more confident, else the later observation, else the first.
class FirmStatements {
 public:
  static constexpr double kNoNumber = std::numeric_limits<double>::quiet_NaN();

  /// What the row that is kept says in a field.
  struct KeptStatement {
    std::string_view words;  ///< points into a Table or a mapping; empty when no row says anything
    Provenance from;
  };

  explicit FirmStatements(const Sources& sources) : sources_(sources) {}

  /// Begins what a row says of a firm; what is asked next is of this row.
  void begin(std::uint32_t firm, const Provenance& from);

  /// Whether the row's value of a field is the one to keep. Says so when it contradicts an earlier
  /// one; figures of two years do not.
  ///
  /// @param number  The value, where the field is more than words.
  /// @param year    Year that the value is of; 0: that of the row.
  /// @param words   What the row says, where it is not the field's cell alone; points into memory
  ///                that stays.
  bool keeps(SheetReader& reader, std::size_t field, double number = kNoNumber, int year = 0,
             std::string_view words = {});
  /// Whether what the row says of the firm's region is to be kept; a finer region is no
  /// contradiction.
  bool keeps_region(SheetReader& reader, const RegionFigure& region);

  /// Reports, once a table is read, how many values were given up for those of another year.
  void tell_other_years(SheetReader& reader);

  /// What is kept of a firm's field.
  [[nodiscard]] KeptStatement kept(std::uint32_t firm, std::size_t field) const;

 private:
  struct Value {
    std::uint8_t field = 0;       // index into fields(Firm)
    std::uint32_t statement = 0;  // the row
    std::string_view words;
    double number = kNoNumber;
    int year = 0;  // 0: not known
  };
  struct Firm {
    std::vector<Value> values;
    RegionFigure region;
    std::uint32_t region_statement = 0;
  };

  [[nodiscard]] static bool same(const Value& a, const Value& b);
  [[nodiscard]] std::uint32_t this_statement() const {
    return static_cast<std::uint32_t>(statements_.size() - 1);
  }
  bool better_region(SheetReader& reader, const Firm& known, const RegionFigure& now) const;

  const Sources& sources_;
  std::vector<Provenance> statements_;  // of the rows that say something of a firm
  std::vector<Firm> firms_;
  std::uint32_t firm_ = 0;                            // that the row is about
  std::map<std::size_t, std::uint64_t> other_years_;  // values given up, by field
};

}  // namespace liantu
