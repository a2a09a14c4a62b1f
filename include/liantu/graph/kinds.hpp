#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "liantu/base/core/export.hpp"
#include "liantu/base/text/text.hpp"

namespace LIANTU_API liantu {

/// Kinds of entities, in the order in which the graph stores them.
enum class EntityKind : std::uint8_t { Firm, Segment, Person, Organization, Site };
inline constexpr std::array kEntityKinds = {EntityKind::Firm, EntityKind::Segment,
                                            EntityKind::Person, EntityKind::Organization,
                                            EntityKind::Site};

/// Kinds of relations, all directed. `covers` leads to regions and is
/// EnterpriseGraph::covered_regions().
enum class RelationKind : std::uint8_t {
  Supplies,    ///< 供货 Firm → Firm: segment, amount, share of the customer's purchases
  Makes,       ///< 主营 Firm → Segment: output, share of the firm's revenue
  Trades,      ///< 经销 Firm → Segment: share of revenue
  Requires,    ///< 需要 Segment → its input: coefficient, substitutability, import
               ///< share
  PartOf,      ///< 属于 Segment → parent Segment
  Owns,        ///< 持股 Firm, Person → Firm: share of equity
  Serves,      ///< 任职 Person → Firm: role
  MemberOf,    ///< 加入 Firm, Person → Organization
  Cooperates,  ///< 合作 Firm → Firm: kind
  StandsOn,    ///< 落户 Firm → Site
};
inline constexpr std::array kRelationKinds = {
    RelationKind::Supplies,   RelationKind::Makes,   RelationKind::Trades, RelationKind::Requires,
    RelationKind::PartOf,     RelationKind::Owns,    RelationKind::Serves, RelationKind::MemberOf,
    RelationKind::Cooperates, RelationKind::StandsOn};

/// Texts an entity may have. A list is joined with `;` (see EnterpriseGraph::list()).
enum class EntityText : std::uint8_t {
  Code,     ///< unified social credit code of a firm; industry or product code of a segment
  Key,      ///< the id its source uses (ticker, row id)
  Aliases,  ///< list of other names
  Address,
  Status,
  Type,   ///< firm: legal form; segment: product, service, industry, chain; organization: chamber,
          ///< alumni, office, park, …
  Scope,  ///< registered business scope (经营范围)
  Tags,   ///< list: listed, 专精特新, 高企 …
  Risks,  ///< list of risk flags
  Industry,  ///< codes of GB/T 4754. Firm: the main industry that it states. Segment: the industries
  ///< that a sector of an input-output table holds, a list; of a product the one that makes
  ///< it, where that is sure enough (0.6)
};
inline constexpr std::size_t kEntityTextCount = 10;

/// Numbers an entity may have.
enum class EntityNumber : std::uint8_t {
  RegisteredCapital,  ///< CNY
  Revenue,            ///< CNY per year
  Tax,                ///< CNY per year
  Staff,              ///< heads
  Research,           ///< R&D spending, CNY per year
  Energy,             ///< tonnes of coal equivalent per year
  Emission,           ///< tonnes per year
  Land,               ///< mu (1 mu = 666.67 m²): used by a firm, offered by a site
  OutputShare,        ///< of a segment that is a sector of an input-output table: its part of the
                      ///< gross output of all sectors, [0, 1]
  ValueAdded,         ///< CNY per year
  Electricity,        ///< kWh per year
  PlotRatio,          ///< floor space by land, both in the same unit
  FloorSpace,         ///< m²
};
inline constexpr std::size_t kEntityNumberCount = 13;

/// Numbers a relation may have.
enum class EdgeNumber : std::uint8_t {
  Amount,  ///< supplies: CNY per year; makes: output, CNY per year
  Share,   ///< [0, 1]: supplies: of the customer's purchases; makes, trades: of revenue; owns: of
           ///< equity
  Coefficient,       ///< requires: CNY of input per CNY of output
  Substitutability,  ///< requires: [0, 1]
  ImportShare,       ///< requires: imported part of the coefficient, [0, 1]
};
inline constexpr std::size_t kEdgeNumberCount = 5;

/// Detail of a `requires` whose import share is an estimate: its source tells the imports of the
/// input as a whole, and every user is taken to import the same share of it.
inline constexpr std::string_view kImportsProportional = "imports proportional";

/// `firm`, `segment`, …: the word in tables and JSON.
[[nodiscard]] std::string_view entity_word(EntityKind kind);
/// `supplies`, `makes`, `part_of`, …: the word in tables, paths and JSON.
[[nodiscard]] std::string_view relation_word(RelationKind kind);
/// Its name for people: supplies 供货.
[[nodiscard]] Text relation_text(RelationKind kind);
/// The relation that a word (`supplies`, `供货`) names, or nothing.
[[nodiscard]] std::optional<RelationKind> parse_relation(std::string_view word);

/// Whether a relation may lead from one kind of entity to another.
[[nodiscard]] bool relation_allows(RelationKind relation, EntityKind from, EntityKind to);

}  // namespace liantu
