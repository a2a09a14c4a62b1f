#include "liantu/graph/builder.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>
#include <string>
#include <tuple>
#include <vector>

#include <fmt/format.h>

#include "base/core/hash_map.hpp"
#include "base/run/parallel.hpp"
#include "graph/builder_access.hpp"
#include "graph/freeze.hpp"
#include "graph/interner.hpp"
#include "graph/storage.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/base/text/utf8.hpp"

namespace liantu {
namespace {

using detail::FrozenEdges;
using detail::GrowingColumn;
using detail::GrowingColumns;
using detail::kNoNumber;
using detail::kNoSegment;
using detail::PackedConflict;
using detail::PackedProvenance;
using detail::PendingEdges;

constexpr std::size_t kCycleNames = 12;

template <typename Enum>
constexpr std::size_t index(Enum value) {
  return static_cast<std::size_t>(value);
}

[[noreturn]] void refuse(std::string en, std::string zh) {
  throw Error(ErrorCode::InvalidArgument, {std::move(en), std::move(zh)});
}

void check_text(std::string_view text, std::string_view name) {
  if (const auto place = find_invalid_utf8(text)) {
    refuse(fmt::format("{}: byte {} of a text is not valid UTF-8; convert the text first", name,
                       *place + 1),
           fmt::format("{}：文字的第 {} 个字节不是合法的 UTF-8；请先转换编码", name, *place + 1));
  }
}

void check_basis(Basis basis) {
  if (index(basis) > index(Basis::Inferred)) {
    refuse(fmt::format("{} is not a basis", index(basis)),
           fmt::format("{} 不是依据类型", index(basis)));
  }
}

void check_date(const Date& date) {
  if (!detail::valid_date(date)) {
    refuse(fmt::format("date {}-{}-{} is outside years 1 to 4095, months 1 to 12, days 1 to 31, or "
                       "names a day without its month",
                       date.year, date.month, date.day),
           fmt::format("日期 {}-{}-{} 超出范围（年 1–4095、月 1–12、日 1–31），或缺少月份",
                       date.year, date.month, date.day));
  }
}

void check_number(EdgeNumber which, std::string_view en, std::string_view zh, double value) {
  if (detail::valid_number(which, value)) return;
  if (which != EdgeNumber::Amount && which != EdgeNumber::Coefficient) {
    refuse(fmt::format("{} {} is outside [0, 1]", en, value),
           fmt::format("{} {} 不在 0 到 1 之间", zh, value));
  }
  refuse(fmt::format("{} {} is negative or not finite", en, value),
         fmt::format("{} {} 为负数或不是有限的数", zh, value));
}

void check_region(RegionCode region) {
  if (region.value() > detail::kMaxRegion) {
    refuse(fmt::format("region code {} has more than six digits", region.value()),
           fmt::format("行政区划代码 {} 超过六位", region.value()));
  }
}

struct PendingEntities {
  BigVector<std::uint32_t> names;
  BigVector<PackedProvenance> provenance;
  GrowingColumns<std::uint32_t, kEntityTextCount> texts{0};
  GrowingColumns<double, kEntityNumberCount> numbers{kNoNumber};
  GrowingColumns<std::uint8_t, kEntityNumberCount> number_basis{0};
  GrowingColumns<std::uint16_t, kEntityNumberCount> number_years{0};
  GrowingColumn<std::uint32_t> region{0};
  GrowingColumn<std::uint8_t> region_basis{0};
  GrowingColumn<std::uint32_t> founded{0};
  GrowingColumn<std::uint8_t> anchor{0};
};

/// Renumbers strings in the order in which the graph's columns first use them, so that equal graphs
/// have equal pools whatever was set and replaced on the way.
class StringRenumbering {
 public:
  explicit StringRenumbering(const detail::Interner& interner)
      : interner_(interner), numbers_(interner.size(), 0), offsets_{0, 0} {
    offsets_.reserve(interner.size() + 1);
    bytes_.reserve(interner.bytes());
  }

