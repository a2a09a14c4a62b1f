#include "ingest/sectors/sector_overlap.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "base/core/string_map.hpp"
#include "liantu/base/text/utf8.hpp"

namespace liantu {
namespace {

// A sector goes by its names in either language; by its code where it has none.
std::vector<std::string> names_of(const InputOutputSector& sector) {
  std::vector<std::string> names;
  for (const std::string* name : {&sector.name(), &sector.en}) {
    if (!name->empty()) names.push_back(normalize_width(*name));
  }
  return names;
}

// The sectors of a table that another has too.
std::vector<const InputOutputSector*> shared(const InputOutputTable& table,
                                             const InputOutputTable& other) {
  StringMap<bool> known;
  for (const InputOutputSector& sector : other.sectors) {
    for (std::string& name : names_of(sector)) known.try_emplace(std::move(name), true);
  }
  std::vector<const InputOutputSector*> found;
  for (const InputOutputSector& sector : table.sectors) {
    const auto is_known = [&](const std::string& name) { return known.contains(name); };
    if (std::ranges::any_of(names_of(sector), is_known)) found.push_back(&sector);
  }
  return found;
}

}  // namespace

std::optional<Problem> refuse_overlap(const SectorMatrix& table, const SectorMatrix& before) {
  const InputOutputTable& now = table.content;
  const InputOutputTable& other = before.content;
  const auto same = shared(now, other);
  const bool all =
      same.size() == now.sectors.size() && shared(other, now).size() == other.sectors.size();
  const bool national = now.scheme && other.scheme && now.scheme != other.scheme;
  if (all || (same.empty() && !national)) return std::nullopt;
  const std::string_view file = before.table->file();
  const std::size_t sectors = now.sectors.size();
  const std::size_t others = other.sectors.size();
  Problem problem{.place = now.heading, .kind = "sector-overlap"};
  if (same.empty()) {
    problem.what = {
        fmt::format("this table and {} are national tables of {} and of {} sectors, which cover "
                    "the same products: their inputs would be counted twice",
                    file, sectors, others),
        fmt::format("此表（{} 个部门）与 {}（{} 个部门）都是全国表，涵盖同样的产品：其投入会被重复"
                    "计算",
                    sectors, file, others)};
  } else {
    const std::string& example = same.front()->name();
    problem.what = {
        fmt::format("{} of its {} sectors, such as {}, are also among the {} of {}, the others are "
                    "not: the inputs of the same products would be counted twice",
                    same.size(), sectors, example, others, file),
        fmt::format("此表 {} 个部门中有 {} 个（如 {}）也在 {} 的 {} 个部门之中，其余不同：同样产品"
                    "的投入会被重复计算",
                    sectors, same.size(), example, file, others)};
  }
  problem.remedy = {
      "keep one of the two tables; tables of several years may stand together where their sectors "
      "are all the same",
      "两表请只保留一个；部门完全相同的各年份表可以并用"};
  return problem;
}

}  // namespace liantu
