#include "ingest/rows/firm_industries.hpp"

#include <algorithm>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "ingest/rows/input_tables.hpp"
#include "liantu/base/industry.hpp"
#include "liantu/ingest/scope/infer_industry.hpp"
#include "liantu/ingest/sectors/concordance.hpp"

namespace liantu {
namespace {

class Placer {
 public:
  Placer(const InputOutputReader::Sectors& sectors, GraphBuilder& builder)
      : sectors_(sectors), builder_(builder) {}

  // False when the industry spans several sectors.
  bool place(std::uint32_t firm, std::string_view industry, std::string_view words,
             const Provenance& from) {
    const auto sector = sector_of(industry, sectors_.scheme);
    if (!sector) return false;
    const Industry* known = find_industry(industry);
    const std::string detail = words.empty()
                                   ? fmt::format("{} {}", known->code, known->name)
                                   : fmt::format("{} {}: {}", known->code, known->name, words);
    EdgeAttributes attributes;
    attributes.detail = detail;
    builder_.relate(RelationKind::Makes, FirmId{firm}, SegmentId{sectors_.segments[*sector]},
                    attributes, from);
    return true;
  }

 private:
  const InputOutputReader::Sectors& sectors_;
  GraphBuilder& builder_;
};

}  // namespace

void place_in_sectors(const InputOutputReader& sectors, const FirmStatements& statements,
                      const FirmRegistry& firms, const ProductSupport& support,
                      GraphBuilder& builder, const IngestOptions& options, IngestResult& result) {
  if (!sectors.sectors()) return;
  Placer placer(*sectors.sectors(), builder);
  const IndustryClassifier classifier;
  const std::size_t scope_field = field_index(EntityKind::Firm, "scope");
  const std::size_t industry_field = field_index(EntityKind::Firm, "industry");
  const std::uint32_t count = builder.size(EntityKind::Firm);
  for (std::uint32_t id = 0; id < count; ++id) {
    if (id % 4096 == 0) {
      check_stop(options.stop, kReading);
      if (options.progress) options.progress("industry", id, count);
    }
    if (const FirmStatements::Said stated = statements.kept(id, industry_field);
        !stated.words.empty()) {
      const Industry* industry = read_industry(stated.words);
      if (industry != nullptr && placer.place(id, industry->code, {}, stated.from)) {
        ++result.industries_stated;
        continue;
      }
    }
    if (!options.infer_scope || support.stated(id)) continue;
    const FirmStatements::Said scope = statements.kept(id, scope_field);
    const auto inferred = classifier.classify(firms.name(id), scope.words);
    if (!inferred) continue;
    Provenance from;
    from.source = scope.words.empty() ? firms.origin(id).source : scope.from.source;
    from.row = scope.words.empty() ? firms.origin(id).row : scope.from.row;
    from.basis = Basis::Inferred;
    from.confidence = static_cast<float>(inferred->confidence);
    if (placer.place(id, inferred->code, inferred->words, from)) ++result.industries_inferred;
  }
}

}  // namespace liantu