  void apply(std::uint32_t& id) {
    if (id == 0) return;
    std::uint32_t& number = numbers_[id];
    if (number == 0) {
      number = static_cast<std::uint32_t>(offsets_.size() - 1);
      const std::string_view text = interner_[id];
      bytes_.insert(bytes_.end(), text.begin(), text.end());
      offsets_.push_back(bytes_.size());
    }
    id = number;
  }
  template <typename Column>
  void apply_all(Column& column) {
    for (std::uint32_t& id : column) apply(id);
  }
  [[nodiscard]] BigVector<std::uint64_t> take_offsets() { return std::move(offsets_); }
  [[nodiscard]] BigVector<char> take_bytes() { return std::move(bytes_); }

 private:
  const detail::Interner& interner_;
  BigVector<std::uint32_t> numbers_;
  BigVector<std::uint64_t> offsets_;
  BigVector<char> bytes_;
};

/// Owns the vectors that a graph's spans point into.
class Keeper {
 public:
  template <typename T, typename Allocator>
  [[nodiscard]] detail::Column<T> keep(std::vector<T, Allocator> values) {
    if (values.empty()) return {};
    values.shrink_to_fit();
    auto kept = std::make_shared<const std::vector<T, Allocator>>(std::move(values));
    const detail::Column<T> column(*kept);
    vectors_.push_back(std::move(kept));
    return column;
  }
  [[nodiscard]] std::shared_ptr<const void> take() {
    return std::make_shared<const std::vector<std::shared_ptr<const void>>>(std::move(vectors_));
  }

 private:
  std::vector<std::shared_ptr<const void>> vectors_;
};

[[noreturn]] void throw_cycle(const std::vector<std::string_view>& names) {
  std::string words;
  for (std::size_t i = 0; i < std::min(names.size(), kCycleNames); ++i) {
    words += fmt::format("{} → ", names[i]);
  }
  if (names.size() > kCycleNames) words += "… → ";
  words += names.front();
  throw Error(ErrorCode::InvalidData,
              {fmt::format("part_of relations form a cycle: {}; remove one of them", words),
               fmt::format("“属于”关系成环：{}；请删去其中一条", words)});
}

/// Refuses more entities than entity ids tell apart.
void check_entities(std::uint64_t entities, std::uint64_t most, std::string_view name) {
  if (entities <= most) return;
  throw Error(
      ErrorCode::LimitReached,
      {fmt::format("{}: the graph holds more than {} entities; build it in parts", name, most),
       fmt::format("{}：实体超过 {} 个；请分批建图", name, most)});
}

/// Refuses more instances of a relation than edge ids tell apart.
void check_instances(std::uint64_t instances, std::uint64_t most, std::string_view en,
                     std::string_view zh) {
  if (instances <= most) return;
  throw Error(ErrorCode::LimitReached,
              {fmt::format("{}: more than {} instances of one relation; build the graph in parts",
                           en, most),
               fmt::format("{}：同类关系超过 {} 条；请分批建图", zh, most)});
}

}  // namespace

struct GraphBuilder::State {
  detail::Interner strings;
  std::vector<detail::PackedSource> sources{detail::PackedSource{}};
  HashMap<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>, std::uint32_t> source_ids{
      {{0, 0, 0}, 0}};
  std::array<PendingEntities, kEntityKinds.size()> entities;
  std::array<PendingEdges, kRelationKinds.size()> edges;
  std::vector<std::pair<std::uint32_t, RegionCode>> covers;
  std::uint64_t size = 0;
  detail::GraphLimits limits;

