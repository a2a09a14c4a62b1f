#include "chain/firms/branches.hpp"

#include <string>
#include <string_view>

#include "base/core/string_map.hpp"
#include "base/text/code_point.hpp"
#include "base/text/simplified.hpp"
#include "liantu/base/values/firm_name.hpp"

namespace liantu {
namespace {

// Most names end in 公司 and are no branch's: those are told without a closer look.
bool may_be_branch(std::string_view name) {
  return !name.ends_with("公司") || name.ends_with("分公司") || name.ends_with("支公司");
}

// The first four characters of a name where they are ideographs that no normal form changes and
// 有限责任公司 does not reach into; else nothing.
std::string_view beginning(std::string_view name) {
  constexpr std::size_t kBytes = 12;
  if (name.size() < kBytes) return {};
  for (std::size_t at = 0; at < kBytes;) {
    const CodePoint next = decode_at(name, at);
    const bool plain = next.valid && next.value >= 0x4E00 && next.value <= 0x9FFF &&
                       next.value != U'责' && simplified(next.value) == next.value;
    if (!plain) return {};
    at += next.bytes;
  }
  return name.substr(0, kBytes);
}

}  // namespace

Branches::Branches(const EnterpriseGraph& graph, std::span<const FirmId> firms) {
  const auto name_of = [&](FirmId firm) { return graph.name(graph.entity(firm)); };
  std::vector<std::pair<FirmId, std::string>> branches;
  StringMap<bool> beginnings;
  for (const FirmId firm : firms) {
    const std::string_view name = name_of(firm);
    if (!may_be_branch(name) || firms_of_branch(name).empty()) continue;
    branches.emplace_back(firm, normalize_firm_name(name).full);
    beginnings.try_emplace(std::string(beginning(branches.back().second)), true);
  }
  if (branches.empty()) return;
  StringMap<FirmId> known;
  for (const FirmId firm : firms) {
    const std::string_view name = name_of(firm);
    const std::string_view begins = beginning(name);
    if (!begins.empty() && !beginnings.contains(begins)) continue;
    known.try_emplace(normalize_firm_name(name).full, firm);
  }
  for (const auto& [branch, full] : branches) {
    for (const std::string_view head : firms_of_branch(full)) {
      const auto found = known.find(head);
      if (found == known.end() || found->second == branch) continue;
      heads_.emplace(branch, found->second);
      break;
    }
  }
}

std::optional<FirmId> Branches::head_of(FirmId firm) const {
  const auto found = heads_.find(firm);
  if (found == heads_.end()) return std::nullopt;
  return found->second;
}

void leave_out_what_the_head_says(const Taxonomy& taxonomy, std::span<const Statement> head,
                                  std::vector<Statement>& branch) {
  std::erase_if(branch, [&](const Statement& own) {
    std::vector<SegmentFigure> figures;
    for (const Statement& one : head) {
      if (own.output && !one.output) continue;
      if (one.segment == own.segment) return true;
      figures.push_back({one.segment, one.output});
    }
    figures.push_back({own.segment, own.output});
    return !add_once(taxonomy, figures).topmost.back();
  });
}

}  // namespace liantu
