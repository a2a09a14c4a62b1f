#include "liantu/graph/kinds.hpp"

#include "graph/storage.hpp"

namespace liantu {
namespace {

struct RelationRow {
  std::string_view word;
  std::string_view en;
  std::string_view zh;
  detail::RelationEnds ends;
};

using enum EntityKind;

// In the order of RelationKind.
constexpr std::array<RelationRow, kRelationKinds.size()> kRelations = {{
    {"supplies", "supplies", "供货", {Firm, Firm, Firm}},
    {"makes", "makes", "主营", {Firm, Firm, Segment}},
    {"trades", "trades", "经销", {Firm, Firm, Segment}},
    {"requires", "requires", "需要", {Segment, Segment, Segment}},
    {"part_of", "part of", "属于", {Segment, Segment, Segment}},
    {"owns", "owns", "持股", {Firm, Person, Firm}},
    {"serves", "serves", "任职", {Person, Person, Firm}},
    {"member_of", "member of", "加入", {Firm, Person, Organization}},
    {"cooperates", "cooperates", "合作", {Firm, Firm, Firm}},
    {"stands_on", "stands on", "落户", {Firm, Firm, Site}},
}};

constexpr std::array<std::string_view, kEntityKinds.size()> kEntityWords = {
    "firm", "segment", "person", "organization", "site"};

const RelationRow& row(RelationKind kind) { return kRelations[static_cast<std::size_t>(kind)]; }

}  // namespace

std::string_view entity_word(EntityKind kind) {
  return kEntityWords[static_cast<std::size_t>(kind)];
}

std::string_view relation_word(RelationKind kind) { return row(kind).word; }

Text relation_text(RelationKind kind) {
  return {std::string(row(kind).en), std::string(row(kind).zh)};
}

std::optional<RelationKind> parse_relation(std::string_view word) {
  for (const RelationKind kind : kRelationKinds) {
    if (word == row(kind).word || word == row(kind).zh) return kind;
  }
  return std::nullopt;
}

bool relation_allows(RelationKind relation, EntityKind from, EntityKind to) {
  const detail::RelationEnds& ends = row(relation).ends;
  return (from == ends.from || from == ends.also_from) && to == ends.to;
}

detail::RelationEnds detail::relation_ends(RelationKind kind) noexcept { return row(kind).ends; }

}  // namespace liantu