  [[nodiscard]] std::string_view name(EntityRef node) const {
    return strings[entities[index(node.kind)].names[node.local]];
  }
  /// The columns of a node's kind, after a look whether there is such a node.
  [[nodiscard]] PendingEntities& columns(EntityRef node) {
    check(node);
    return entities[index(node.kind)];
  }
  void check(EntityRef node) const {
    if (index(node.kind) >= kEntityKinds.size()) {
      refuse(fmt::format("{} is not a kind of entity", index(node.kind)),
             fmt::format("{} 不是实体类型", index(node.kind)));
    }
    if (node.local >= entities[index(node.kind)].names.size()) {
      refuse(fmt::format("{} {} was never added", entity_word(node.kind), node.local),
             fmt::format("{} {} 从未加入", entity_word(node.kind), node.local));
    }
  }
  [[noreturn]] void refuse_itself(EntityRef node, RelationKind kind) const {
    refuse(fmt::format("{} {} {}: an entity cannot be related to itself in this way", name(node),
                       relation_word(kind), name(node)),
           fmt::format("{} {} {}：实体与自身不能有这种关系", name(node), relation_text(kind).zh,
                       name(node)));
  }
  void check(const Provenance& provenance) const {
    if (raw(provenance.source) >= sources.size()) {
      refuse(fmt::format("source {} was never registered", raw(provenance.source)),
             fmt::format("来源 {} 从未登记", raw(provenance.source)));
    }
    if (!(provenance.confidence >= 0 && provenance.confidence <= 1)) {
      refuse(fmt::format("confidence {} is outside [0, 1]", provenance.confidence),
             fmt::format("可信度 {} 不在 0 到 1 之间", provenance.confidence));
    }
    check_basis(provenance.basis);
    check_date(provenance.since);
    check_date(provenance.until);
    check_date(provenance.as_of);
  }
  /// Place of each source in the order of their texts.
  [[nodiscard]] std::vector<std::uint32_t> source_order() const {
    std::vector<std::uint32_t> sorted(sources.size());
    std::iota(sorted.begin(), sorted.end(), 0U);
    std::ranges::sort(sorted, {}, [&](std::uint32_t source) {
      const detail::PackedSource& texts = sources[source];
      return std::tuple(strings[texts.file], strings[texts.sheet], strings[texts.citation]);
    });
    std::vector<std::uint32_t> order(sources.size());
    for (std::size_t i = 0; i < sorted.size(); ++i)
      order[sorted[i]] = static_cast<std::uint32_t>(i);
    return order;
  }
  /// See GraphBuilder::build(); everything is used up unless `part_of` has a cycle.
  [[nodiscard]] EnterpriseGraph build(const BuildOptions& options);
};

void BuilderAccess::set_limits(GraphBuilder& builder, const detail::GraphLimits& limits) {
  builder.state_->limits = limits;
}

void BuilderAccess::prefetch(const GraphBuilder& builder, std::string_view text) {
  builder.state_->strings.prefetch(text);
}

std::uint32_t BuilderAccess::intern(GraphBuilder& builder, std::string_view text) {
  return builder.state_->strings.intern(text);
}

GraphBuilder::GraphBuilder() : state_(std::make_unique<State>()) {}
GraphBuilder::~GraphBuilder() = default;
GraphBuilder::GraphBuilder(GraphBuilder&&) noexcept = default;
GraphBuilder& GraphBuilder::operator=(GraphBuilder&&) noexcept = default;

SourceId GraphBuilder::add_source(const Source& source) {
  for (const std::string* text : {&source.file, &source.sheet, &source.citation}) {
    check_text(*text, "source");
  }
  const detail::PackedSource texts{state_->strings.intern(source.file),
                                   state_->strings.intern(source.sheet),
                                   state_->strings.intern(source.citation)};
  const std::tuple key(texts.file, texts.sheet, texts.citation);
  if (const auto known = state_->source_ids.find(key); known != state_->source_ids.end()) {
    return SourceId{known->second};
  }
  if (state_->sources.size() >= detail::kMaxSources) {
    throw Error(
        ErrorCode::LimitReached,
        {fmt::format("{}: the graph holds more than {} sources; join small files first",
                     source.file, detail::kMaxSources - 1),
         fmt::format("{}：来源超过 {} 个；请先合并小文件", source.file, detail::kMaxSources - 1)});
  }
  const auto id = static_cast<std::uint32_t>(state_->sources.size());
  state_->sources.push_back(texts);
  state_->source_ids.emplace(key, id);
  return SourceId{id};
}

EntityRef GraphBuilder::add(EntityKind kind, std::string_view name, const Provenance& provenance) {
  if (index(kind) >= kEntityKinds.size()) {
    refuse(fmt::format("{} is not a kind of entity", index(kind)),
           fmt::format("{} 不是实体类型", index(kind)));
  }
  if (name.empty()) {
    refuse(fmt::format("a {} has no name", entity_word(kind)),
           fmt::format("有一个实体（{}）没有名称", entity_word(kind)));
  }
  check_text(name, entity_word(kind));
  state_->check(provenance);
  check_entities(state_->size + 1, state_->limits.entities, name);
  PendingEntities& entities = state_->entities[index(kind)];
  const auto local = static_cast<std::uint32_t>(entities.names.size());
  entities.names.push_back(state_->strings.intern(name));
  entities.provenance.push_back(detail::pack(provenance));
  ++state_->size;
  return {kind, local};
}

void GraphBuilder::add_numbered(EntityKind kind, std::span<const std::uint32_t> numbers) {
  if (index(kind) >= kEntityKinds.size()) {
    refuse(fmt::format("{} is not a kind of entity", index(kind)),
           fmt::format("{} 不是实体类型", index(kind)));
  }
  const auto same_or_less =
      std::adjacent_find(numbers.begin(), numbers.end(), std::greater_equal<>());
  if (same_or_less != numbers.end()) {
    refuse(fmt::format("number {} stands behind {}; sort them, each once", *(same_or_less + 1),
                       *same_or_less),
           fmt::format("编号 {} 排在 {} 之后；请排序并去重", *(same_or_less + 1), *same_or_less));
  }
  check_entities(state_->size + numbers.size(), state_->limits.entities, entity_word(kind));
  PendingEntities& entities = state_->entities[index(kind)];
  const std::size_t before = entities.names.size();
  entities.names.resize(before + numbers.size());
  state_->strings.intern_numbers(numbers, std::span(entities.names).subspan(before));
  entities.provenance.resize(before + numbers.size(), detail::pack(Provenance{}));
  state_->size += numbers.size();
}

void GraphBuilder::set(EntityRef node, EntityText which, std::string_view value) {
  PendingEntities& entities = state_->columns(node);
  if (index(which) >= kEntityTextCount) {
    refuse(fmt::format("{} is not a text of an entity", index(which)),
           fmt::format("{} 不是实体的文字项", index(which)));
  }
  check_text(value, state_->name(node));
  entities.texts[index(which)].set(node.local, state_->strings.intern(value));
}

void GraphBuilder::set(EntityRef node, EntityNumber which, Figure figure, int year) {
  PendingEntities& entities = state_->columns(node);
  if (index(which) >= kEntityNumberCount) {
    refuse(fmt::format("{} is not a number of an entity", index(which)),
           fmt::format("{} 不是实体的数值项", index(which)));
  }
  check_basis(figure.basis);
  if (!detail::valid_number(figure.value)) {
    const std::string_view name = state_->name(node);
    refuse(fmt::format("{}: number {} is negative or not finite", name, figure.value),
           fmt::format("{}：数值 {} 为负数或不是有限的数", name, figure.value));
  }
  if (year < 0 || year > detail::kLastYear) {
    refuse(
        fmt::format("{}: year {} is outside 1 to {}", state_->name(node), year, detail::kLastYear),
        fmt::format("{}：年份 {} 不在 1 至 {} 之间", state_->name(node), year, detail::kLastYear));
  }
  // Adding zero turns a negative zero into the usual one, so that equal numbers are equal bits.
  entities.numbers[index(which)].set(node.local, figure.value + 0.0);
  entities.number_basis[index(which)].set(node.local, static_cast<std::uint8_t>(figure.basis));
  entities.number_years[index(which)].set(node.local, static_cast<std::uint16_t>(year));
}

void GraphBuilder::set_region(EntityRef node, RegionFigure region) {
  PendingEntities& entities = state_->columns(node);
  check_basis(region.basis);
  check_region(region.code);
  entities.region.set(node.local, region.code.value());
  entities.region_basis.set(
      node.local, static_cast<std::uint8_t>(region.code.known() ? region.basis : Basis::Stated));
}

void GraphBuilder::set_founded(EntityRef node, Date date) {
  PendingEntities& entities = state_->columns(node);
  check_date(date);
  entities.founded.set(node.local, detail::pack_date(date));
}

void GraphBuilder::set_anchor(FirmId firm, bool anchor) {
  state_->columns(firm).anchor.set(raw(firm), anchor ? 1 : 0);
}

void GraphBuilder::relate(RelationKind kind, EntityRef from, EntityRef to,
                          const EdgeAttributes& attributes, const Provenance& provenance) {
  if (index(kind) >= kRelationKinds.size()) {
    refuse(fmt::format("{} is not a relation", index(kind)),
           fmt::format("{} 不是关系类型", index(kind)));
  }
  state_->check(from);
  state_->check(to);
  const auto place = [&] {
    return fmt::format("{} {} {}", state_->name(from), relation_word(kind), state_->name(to));
  };
  const auto place_zh = [&] {
    return fmt::format("{} {} {}", state_->name(from), relation_text(kind).zh, state_->name(to));
  };
  if (!relation_allows(kind, from.kind, to.kind)) {
    refuse(fmt::format("{}: {} does not lead from a {} to a {}", place(), relation_word(kind),
                       entity_word(from.kind), entity_word(to.kind)),
           fmt::format("{}：“{}”关系不能由 {} 指向 {}", place_zh(), relation_text(kind).zh,
                       entity_word(from.kind), entity_word(to.kind)));
  }
  if (from == to && !detail::may_join_itself(kind)) state_->refuse_itself(from, kind);
  if (attributes.segment) {
    if (kind != RelationKind::Supplies) {
      refuse(fmt::format("{}: only `supplies` names a segment", place()),
             fmt::format("{}：只有“供货”关系可以注明环节", place_zh()));
    }
    state_->check(EntityRef(*attributes.segment));
  }
  const std::array numbers = {attributes.amount, attributes.share, attributes.coefficient,
                              attributes.substitutability, attributes.import_share};
  constexpr std::array<std::string_view, kEdgeNumberCount> kEn = {
      "amount", "share", "coefficient", "substitutability", "import share"};
  constexpr std::array<std::string_view, kEdgeNumberCount> kZh = {"金额", "占比", "系数",
                                                                  "可替代性", "进口份额"};
  for (std::size_t n = 0; n < kEdgeNumberCount; ++n) {
    if (!numbers[n] || detail::valid_number(static_cast<EdgeNumber>(n), *numbers[n])) continue;
    check_number(static_cast<EdgeNumber>(n), place() + ": " + std::string(kEn[n]),
                 place_zh() + "：" + std::string(kZh[n]), *numbers[n]);
  }
  check_text(attributes.detail, state_->name(from));
  state_->check(provenance);

  PendingEdges& edges = state_->edges[index(kind)];
  const std::size_t edge = edges.from.size();
  if (edges.size() >= state_->limits.instances) {
    check_instances(edges.size() + 1, state_->limits.instances, place(), place_zh());
  }
  edges.from.push_back(from.local);
  edges.to.push_back(to.local);
  edges.provenance.set(edge, detail::pack(provenance));
  edges.from_second_kind.set(edge, from.kind == detail::relation_ends(kind).from ? 0 : 1);
  if (attributes.segment) edges.segment.set(edge, raw(*attributes.segment));
  for (std::size_t n = 0; n < kEdgeNumberCount; ++n) {
    // Adding zero as in set().
    if (numbers[n]) edges.numbers[n].set(edge, *numbers[n] + 0.0);
  }
  edges.detail.set(edge, state_->strings.intern(attributes.detail));
}

void GraphBuilder::relate_all(RelationKind kind, BigVector<LocalEnds> ends) {
  if (index(kind) >= kRelationKinds.size()) {
    refuse(fmt::format("{} is not a relation", index(kind)),
           fmt::format("{} 不是关系类型", index(kind)));
  }
  if (ends.empty()) return;
  const detail::RelationEnds kinds = detail::relation_ends(kind);
  struct Found {
    std::uint32_t from = 0;
    std::uint32_t to = 0;
    bool loop = false;
  };
  // Judged without a branch, so that the compiler can use wide instructions.
  const Found found = parallel_reduce(
      ends.size(), std::size_t{1} << 16, Found{},
      [&](std::size_t first, std::size_t last, Found so_far) {
        unsigned loops = 0;
        for (std::size_t i = first; i < last; ++i) {
          so_far.from = std::max(so_far.from, ends[i].from);
          so_far.to = std::max(so_far.to, ends[i].to);
          loops |= ends[i].from == ends[i].to ? 1U : 0U;
        }
        so_far.loop = so_far.loop || loops != 0;
        return so_far;
      },
      [](const Found& a, const Found& b) {
        return Found{std::max(a.from, b.from), std::max(a.to, b.to), a.loop || b.loop};
      });
  state_->check(EntityRef(kinds.from, found.from));
  state_->check(EntityRef(kinds.to, found.to));
  PendingEdges& edges = state_->edges[index(kind)];
  check_instances(edges.size() + ends.size(), state_->limits.instances, relation_word(kind),
                  relation_text(kind).zh);
  if (found.loop && kinds.from == kinds.to && !detail::may_join_itself(kind)) {
    const auto loop = std::find_if(ends.begin(), ends.end(),
                                   [](const LocalEnds& one) { return one.from == one.to; });
    state_->refuse_itself(EntityRef(kinds.from, loop->from), kind);
  }
  edges.plain.push_back(std::move(ends));
}

void GraphBuilder::cover(OrganizationId organization, RegionCode region) {
  state_->check(EntityRef(organization));
  check_region(region);
  if (!region.known()) {
    const std::string_view name = state_->name(organization);
    refuse(fmt::format("{}: the region it covers is unknown", name),
           fmt::format("{}：负责的地区未知", name));
  }
  state_->covers.emplace_back(raw(organization), region);
}

std::uint32_t GraphBuilder::size(EntityKind kind) const noexcept {
  return static_cast<std::uint32_t>(state_->entities[index(kind)].names.size());
}

EnterpriseGraph GraphBuilder::build(const BuildOptions& options) {
  try {
    EnterpriseGraph graph = state_->build(options);
    state_ = std::make_unique<State>();
    return graph;
  } catch (const Error& error) {
    // What is left of it is no builder to go on with.
    if (error.code() == ErrorCode::Cancelled) state_ = std::make_unique<State>();
    throw;
  }
}

EnterpriseGraph GraphBuilder::State::build(const BuildOptions& options) {
  std::uint64_t instances = 0;
  for (const PendingEdges& of_kind : edges) instances += of_kind.size();
  detail::BuildWatch watch(options, instances);
  watch.check();
  auto storage = std::make_shared<detail::Storage>();
  for (std::size_t k = 0; k < kEntityKinds.size(); ++k) {
    storage->first[k + 1] =
        storage->first[k] + static_cast<std::uint32_t>(entities[k].names.size());
  }

  // `part_of` first: its cycle is the only thing that can go wrong, and then the builder keeps all.
  const std::vector<std::uint32_t> order = source_order();
  std::vector<PackedConflict> part_of_conflicts;
  FrozenEdges part_of =
      detail::freeze(*storage, RelationKind::PartOf, order, edges[index(RelationKind::PartOf)],
                     part_of_conflicts, watch);
  const std::vector<std::uint32_t> cycle = detail::find_part_of_cycle(
      part_of.out_offsets, part_of.targets, storage->first[index(EntityKind::Segment)]);
  if (!cycle.empty()) {
    std::vector<std::string_view> names;
    for (const std::uint32_t segment : cycle) names.push_back(name(SegmentId{segment}));
    throw_cycle(names);
  }

  std::vector<PackedConflict> conflicts;
  std::array<FrozenEdges, kRelationKinds.size()> frozen;
  frozen[index(RelationKind::PartOf)] = std::move(part_of);
  for (const RelationKind kind : kRelationKinds) {
    if (kind == RelationKind::PartOf) {
      conflicts.insert(conflicts.end(), part_of_conflicts.begin(), part_of_conflicts.end());
    } else {
      frozen[index(kind)] = detail::freeze(*storage, kind, order,
                                           std::exchange(edges[index(kind)], {}), conflicts, watch);
    }
  }
  edges[index(RelationKind::PartOf)] = {};

  StringRenumbering renumbering(strings);
  Keeper keeper;
  for (std::size_t k = 0; k < kEntityKinds.size(); ++k) {
    PendingEntities& from = entities[k];
    detail::EntityStorage& to = storage->entities[k];
    const std::size_t rows = from.names.size();
    const auto keep_strings = [&](auto column) {
      renumbering.apply_all(column);
      return keeper.keep(std::move(column));
    };
    to.names = keep_strings(std::move(from.names));
    for (std::size_t t = 0; t < kEntityTextCount; ++t) {
      to.texts[t] = keep_strings(from.texts[t].take(rows));
    }
    for (std::size_t n = 0; n < kEntityNumberCount; ++n) {
      to.numbers[n] = keeper.keep(from.numbers[n].take(rows));
      if (!to.numbers[n].empty())
        to.number_basis[n] = keeper.keep(from.number_basis[n].take_full(rows));
      to.number_years[n] = keeper.keep(from.number_years[n].take(rows));
    }
    to.region = keeper.keep(from.region.take(rows));
    if (!to.region.empty()) to.region_basis = keeper.keep(from.region_basis.take_full(rows));
    to.founded = keeper.keep(from.founded.take(rows));
    to.anchor = keeper.keep(from.anchor.take(rows));
    to.provenance = keeper.keep(std::move(from.provenance));
  }
  for (std::size_t r = 0; r < kRelationKinds.size(); ++r) {
    FrozenEdges& from = frozen[r];
    detail::RelationStorage& to = storage->relations[r];
    to.first_from = detail::rows_from(*storage, kRelationKinds[r]).first;
    to.first_to = detail::rows_to(*storage, kRelationKinds[r]).first;
    to.out_offsets = keeper.keep(std::move(from.out_offsets));
    to.targets = keeper.keep(std::move(from.targets));
    to.in_offsets = keeper.keep(std::move(from.in_offsets));
    to.sources = keeper.keep(std::move(from.sources));
    to.in_edges = keeper.keep(std::move(from.in_edges));
    to.segment = keeper.keep(std::move(from.segment));
    for (std::size_t n = 0; n < kEdgeNumberCount; ++n) {
      to.numbers[n] = keeper.keep(std::move(from.numbers[n]));
    }
    renumbering.apply_all(from.detail);
    to.detail = keeper.keep(std::move(from.detail));
    to.provenance = keeper.keep(std::move(from.provenance));
  }
  for (detail::PackedSource& source : sources) {
    renumbering.apply(source.file);
    renumbering.apply(source.sheet);
    renumbering.apply(source.citation);
  }
  storage->source_texts = keeper.keep(std::move(sources));
  storage->strings.offsets = keeper.keep(renumbering.take_offsets());
  storage->strings.bytes = keeper.keep(renumbering.take_bytes());

  if (!covers.empty()) {
    std::sort(covers.begin(), covers.end());
    covers.erase(std::unique(covers.begin(), covers.end()), covers.end());
    std::vector<std::uint64_t> offsets(storage->size(EntityKind::Organization) + std::size_t{1}, 0);
    std::vector<RegionCode> regions;
    for (const auto& [organization, region] : covers) {
      ++offsets[organization + std::size_t{1}];
      regions.push_back(region);
    }
    for (std::size_t o = 1; o < offsets.size(); ++o) offsets[o] += offsets[o - 1];
    storage->covers_offsets = keeper.keep(std::move(offsets));
    storage->covers = keeper.keep(std::move(regions));
  }
  storage->conflicts = keeper.keep(std::move(conflicts));
  storage->sources = write_out(storage->source_texts, storage->strings);
  storage->owner = keeper.take();
  return GraphAccess::make(std::move(storage));
}

}  // namespace liantu
