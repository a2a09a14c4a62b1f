#include "chain/status.hpp"

#include <algorithm>

#include "liantu/chain/data_date.hpp"

namespace liantu {
namespace {

constexpr std::string_view kGone = "注销";
constexpr std::string_view kNotGone = "未注销";  // 吊销，未注销: it may not trade, but exists

constexpr std::string_view kInactive[] = {"注销", "吊销", "撤销", "清算",
                                          "停业", "歇业", "关闭", "迁出"};

}  // namespace

std::span<const std::string_view> inactive_words() { return kInactive; }

bool inactive(std::string_view status) {
  return std::ranges::any_of(kInactive, [&](std::string_view word) {
    return status.find(word) != std::string_view::npos;
  });
}

bool gone(std::string_view status) {
  for (std::size_t at = status.find(kGone); at != std::string_view::npos;
       at = status.find(kGone, at + kGone.size())) {
    if (!status.substr(0, at + kGone.size()).ends_with(kNotGone)) return true;
  }
  return false;
}

bool gone(const EnterpriseGraph& graph, FirmId firm) {
  return gone(graph.text(graph.entity(firm), EntityText::Status));
}

bool holds(const EnterpriseGraph& graph, const Relation& relation, EdgeId edge, EntityId from,
           EntityId to, const Date& date) {
  const auto is_gone = [&](EntityId end) {
    return graph.kind(end) == EntityKind::Firm && gone(graph, FirmId{graph.local(end)});
  };
  return !ended(relation.provenance(edge), date) && !is_gone(from) && !is_gone(to);
}

}  // namespace liantu
