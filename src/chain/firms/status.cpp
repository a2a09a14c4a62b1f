#include "chain/firms/status.hpp"

#include <algorithm>
#include <string>

#include "liantu/base/text/utf8.hpp"
#include "liantu/chain/firms/data_date.hpp"

namespace liantu {
namespace {

constexpr std::string_view kGone[] = {"注销", "撤销", "核销"};
/// Before such a word: it has not happened (吊销，未注销: it may not trade, but exists).
constexpr std::string_view kNotYet[] = {"未",   "拟",   "待",   "申请", "正在", "办理",
                                        "即将", "准备", "未予", "尚未", "没有", "不予"};
/// Behind it: it is going on.
constexpr std::string_view kGoingOn[] = {"中", "备案", "公告", "申请", "程序", "流程", "手续"};

constexpr std::string_view kInactive[] = {"注销", "吊销", "撤销", "清算", "停业", "歇业", "关闭",
                                          "迁出", "解散", "破产", "核销", "清盘", "停产", "倒闭"};

}  // namespace

std::span<const std::string_view> inactive_words() { return kInactive; }

bool inactive(std::string_view status) {
  return std::ranges::any_of(kInactive, [&](std::string_view word) {
    return status.find(word) != std::string_view::npos;
  });
}

bool gone(std::string_view status) {
  const std::string text = normalize_width(status);
  for (const std::string_view word : kGone) {
    for (std::size_t at = text.find(word); at != std::string::npos;
         at = text.find(word, at + word.size())) {
      const std::string_view before = std::string_view(text).substr(0, at);
      const std::string_view behind = std::string_view(text).substr(at + word.size());
      const bool not_yet = std::ranges::any_of(
          kNotYet, [before](std::string_view w) { return before.ends_with(w); });
      const bool going_on = std::ranges::any_of(
          kGoingOn, [behind](std::string_view w) { return behind.starts_with(w); });
      if (!not_yet && !going_on) return true;
    }
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
