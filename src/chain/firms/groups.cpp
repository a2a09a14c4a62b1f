#include "chain/firms/groups.hpp"

#include <algorithm>
#include <string_view>

namespace liantu {
namespace {

constexpr std::string_view kGroup = "集团";
constexpr std::ptrdiff_t kLeastMembers = 2;

// Without brackets, which some write around the word and others do not.
std::string plain(std::string_view name) {
  std::string result(name);
  for (const std::string_view bracket : {"(", ")", "（", "）"}) {
    for (std::size_t at = 0; (at = result.find(bracket, at)) != std::string::npos;) {
      result.erase(at, bracket.size());
    }
  }
  return result;
}

}  // namespace

Groups::Groups(const EnterpriseGraph& graph, std::span<const FirmId> firms) {
  std::vector<std::pair<std::string, FirmId>> groups;  // beginning of the members' names
  for (const FirmId firm : firms) {
    const std::string_view name = graph.name(graph.entity(firm));
    if (name.find(kGroup) == std::string_view::npos) continue;
    std::string own = plain(name);
    const std::size_t end = own.find(kGroup) + kGroup.size();
    const std::string_view rest = std::string_view(own).substr(end);
    // A group itself, and no member that says what it does behind the group's name.
    if (rest != "有限公司" && rest != "有限责任公司" && rest != "股份有限公司" && rest != "公司" &&
        !rest.empty()) {
      continue;
    }
    own.resize(end);
    groups.emplace_back(std::move(own), firm);
  }
  if (groups.empty()) return;
  std::vector<std::string> names;
  names.reserve(firms.size());
  for (const FirmId firm : firms) names.push_back(plain(graph.name(graph.entity(firm))));
  std::ranges::sort(names);
  for (const auto& [beginning, firm] : groups) {
    const auto first = std::ranges::lower_bound(names, beginning);
    const auto last = std::find_if(
        first, names.end(),
        [&beginning = beginning](const std::string& name) { return !name.starts_with(beginning); });
    if (last - first > kLeastMembers) holders_.push_back(firm);  // itself is one of them
  }
  std::ranges::sort(holders_);
}

bool Groups::leaves_making(FirmId firm) const { return std::ranges::binary_search(holders_, firm); }

}  // namespace liantu
