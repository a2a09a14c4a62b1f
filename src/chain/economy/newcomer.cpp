#include "liantu/chain/economy/newcomer.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <iterator>

#include <fmt/format.h>

#include "chain/economy/newcomers.hpp"
#include "liantu/base/text/error.hpp"

namespace liantu {
namespace {

[[noreturn]] void refuse(std::string_view who, const std::string& en, const std::string& zh) {
  throw Error(ErrorCode::InvalidArgument, {fmt::format("newcomer {}: {}", who, en),
                                           fmt::format("拟引进企业“{}”：{}", who, zh)});
}

void check_name(const EnterpriseGraph& graph, const std::vector<Newcomer>& newcomers,
                std::size_t at) {
  const std::string& name = newcomers[at].name;
  if (name.empty()) {
    throw Error(ErrorCode::InvalidArgument,
                {"a newcomer has no name; give it one", "拟引进企业没有名称；请写上名称"});
  }
  const auto before = newcomers.begin() + static_cast<std::ptrdiff_t>(at);
  if (std::ranges::find(newcomers.begin(), before, name, &Newcomer::name) != before) {
    refuse(name, "is named twice; put all it makes into one", "写了两次；请把其全部产品写在一起");
  }
  if (!graph.find(EntityKind::Firm, name).empty()) {
    refuse(name,
           "is a firm of the tables; bring it in without figures, or give the new plant a name of "
           "its own",
           "已在表中；请不写产值直接引入，或给新厂另起名称");
  }
}

void check_product(const EnterpriseGraph& graph, const Taxonomy& taxonomy, const Newcomer& newcomer,
                   std::size_t at) {
  const NewcomerProduct& product = newcomer.makes[at];
  if (raw(product.segment) >= graph.size(EntityKind::Segment)) {
    refuse(newcomer.name, fmt::format("segment {} is not in the graph", raw(product.segment)),
           fmt::format("图中没有编号为 {} 的环节", raw(product.segment)));
  }
  const EntityId segment = graph.entity(product.segment);
  const std::string_view name = graph.name(segment);
  if (taxonomy.chain(product.segment)) {
    constexpr std::size_t kNamed = 3;
    std::vector<std::string_view> parts;
    for (const EntityId part : graph.relation(RelationKind::PartOf).sources(segment)) {
      if (parts.size() == kNamed) break;
      if (!taxonomy.chain(SegmentId{graph.local(part)})) parts.push_back(graph.name(part));
    }
    refuse(newcomer.name,
           fmt::format("{} is a chain, which nobody makes; name a segment of it{}{}", name,
                       parts.empty() ? "" : ", such as ", fmt::join(parts, ", ")),
           fmt::format("“{}”是产业链，不是产品；请写其中的环节{}{}", name,
                       parts.empty() ? "" : "，如 ", fmt::join(parts, "、")));
  }
  if (!std::isfinite(product.output) || !(product.output > 0)) {
    refuse(newcomer.name,
           fmt::format("output {} of {} is not above 0; give CNY a year", product.output, name),
           fmt::format("“{}”的产值 {} 应大于 0（元/年）", name, product.output));
  }
  for (std::size_t other = 0; other < at; ++other) {
    if (newcomer.makes[other].segment != product.segment) continue;
    refuse(newcomer.name, fmt::format("{} stands twice; add its outputs up", name),
           fmt::format("“{}”写了两次；请合计产值", name));
  }
}

}  // namespace

FirmId newcomer_id(const EnterpriseGraph& graph, std::size_t place) {
  return FirmId{graph.size(EntityKind::Firm) + static_cast<std::uint32_t>(place)};
}

bool is_newcomer(const EnterpriseGraph& graph, FirmId firm) {
  return raw(firm) >= graph.size(EntityKind::Firm);
}

bool is_newcomer(const EnterpriseGraph& graph, EdgeId makes) {
  return raw(makes) >= graph.relation(RelationKind::Makes).size();
}

std::string_view firm_name(const EnterpriseGraph& graph, const std::vector<Newcomer>& newcomers,
                           FirmId firm) {
  if (!is_newcomer(graph, firm)) return graph.name(graph.entity(firm));
  return newcomers[raw(firm) - graph.size(EntityKind::Firm)].name;
}

Newcomers::Newcomers(const EnterpriseGraph& graph, const Taxonomy& taxonomy,
                     const std::vector<Newcomer>& newcomers)
    : graph_(graph) {
  std::uint64_t edge = graph.relation(RelationKind::Makes).size();
  for (std::size_t i = 0; i < newcomers.size(); ++i) {
    const Newcomer& newcomer = newcomers[i];
    check_name(graph, newcomers, i);
    if (newcomer.makes.empty()) {
      refuse(newcomer.name, "makes nothing; say what it makes and its output",
             "没有产品；请写明产品及产值");
    }
    std::vector<Statement>& made = made_.emplace_back();
    for (std::size_t k = 0; k < newcomer.makes.size(); ++k) {
      check_product(graph, taxonomy, newcomer, k);
      const NewcomerProduct& product = newcomer.makes[k];
      made.push_back(
          {product.segment, EdgeId{0}, Figure{product.output, kAssumed}, kAssumed, std::nullopt});
    }
    std::ranges::sort(made, {}, &Statement::segment);
    for (Statement& one : made) one.makes = EdgeId{edge++};
    if (newcomer.anchor) anchors_.push_back(newcomer_id(graph, i));
  }
}

std::vector<FirmId> Newcomers::firms() const {
  std::vector<FirmId> firms;
  for (std::size_t i = 0; i < made_.size(); ++i) firms.push_back(newcomer_id(graph_, i));
  return firms;
}

std::vector<FirmId> Newcomers::anchors() const { return anchors_; }

const std::vector<Statement>& Newcomers::statements(FirmId firm) const {
  return made_[raw(firm) - graph_.size(EntityKind::Firm)];
}

Provenance Newcomers::provenance(EdgeId makes) const {
  if (!is_newcomer(graph_, makes)) return graph_.relation(RelationKind::Makes).provenance(makes);
  Provenance assumed;
  assumed.basis = kAssumed;
  return assumed;
}

}  // namespace liantu
