#include "prospects/firms/namesakes.hpp"

#include <algorithm>
#include <string>

#include "chain/firms/status.hpp"
#include "liantu/base/regions/region.hpp"
#include "liantu/base/values/firm_name.hpp"
#include "liantu/graph/views/region_firms.hpp"

namespace liantu {
namespace {

constexpr std::size_t kCharacter = 3;  // bytes
constexpr std::size_t kTwo = 2 * kCharacter;

// 重庆 of 重庆市, 广西 of 广西壮族自治区.
std::string_view short_name(std::string_view province) {
  return province.substr(
      0, province.starts_with("内蒙古") || province.starts_with("黑龙江") ? 3 * kCharacter : kTwo);
}

std::string_view without_place(std::string_view name, std::string_view province) {
  if (name.starts_with(province)) name.remove_prefix(province.size());
  for (const std::string_view level : {"市", "省"}) {
    if (name.starts_with(level)) name.remove_prefix(level.size());
  }
  return name;
}

// What tells a firm from others, without its place, brackets and form: 康力电梯 of 康力电梯股份有限公司.
std::string own_words(std::string_view name) {
  const FirmNameParts parts = split_firm_name(name);
  return parts.brand + parts.trade;
}

std::size_t common_beginning(std::string_view one, std::string_view other) {
  std::size_t length = 0;
  while (length + kCharacter <= std::min(one.size(), other.size()) &&
         one.substr(length, kCharacter) == other.substr(length, kCharacter)) {
    length += kCharacter;
  }
  return length;
}

// Words that say nothing of what is made.
bool general(std::string_view two) {
  constexpr std::string_view kWords[] = {
      "科技", "集团", "实业", "发展", "工业", "股份", "技术", "产业", "控股", "投资", "国际",
      "企业", "新材", "材料", "设备", "销售", "贸易", "制造", "机械", "工程", "服务", "建筑",
      "汽车", "电子", "信息", "医疗", "管理", "咨询", "劳务", "物流", "运输", "装饰", "设计",
      "钢铁", "成套", "环保", "文化", "配件", "金属", "化工", "食品", "智能", "系统", "产品",
      "装备", "交通", "特种", "中国", "电工", "电气", "商务", "能源", "自动", "动化", "研究",
      "开发", "高速", "公路", "租赁", "经营", "加工", "零部", "部件"};
  return std::ranges::find(kWords, two) != std::end(kWords);
}

// Whether two characters that say something stand in both.
bool share_a_word(std::string_view one, std::string_view other) {
  for (std::size_t at = 0; at + kTwo <= one.size(); at += kCharacter) {
    const std::string_view two = one.substr(at, kTwo);
    if (!general(two) && other.find(two) != std::string_view::npos) return true;
  }
  return false;
}

}  // namespace

Namesakes::Namesakes(const EnterpriseGraph& graph, const District& province) : graph_(graph) {
  if (!province.region.known()) return;
  const std::string full = region_full_name(province.region);
  const std::string_view place = short_name(full);
  if (place.size() < kTwo) return;
  for (const FirmId firm : RegionFirms(graph, province.region)) {
    const std::string_view name = without_place(graph.name(graph.entity(firm)), place);
    if (name.size() < kTwo || !name.ends_with("公司") || name.ends_with("分公司")) continue;
    by_beginning_[name.substr(0, kTwo)].push_back(firm);
  }
}

std::vector<FirmId> Namesakes::of(FirmId firm) const {
  constexpr std::size_t kMany = 40;  // of whom a beginning tells nobody
  constexpr double kMainShare = 0.2;
  std::vector<FirmId> found;
  if (by_beginning_.empty()) return found;
  const EntityId entity = graph_.entity(firm);
  const std::string own = own_words(graph_.name(entity));
  if (own.size() < kTwo || general(std::string_view(own).substr(0, kTwo))) return found;
  const auto near = by_beginning_.find(std::string_view(own).substr(0, kTwo));
  if (near == by_beginning_.end() || near->second.size() > kMany) return found;
  for (const FirmId one : near->second) {
    if (one == firm || gone(graph_, one)) continue;
    const std::string local = own_words(graph_.name(graph_.entity(one)));
    const std::size_t same = common_beginning(own, local);
    if (same < kTwo) continue;
    // 康力 alone is many; 康力电梯, or 西仪 with the 连杆 that both make, hardly anybody else.
    const std::string_view rest = std::string_view(local).substr(same);
    const auto makes_like = [&] {
      const Relation makes = graph_.relation(RelationKind::Makes);
      const EdgeRange range = makes.out_edges(entity);
      for (std::uint64_t e = range.first; e < range.last; ++e) {
        const bool main = makes.number(EdgeId{e}, EdgeNumber::Share).value_or(1) >= kMainShare;
        const EntityId made = makes.target(EdgeId{e});
        if (main && graph_.text(made, EntityText::Type) != "industry" &&
            share_a_word(graph_.name(made), rest)) {
          return true;
        }
      }
      return false;
    };
    if (same >= 2 * kTwo || makes_like()) found.push_back(one);
  }
  return found;
}

}  // namespace liantu
