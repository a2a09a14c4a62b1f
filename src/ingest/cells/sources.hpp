#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/core/hash_map.hpp"
#include "ingest/cells/sheet_reader.hpp"
#include "liantu/base/text/text.hpp"
#include "liantu/graph/builder.hpp"
#include "liantu/graph/provenance.hpp"

namespace liantu {

/// The sources of the graph being built: gives a row its provenance and says where a row stands.
class Sources {
 public:
  explicit Sources(GraphBuilder& builder) : builder_(builder), columns_(EntityKind::Firm) {}

  /// Reads where the reader's current row comes from, when it held and how far it is trusted.
  [[nodiscard]] Provenance of_row(SheetReader& reader);

  /// File and sheet of a source that a row came from; empty for another.
  [[nodiscard]] std::string_view file(SourceId source) const;
  /// `企业.csv row 17`
  [[nodiscard]] Text stands(const Provenance& from) const;

 private:
  struct Columns {
    explicit Columns(const TableMeaning& table);
    TableMeaning meaning;
    std::size_t source, as_of, since, until, confidence, basis;
  };

  void warn_of_citations(SheetReader& reader);

  GraphBuilder& builder_;
  Columns columns_;  // of the table being read
  Source last_;
  SourceId last_id_{0};
  std::size_t citations_ = 0;
  bool citations_dropped_ = false;
  HashMap<std::uint32_t, std::string> files_;
};

}  // namespace liantu
