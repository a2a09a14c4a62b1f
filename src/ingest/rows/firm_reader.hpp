#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/core/hash_map.hpp"
#include "base/core/string_map.hpp"
#include "ingest/cells/mention.hpp"
#include "ingest/cells/sources.hpp"
#include "ingest/rows/input_tables.hpp"
#include "ingest/rows/product_support.hpp"
#include "ingest/who/directory.hpp"
#include "ingest/who/firm_registry.hpp"
#include "ingest/who/firm_statements.hpp"
#include "liantu/graph/builder.hpp"
#include "liantu/ingest/who/locate.hpp"

namespace liantu {

/// Reads tables of firms: whom a row means, what it says of them and what they make.
class FirmReader {
 public:
  FirmReader(GraphBuilder& builder, FirmRegistry& firms, Sources& sources, ProductSupport& support)
      : builder_(builder),
        firms_(firms),
        sources_(sources),
        support_(support),
        statements_(sources) {}

  /// Learns the codes of names; of all tables before one is read.
  void learn_codes(InputTable& table);
  void read(InputTable& table);
  /// Asks, once all firms are read, of short names without a code which firm they may be.
  void ask_of_short_names();
  /// Relates branches to the firms that their rows name as their heads, once all firms are read.
  void link_head_offices(Directory& directory);
  /// Relates firms to the products that their rows name, once all segments are read.
  void link_products(Directory& directory);

  [[nodiscard]] const FirmStatements& statements() const { return statements_; }
  /// Rows that were found to be a firm already there.
  [[nodiscard]] std::uint64_t merged() const { return merged_; }

 private:
  struct Columns;

  bool read_row(SheetReader& reader, const Columns& at);
  void look_at_ids(InputTable& table, const Columns& at);
  [[nodiscard]] std::optional<std::uint32_t> renamed(const SheetReader& reader, const Columns& at,
                                                     const FirmIdentity& identity) const;
  std::optional<std::uint32_t> identify(SheetReader& reader, const Columns& at,
                                        const std::string& code, const Provenance& from);
  void read_industry_of(FirmId firm, SheetReader& reader, const Columns& at);
  void add_words(std::uint32_t firm, EntityText which, const std::vector<std::string_view>& words);
  void place(std::uint32_t firm, SheetReader& reader, const Columns& at, const std::string& code,
             const Provenance& from);
  static void note_divided(SheetReader& reader, const Columns& at, const DividedRegion& divided,
                           RegionCode region);

  GraphBuilder& builder_;
  FirmRegistry& firms_;
  Sources& sources_;
  ProductSupport& support_;
  FirmStatements statements_;
  HashMap<std::pair<std::uint32_t, EntityText>, std::vector<std::string_view>> lists_;
  std::vector<std::pair<std::uint32_t, Mention>> head_offices_;  // branch, whose it is
  std::vector<std::pair<std::uint32_t, Mention>> products_;      // firm, what it makes
  std::vector<std::pair<std::uint32_t, InputPlace>>
      short_names_;  // firms without code and legal form
  std::uint64_t merged_ = 0;
  std::size_t most_digits_ = 0;          // of an industry's code in the table
  bool ids_tell_ = false;                // whether ids of the table tell its firms apart
  StringMap<std::uint32_t> firm_of_id_;  // of the table, where they do
};

}  // namespace liantu
