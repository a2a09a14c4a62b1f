#include "ingest/rows/scope_inference.hpp"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "ingest/cells/sheet_reader.hpp"
#include "ingest/rows/input_tables.hpp"
#include "liantu/ingest/scope/scope.hpp"

namespace liantu {
namespace {

// Turns terms into the segments they name and keeps the best tag of each.
std::vector<ScopeTag> one_a_segment(const std::vector<ScopeTag>& tags,
                                    const std::vector<std::uint32_t>& segments) {
  std::vector<ScopeTag> best;
  for (ScopeTag tag : tags) {
    tag.term = segments[tag.term];
    const auto same = std::ranges::find(best, tag.term, &ScopeTag::term);
    if (same == best.end()) {
      best.push_back(std::move(tag));
    } else if (tag.activity < same->activity ||
               (tag.activity == same->activity && tag.confidence > same->confidence)) {
      *same = std::move(tag);
    }
  }
  return best;
}

}  // namespace

void infer_from_scopes(const FirmStatements& statements, const SegmentRegistry& segments,
                       ProductSupport& support, GraphBuilder& builder, const IngestOptions& options,
                       IngestResult& result) {
  std::vector<std::string_view> terms;
  std::vector<std::uint32_t> segment_of_term;
  for (const auto& [word, segment] : segments.product_words()) {
    terms.push_back(word);
    segment_of_term.push_back(segment);
  }
  if (terms.empty()) return;
  ScopeTagger tagger(terms);
  const std::size_t scope_field = field_index(EntityKind::Firm, "scope");
  const std::uint32_t firms = builder.size(EntityKind::Firm);
  for (std::uint32_t id = 0; id < firms; ++id) {
    if (id % 4096 == 0) {
      check_stop(options.stop, kReading);
      if (options.progress) options.progress("scope", id, firms);
    }
    if (support.stated(id)) continue;
    const FirmStatements::KeptStatement scope = statements.kept(id, scope_field);
    if (scope.words.empty()) continue;
    Provenance from;
    from.source = scope.from.source;
    from.row = scope.from.row;
    from.basis = Basis::Inferred;
    const std::vector<ScopeTag> tags = one_a_segment(tagger.tag(scope.words), segment_of_term);
    for (const ScopeTag& tag : tags) {
      const bool trade = tag.activity == Activity::Trade;
      const auto segment = static_cast<std::uint32_t>(tag.term);
      from.confidence = static_cast<float>(tag.confidence);
      EdgeAttributes attributes;
      attributes.detail = tag.words;
      builder.relate(trade ? RelationKind::Trades : RelationKind::Makes, FirmId{id},
                     SegmentId{segment}, attributes, from);
      ++(trade ? result.scope_trades : result.scope_makes);
      if (!trade && tag.activity != Activity::Develop) support.add_maker(segment, id);
    }
    if (!tags.empty()) ++result.scopes_tagged;
  }
}

}  // namespace liantu
